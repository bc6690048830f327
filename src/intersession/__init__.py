"""Intersession: the work of the Dynamic Coalitions between the annual meetings."""
