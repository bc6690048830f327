"""The letters of lists."""
