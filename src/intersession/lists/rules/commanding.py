"""Commands that people mail to a list: join, leave, confirm and the others. Nothing here raises."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from intersession.lists.rules.addresses import Kind
from intersession.lists.rules.bodies import body_of
from intersession.lists.rules.charsets import unfolded
from intersession.lists.rules.headers import writer
from intersession.lists.rules.mime import part_of
from intersession.lists.rules.robots import is_automatic
from intersession.lists.rules.subjects import base_subject

MOST = 5
"""Commands of one mail that count: enough to set up a subscription, too few to flood anybody."""
LINES = 50
"""Lines that are read; commands stand at the top."""
LONGEST = 200
"""Signs of a line or a subject; a longer one is no command."""
LARGEST = 256 * 1024
"""Bytes of a mail that are read for commands."""


class Do(StrEnum):
    """What a command asks for."""

    JOIN = "join"
    LEAVE = "leave"
    CONFIRM = "confirm"
    DECLINE = "decline"
    DIGEST = "digest"
    MAIL = "mail"
    NOMAIL = "nomail"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Command:
    """
    A command: what to do, and what it said besides.

    `token` is that of a question, answered with yes or no. `address` is one named in a join or
    leave: only who reads its mail may say so. `period` is `daily`, `weekly`, or empty, `style` is
    `mime`, `plain`, or empty: as it was. `unread` is a line nobody understood, which help answers.
    """

    do: Do
    token: str = ""
    address: str = ""
    period: str = ""
    style: str = ""
    unread: str = ""


_WORDS = {
    Do.JOIN: (
        "join", "subscribe", "sub",
        "rejoindre", "inscrire", "s'inscrire", "m'inscrire", "inscription",
        "abonner", "s'abonner", "m'abonner", "abonnement",
        "unirse", "unirme", "inscribirse", "inscribirme", "suscribir", "suscribirse",
        "suscribirme", "suscripción", "alta",
        "подписаться", "подписка", "вступить",
        "اشتراك", "اشترك", "الاشتراك", "انضمام", "الانضمام",
        "订阅", "訂閱", "加入",
    ),
    Do.LEAVE: (
        "leave", "unsubscribe", "unsub", "signoff",
        "quitter", "désinscrire", "se désinscrire", "me désinscrire", "désinscription",
        "désabonner", "se désabonner", "me désabonner", "désabonnement",
        "salir", "baja", "darse de baja", "darme de baja", "desuscribir", "desuscribirse",
        "desuscribirme", "cancelar suscripción",
        "отписаться", "отписка", "выйти",
        "إلغاء الاشتراك", "الغاء الاشتراك", "انسحاب", "مغادرة", "المغادرة",
        "退订", "退訂", "取消订阅", "取消訂閱", "退出",
    ),
    Do.HELP: ("help", "?", "aide", "ayuda", "помощь", "مساعدة", "帮助", "幫助"),
    Do.MAIL: ("mail", "mail on", "nomail off", "digest off"),
    Do.NOMAIL: ("nomail", "no mail", "mail off", "nomail on"),
}  # fmt: skip
"""What people write, in the six languages of the UN where a person begins or ends with it."""

_ENDS = frozenset(["end", "quit", "stop", "--", "—", "fin", "fin.", "конец", "结束"])
_NO = (
    "no", "nope", "non", "нет", "لا", "不", "否", "stop", "cancel", "annuler", "cancelar", "отмена",
    "إلغاء", "取消",
)  # fmt: skip
"""How an answer to a question begins that says no, in the six languages of the UN."""
_NO_UNSPACED = ("不", "否", "取消")
_MARKS = frozenset(["--", "—"])
_CUT = re.compile(r"[\s,.;:!،。，！、–—\"'”’»>*_-]")
_OPTIONS = {
    "daily": "period", "weekly": "period", "mime": "style", "plain": "style", "on": "",
}  # fmt: skip
_CONFIRM = re.compile(r"confirm\s+([A-Za-z0-9_-]{8,128})", re.IGNORECASE)
QUOTED = re.compile(r"\s*[>|]")
ANSWERED = re.compile(
    r"\s*(?:-{3,}|_{5,}|(?:on|le|el|am|в)\b.{5,160}(?:wrote|écrit|escribió|schrieb|пишет)\s*:"
    r"|(?:from|de|von|от|发件人|من)\s*[:：])",
    re.IGNORECASE,
)
"""Where the mail begins that is answered, for programs that do not mark its lines."""


def commands_in(kind: Kind, raw: bytes, *, token: str = "") -> tuple[Command, ...]:
    """
    Read the commands of a mail; none from a robot (RFC 3834, 2).

    `token` is the one in the address it came to.
    """
    message = part_of(raw[:LARGEST])
    if is_automatic(message.fields):
        return ()
    subject = unfolded(message.fields.get("subject", "")[: 4 * LONGEST])
    return commands(kind, subject, body_of(message).text, token=token)


def commands(kind: Kind, subject: str, text: str, *, token: str = "") -> tuple[Command, ...]:
    """
    Read the commands a person sent to one of a list's addresses, at most MOST.

    `kind` is what the address is for: joining, leaving, confirming, or anything. Quoted lines and
    the signature say nothing, nor does what follows `end`. Where nothing is understood, help is
    what the person needs.
    """
    if kind is Kind.JOIN:
        return (Command(Do.JOIN),)
    if kind is Kind.LEAVE:
        return (Command(Do.LEAVE),)
    if kind is Kind.CONFIRM and token:
        return (Command(Do.DECLINE if says_no(text) else Do.CONFIRM, token=token),)
    first = _command(base_subject(subject[: 2 * LONGEST]))
    found = [first] if first else []
    unread = "" if first else base_subject(subject[: 2 * LONGEST])
    for line in own_lines(text):
        if command := _command(line):
            found.append(command)
        elif found:
            break  # what follows the commands is a letter
        else:
            unread = unread or line
    if not found:
        return (Command(Do.HELP, unread=unread[:LONGEST]),)
    return tuple(dict.fromkeys(found))[:MOST]


def says_no(text: str) -> bool:
    """
    Test whether the first line a person wrote anew begins with a word that says no.

    `No dia 22 de novembro, Ada escreveu:` stands above an answered mail, and says nothing.
    """
    line = next(own_lines(text, ends=_MARKS), "").lstrip("\"'“”«»<>*_ ")
    if same_word(line[:LONGEST]).startswith("no dia "):
        return False
    return same_word(_CUT.split(line, maxsplit=1)[0]) in _NOES or line.startswith(_NO_UNSPACED)


def own_lines(text: str, *, ends: frozenset[str] = _ENDS) -> Iterator[str]:
    """Give the lines a person wrote anew, down to a signature, an answered mail or `end`."""
    for line in text[: LINES * LONGEST].split("\n", LINES)[:LINES]:
        if same_word(line) in ends or ANSWERED.match(line):
            return
        if line.strip() and not QUOTED.match(line):
            yield line.strip()


def _command(line: str) -> Command | None:
    if not line or len(line) > LONGEST:
        return None
    line = line.strip(" \t\"'“”«»<>*_.")
    if confirmed := _CONFIRM.fullmatch(line):
        return Command(Do.CONFIRM, token=confirmed[1])
    said = same_word(line)
    if do := _TABLE.get(said):
        return Command(do)
    first, *others = said.split()[:5] or [""]
    if first == "digest":
        return _digest(others)
    do = _TABLE.get(first)
    if do in (Do.JOIN, Do.LEAVE) and len(others) <= 3:
        named = next((word for word in line.split()[1:] if "@" in word), "")
        return Command(do, address=writer(named)[1] if named else "")
    return None


def _digest(options: list[str]) -> Command | None:
    given = {"period": "", "style": ""}
    for option in options:
        if option not in _OPTIONS:
            return None
        if name := _OPTIONS[option]:
            given[name] = option
    return Command(Do.DIGEST, period=given["period"], style=given["style"])


def same_word(text: str) -> str:
    """Write what is the same to a reader the same: case, accents, blanks, stops at the end."""
    marked = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    bare = "".join(sign for sign in marked if not unicodedata.combining(sign))
    return " ".join(bare.split()).rstrip(".!,;:。！،").strip()


_TABLE = {same_word(word): do for do, words in _WORDS.items() for word in words}
_NOES = frozenset(map(same_word, _NO))
