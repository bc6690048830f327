"""What DNS should say so that our mail arrives, what it says, and the lines to paste."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings

from intersession.site.post import keys
from intersession.site.post.asking import Answers, Asks, Question

GOOD, ODD, BAD, UNASKED = "good", "odd", "bad", "unasked"


@dataclass(frozen=True, slots=True)
class Named:
    """One thing looked at in DNS: how it is, in words, and a line to paste where one is missing."""

    domain: str
    what: str
    level: str
    words: str
    paste: str = ""


def look(domains: Iterable[str], *, asks: Asks, address: str = "") -> list[Named]:
    """Look at what DNS says of the domains we send from, and of the address mail leaves from."""
    names = list(domains)
    answers = asks([one for domain in names for one in _questions(domain)])
    found = [one for domain in names for one in _of(domain, answers, address)]
    return [*found, *_pointer(address, asks)]


def _questions(domain: str) -> list[Question]:
    return [
        Question(domain, "MX"), Question(domain, "TXT"), _key_at(domain),
        Question(f"_dmarc.{domain}", "TXT"),
    ]  # fmt: skip


def _key_at(domain: str) -> Question:
    return Question(f"{settings.DKIM_SELECTOR}._domainkey.{domain}", "TXT")


def _of(domain: str, answers: Answers, address: str) -> list[Named]:
    mx, texts, key, dmarc = (answers[question] for question in _questions(domain))
    return [
        Named(domain, "MX", *_mx(domain, mx)),
        Named(domain, "SPF", *_spf(domain, texts, address)),
        Named(domain, "DKIM", *_dkim(domain, key)),
        Named(domain, "DMARC", *_dmarc(domain, dmarc)),
    ]


SILENT = (UNASKED, "This could not be asked: the name server gave no answer.")

type _Told = tuple[str, str] | tuple[str, str, str]


def _mx(domain: str, found: list[str] | None) -> _Told:
    if found is None:
        return SILENT
    if not found:
        host = settings.MAIL_ID if "." in settings.MAIL_ID else "mail.example.org"
        return BAD, "No mail server is named, so nobody can write to a list.", (
            f"{domain}. IN MX 10 {host}."
        )  # fmt: skip
    return GOOD, f"Mail goes to {', '.join(one.split()[-1].rstrip('.') for one in found)}."


def _spf(domain: str, texts: list[str] | None, address: str) -> _Told:
    if texts is None:
        return SILENT
    records = [text for text in texts if re.match(r"v=spf1(\s|\Z)", text, re.I)]
    paste = f'{domain}. IN TXT "v=spf1 {_mechanism(address)} -all"'
    if not records:
        return BAD, "No record says which servers send for this domain.", paste
    if len(records) > 1:
        return BAD, f"{len(records)} records of SPF contradict each other: keep one.", paste
    if re.search(r"\+?\ball\b", records[0], re.I) and not re.search(r"[-~?]all", records[0], re.I):
        return BAD, "The record lets the whole world send for this domain.", paste
    if not re.search(r"[-~]all|redirect=", records[0], re.I):
        return ODD, "The record does not say what others may not send (-all or ~all).", paste
    return GOOD, f"It says: {records[0]}"


def _mechanism(address: str) -> str:
    if not address:
        return "mx"
    return f"ip{ip_address(address).version}:{address}"


def _dkim(domain: str, found: list[str] | None) -> _Told:
    ours = keys.record_of(settings.DKIM_KEY)
    if not ours:
        return BAD, "There is no key here, so nothing is signed. Run `intersession mail key`."
    if found is None:
        return SILENT
    paste = keys.line(domain, ours)
    if not found:
        return BAD, f"The key of {settings.DKIM_SELECTOR} is not in DNS.", paste
    if _public(ours) not in {_public(text) for text in found}:
        return BAD, "DNS holds another key than the one here: every signature fails.", paste
    return GOOD, f"The key of {settings.DKIM_SELECTOR} is there, and it is the one that signs."


def _public(record: str) -> str:
    part = re.search(r"\bp\s*=([^;]*)", record)
    return re.sub(r"\s", "", part[1]) if part else ""


def _dmarc(domain: str, texts: list[str] | None) -> _Told:
    if texts is None:
        return SILENT
    records = [text for text in texts if re.match(r"v=DMARC1\b", text)]
    paste = f'_dmarc.{domain}. IN TXT "v=DMARC1; p=none; rua=mailto:postmaster@{domain}"'
    if not records:
        return ODD, "No policy is published. Large providers ask for one.", paste
    if len(records) > 1:
        return BAD, "Several policies are published; all of them are ignored.", paste
    return GOOD, f"It says: {records[0]}"


def _pointer(address: str, asks: Asks) -> list[Named]:
    """Look whether the address that mail leaves from has a name that leads back to it."""
    if not address:
        words = "The address that mail leaves from is not known here: give it with --address."
        return [Named("", "PTR", UNASKED, words)]
    reverse = Question(ip_address(address).reverse_pointer, "PTR")
    found = asks([reverse])[reverse]
    if found is None:
        return [Named(address, "PTR", *SILENT)]
    if not found:
        words = "It has no name. Ask who gave you the address to set one; mail is refused without."
        return [Named(address, "PTR", BAD, words, f"{reverse.name}. IN PTR {settings.MAIL_ID}.")]
    return [_forward(address, found, asks)]


def _forward(address: str, names: Sequence[str], asks: Asks) -> Named:
    kind = "AAAA" if ":" in address else "A"
    back = asks([Question(name.rstrip("."), kind) for name in names])
    if any(address == str(ip_address(one)) for told in back.values() for one in told or ()):
        return Named(address, "PTR", GOOD, f"Its name is {names[0].rstrip('.')}, which leads back.")
    if any(told is None for told in back.values()):
        return Named(address, "PTR", *SILENT)
    name = names[0].rstrip(".")
    words = f"Its name is {name}, and that name does not lead back to it."
    return Named(address, "PTR", BAD, words, f"{name}. IN {kind} {address}")


def outgoing() -> str:
    """Return the address that mail leaves from, where the settings tell it; else nothing."""
    try:
        found = ip_address(settings.MAIL_HOST)
    except ValueError:
        return ""
    return str(found) if found.is_global else ""
