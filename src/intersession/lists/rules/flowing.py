"""Text as format=flowed (RFC 3676): lines that may be joined again end in a blank."""

WIDTH = 72


def flowed(text: str) -> str:
    """
    Break long lines of a text softly, and stuff those that would be read as something else.

    Quoted lines are only broken within their depth; the line of a signature stays as it is.
    """
    return "\n".join(
        broken for line in text.replace("\r\n", "\n").split("\n") for broken in _broken(line)
    )


def _broken(line: str) -> list[str]:
    if line == "-- ":
        return [line]
    body = line.lstrip(">")
    mark = line[: len(line) - len(body)]
    before = f"{mark} " if mark else ""
    words = body.removeprefix(" ") if mark else body
    pieces = _soft(words.rstrip(" "), WIDTH - len(before))
    return [_stuffed(before, piece) for piece in pieces]


def _soft(words: str, width: int) -> list[str]:
    pieces: list[str] = []
    while len(words) > width:
        cut = words.rfind(" ", 1, width)
        if cut < 1:
            cut = words.find(" ", width)
        if cut < 1 or not words[cut + 1 :].strip():
            break
        pieces.append(words[: cut + 1])
        words = words[cut + 1 :]
    return [*pieces, words]


def _stuffed(before: str, piece: str) -> str:
    """Put a blank before what would be read as a quote, a stuffed line or a mailbox's line."""
    if before:
        return f"{before}{piece}".rstrip(" ") if not piece.strip() else f"{before}{piece}"
    return f" {piece}" if piece.startswith((" ", ">", "From ")) else piece


def quoted(text: str, most: int = 200) -> str:
    """Put a quote mark before each line of a text; of a long one `most` lines are quoted."""
    lines = text.strip().splitlines()
    marked = [f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in lines[:most]]
    return "\n".join([*marked, "> […]"] if len(lines) > most else marked)
