"""
Plain text as a safe fragment of HTML: paragraphs, folded quotes, links, code as it stands.

What a program says in the reader's language is left as a mark (`<!--q9-->` for nine quoted lines,
`<!--s-->` before a signature) that `spoken` fills in.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape

from intersession.lists.rules.headers import ellipsed

_QUOTED = re.compile(r"[ \t]{0,2}[>|｜][ ]?")
_OUTLOOK = re.compile(r"-{3,}\s*(?:original message|ursprüngliche|message d'origine|mensaje)", re.I)
_LINK = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`]+(?:\([^\s<>()]*\)[^\s<>\"'()\[\]]*)*")
_AFTER = ".,;:!?*_~'…"
_CODE = re.compile(r"(?: {2,}|\t|[+\-@]{1,3}[ \w]?.*[;{}=(]$|\S+ {3,}\S)")
_MARK = re.compile(r"<!--(q|s)(\d*)-->")
_SAYS = re.compile(r"(?:[:：]|wrote:?|écrit ?:|escribió:|пишет:|写道：|:\s*)\s*\Z")
LAYOUT = "<!--h-->"
"""Stands at the end of a fragment whose message is worth more as the HTML it came in."""
WIDTH = 60
"""A line shorter than this was broken on purpose, a longer one by the writer's program."""
LINES = 20_000
"""Lines that are rendered; the raw mail keeps the rest."""


SIGNATURE = 12
"""Lines after the dashes beyond which they are more than a signature: somebody wrote below it."""


def fragment(text: str, *, is_flowed: bool = False) -> str:
    """Render plain text (addresses masked before) as safe HTML of block elements."""
    return read(text, is_flowed=is_flowed)[0]


def read(text: str, *, is_flowed: bool = False) -> tuple[str, str]:
    """
    Return a text as safe HTML, and what it says itself.

    What it quotes, the line that says whom, and a signature are not its own. A text that says
    nothing else, or has more than LINES lines, is its own as a whole.
    """
    lines = text.strip("\n").split("\n", LINES)
    is_whole = len(lines) > LINES
    runs = [*_runs(_unwrapped(lines[:LINES]) if is_flowed else lines[:LINES])]
    html = ellipsed("".join(map(_rendered, runs)))
    return html, text if is_whole else _own(runs) or text


def own_words(text: str) -> str:
    """Return what a text says itself; of what this returned before, the same."""
    lines = text.strip("\n").split("\n", LINES)
    return text if len(lines) > LINES else _own(_runs(lines)) or text


def _own(runs: Iterable["Run"]) -> str:
    said: list[str] = []
    for run in runs:
        if run.kind == "said":
            said += [line for line in run.lines if line.rstrip() != "--"]
        elif run.kind == "signature":
            below = [*_below(run.lines)]
            said += below if len(below) > SIGNATURE else ()
    own = "\n".join(said).strip("\n")
    return "" if own.isspace() else own


def _below(lines: Iterable[str]) -> Iterator[str]:
    """Give what stands below the dashes, but quotes."""
    for line in lines:
        if _OUTLOOK.match(line):
            return
        if line.strip(" -") and not _QUOTED.match(line):
            yield line


def spoken(html: str, quoted: Callable[[int], str], signature: str) -> str:
    """Put in the words for `n quoted lines` and for the signature, in the reader's language."""
    return _MARK.sub(lambda m: quoted(int(m[2])) if m[1] == "q" else signature, html)


def _unwrapped(lines: list[str]) -> list[str]:
    """Join lines that format=flowed broke softly: those that end in a blank (RFC 3676, 4)."""
    joined: list[str] = []
    is_open = False
    for line in lines:
        depth = len(line) - len(line.lstrip(">"))
        body = line[depth:].removeprefix(" ")
        soft = body.endswith(" ") and body != "-- "
        if is_open and depth == len(joined[-1]) - len(joined[-1].lstrip(">")) and body != "-- ":
            joined[-1] += body
        else:
            joined.append(f"{line[:depth]} {body}" if depth else body)
        is_open = soft
    return joined


