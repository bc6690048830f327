"""Our figures and their growth: one command, a table."""
