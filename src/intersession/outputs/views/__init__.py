"""Pages of outputs."""
