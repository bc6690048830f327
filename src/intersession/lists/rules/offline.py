"""Names of files in an archive that is carried away."""

import re

_SAFE = frozenset(
    {"png", "jpg", "jpeg", "gif", "webp", "pdf", "txt", "csv", "tsv", "md", "rtf", "doc", "docx",
     "odt", "xls", "xlsx", "ods", "ppt", "pptx", "odp", "ics", "vcf", "zip", "gz", "asc", "sig",
     "p7s", "mp3", "mp4", "ogg", "wav", "epub", "tex", "bib", "json"}
)  # fmt: skip
_OTHER = re.compile(r"[^\w.+-]+")
LONGEST = 80


def safe_name(name: str, position: int) -> str:
    """
    Name a file that came with a message so that every system can store it, and none runs it.

    What a browser or a system would run ends with `.txt`: a page opened from a disk may do more
    than one from here.
    """
    clean = _OTHER.sub("-", name).strip(".-")[-LONGEST:]
    ending = clean.rpartition(".")[2].lower() if "." in clean else ""
    return f"{position}-{clean or 'file'}{'' if ending in _SAFE else '.txt'}"


def maildir_name(number: int, seconds: int, name: str) -> str:
    """Name a message in a maildir: its time first, as all readers of maildirs take it."""
    return f"new/{seconds:010}.M{number:09}.{name}"
