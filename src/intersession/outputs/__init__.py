"""Drafts, comment rounds, versions, and publication with dissent."""
