"""What a reader of rosters raises."""


class NotARoster(Exception):
    """The file is no roster, or none that is safe to read. Says why, in a sentence."""
