"""Mailboxes read and written, and mail pressed into rows. No Django in here: children load this."""
