"""What GNU Mailman did, to be read beside our figures; it is not installed here."""

MAILMAN = (
    ("one post to 200 members, first recipient", "0.80–2.77 s, median 1.71 s"),
    ("one post to 200 members, last recipient", "0.81–2.79 s, median 1.74 s; personalized 7.1 s"),
    ("one post to 10,000 members, first recipient", "16.8–24.8 s, median 17.8 s"),
    ("one post to 10,000 members, last recipient", "17.5–26.6 s, median 19.2 s"),
    ("burst of 200 posts to 200", "842–1,072 recipients/s, median 876; personalized 32"),
    ("CPU a copy", "1.3–1.45 ms in bulk, unsigned; personalized 26–30 ms"),
    ("subscribing", "12 a second"),
    ("memory at rest", "1,189 MB, summed over 14 processes"),
)
"""Measured on a machine of this kind, at loads of 2 to 8."""


def told() -> str:
    """Write the figures of Mailman as a table."""
    wide = max(len(name) for name, _ in MAILMAN)
    rows = [f"  {name.ljust(wide)}  {figure}" for name, figure in MAILMAN]
    head = (
        "GNU Mailman 3.3.10, measured there and not in this run: ten recipients a transaction,\n"
        "unsigned, not personalized unless said, into a sink on the same machine:"
    )
    return "\n".join([head, *rows])
