"""Replies to mailed drafts: a corpus of what mail programs send, and what a person reads in it."""
