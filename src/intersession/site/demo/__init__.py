"""The demo: a sample world, a clock that can be moved, a bar on every page. Off everywhere else."""
