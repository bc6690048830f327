"""Mailing lists and their open archives."""
