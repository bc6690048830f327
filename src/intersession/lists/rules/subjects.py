"""What a subject says once the marks of replies and lists are off (RFC 5256, 2.1)."""

import re

_REPLY = re.compile(
    r"\s*(?:re|fwd?|aw|wg|sv|tr|rv|res|回复|答复|转发|ответ|رد)\s*(?:\[(\d{1,4})\]|\((\d{1,4})\))?\s*[:：]\s*",
    re.IGNORECASE,
)
_TAG = re.compile(r"\s*\[[^\[\]]{0,80}\]\s*")
_TRAIL = re.compile(r"\s*\(fwd\)\s*\Z", re.IGNORECASE)
_WHOLE = re.compile(r"\s*\[fwd:(.*)\]\s*\Z", re.IGNORECASE | re.DOTALL)


_FORWARD = re.compile(
    r"\s*(?:\[[^\[\]]{0,80}\]\s*)?\[?(?:fwd?|wg|tr|rv|转发)\s*[:：]", re.IGNORECASE
)


def forwards(subject: str) -> bool:
    """Test whether a subject says that its message hands on another one."""
    return _FORWARD.match(subject) is not None or _TRAIL.search(subject) is not None


def base_subject(subject: str) -> str:
    """Return the subject without `Re:`, `Fwd:`, `(fwd)` and a list's tag in brackets."""
    return _stripped(subject)[0]


def reply_depth(subject: str) -> int:
    """Count how often the subject says that it answers: `Re: Re[4]:` five times."""
    return _stripped(subject)[1]


def _stripped(subject: str) -> tuple[str, int]:
    text, depth = " ".join(subject.split()), 0
    while True:
        if trail := _TRAIL.search(text):
            text = text[: trail.start()]
        elif reply := _REPLY.match(text):
            depth += int(reply[1] or reply[2] or 1)
            text = text[reply.end() :]
        elif (tag := _TAG.match(text)) and tag.end() < len(text):
            text = text[tag.end() :]
        elif whole := _WHOLE.match(text):
            text = whole[1]
        else:
            return text.strip(), depth


def title(subject: str, name: str) -> str:
    """Return the subject as the title of a thread: without `Re:` and the tag of this list."""
    text = " ".join(subject.split())
    tag = f"[{name.lower()}]"
    while True:
        if reply := _REPLY.match(text):
            text = text[reply.end() :]
        elif text[: len(tag)].lower() == tag:
            text = text[len(tag) :].lstrip()
        else:
            return text
