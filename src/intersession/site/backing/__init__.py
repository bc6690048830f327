"""A whole instance in one file, made while it runs, and brought back from it."""
