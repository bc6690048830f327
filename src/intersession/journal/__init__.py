"""The record: who did what, to what, when. Append only, linked by hashes."""