class Run:
    """Lines of one kind: said, quoted (with the line that says whom), or a signature."""

    __slots__ = ("kind", "lead", "lines")

    def __init__(self, kind: str, lines: list[str], lead: str = "") -> None:
        self.kind, self.lines, self.lead = kind, lines, lead


def _runs(lines: list[str]) -> Iterator[Run]:
    run = Run("said", [])
    for place, line in enumerate(lines):
        if run.kind == "said" and line[:1].isalnum():
            run.lines.append(line)
            continue
        if run.kind != "quoted" and (line == "-- " or line.rstrip() == "--"):
            yield run
            yield Run("signature", lines[place + 1 :])
            return
        if line[:3] == "---" and _OUTLOOK.match(line):
            yield run
            yield Run("quoted", [item for item in lines[place + 1 :] if item.strip()])
            return
        run, finished = _continued(run, line)
        if finished:
            yield finished
    yield run


def _continued(run: Run, line: str) -> tuple[Run, Run | None]:
    mark = _QUOTED.match(line) if line[:3].lstrip()[:1] in ">|｜" else None
    if mark and line.strip():
        body = line[mark.end() :]
        if run.kind == "quoted":
            run.lines.append(body)
            return run, None
        lead = _lead(run.lines)
        return Run("quoted", [body], lead), run
    if run.kind == "quoted":
        return (run, None) if not line.strip() else (Run("said", [line]), run)
    run.lines.append(line)
    return run, None


def _lead(lines: list[str]) -> str:
    """Take the words that say whose words follow ("On … somebody wrote:") off the text before."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    begin = end
    while begin and end - begin < 3 and lines[begin - 1].strip():
        begin -= 1
    words = " ".join(lines[begin:end])
    if not words or len(words) > 250 or not _SAYS.search(words) or not re.search(r"\d", words):
        return ""
    if begin and lines[begin - 1].strip():
        return ""
    del lines[begin:]
    return words.rstrip(" :：")


def _rendered(run: Run) -> str:
    if run.kind == "signature":
        body = "".join(_blocks(run.lines))
        return f'<details class="sig"><summary><!--s--></summary>{body}</details>' if body else ""
    if run.kind == "quoted":
        count = sum(1 for line in run.lines if line.strip())
        lead = f", {escape(run.lead)}" if run.lead else ""
        body = "".join(_blocks(run.lines))
        return (
            f"<details><summary><!--q{count}-->{lead}</summary>"
            f'<blockquote class="q">{body}</blockquote></details>'
            if body
            else ""
        )
    return "".join(_blocks(run.lines))


def _blocks(lines: list[str]) -> Iterator[str]:
    block: list[str] = []
    for line in [*lines, ""]:
        if line and not line.isspace():
            block.append(line)
        elif block:
            yield _block(block)
            block = []


def _block(lines: list[str]) -> str:
    if sum(map(_is_code, lines)) * 2 > len(lines):
        return f'<pre tabindex="0">{_linked(escape("\n".join(lines)))}</pre>'
    text = lines[0]
    width = len(text)
    for line in lines[1:]:
        words = line.strip()
        if width >= WIDTH and line[:1].isalnum():
            text += f" {words}"
            width += 1 + len(words)
        else:
            text += f"\n{words}"
            width = len(words)
    return f"<p>{_linked(escape(text.strip())).replace('\n', '<br>')}</p>"


def _is_code(line: str) -> bool:
    return (line[0] in " \t+-@" or "   " in line) and _CODE.match(line) is not None


def _linked(safe: str) -> str:
    return _LINK.sub(_link, safe) if "://" in safe else safe


def _link(found: re.Match[str]) -> str:
    address = found[0]
    for entity in ("&gt;", "&lt;", "&quot;", "&#x27;"):
        address = address.partition(entity)[0]
    address = address.rstrip(_AFTER)
    rest = found[0][len(address) :]
    return f'<a href="{address}" rel="nofollow noopener ugc">{address}</a>{rest}'
