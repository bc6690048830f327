"""Pages of the lists: lists and their months, threads, messages and what they carry."""
