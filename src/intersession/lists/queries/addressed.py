"""What a recipient's address is for: one indexed look for each way of reading it."""

from dataclasses import dataclass

from intersession.kit.composed import Composed
from intersession.lists.models import MailingList
from intersession.lists.rules.addresses import Kind, read


@dataclass(frozen=True, slots=True)
class Destination:
    """A list here, what is wanted of it, and the token in the address where there is one."""

    mailing_list: MailingList
    kind: Kind
    token: str = ""
    to: str = ""


OPEN: Composed[MailingList] = Composed(
    lambda address: MailingList.every.filter(address=address, closed_at=None).select_related(
        "coalition"
    )
)


def destination(address: str, *, delimiter: str = "+") -> Destination | None:
    """Find what an address is for; None where no list that is open bears it (RFC 5321, 3.3)."""
    for one in read(address, delimiter):
        if one.list_name and (found := OPEN(address=f"{one.list_name}@{one.domain}")):
            return Destination(found[0], one.kind, one.token, f"{local_of(address)}@{one.domain}")
    return _role(address, delimiter)


def _role(address: str, delimiter: str) -> Destination | None:
    """Find a role name of RFC 2142 at a domain of our lists; the oldest of them stands for it."""
    for one in read(address, delimiter):
        if one.role:
            lists = MailingList.objects.filter(address__endswith=f"@{one.domain}", closed_at=None)
            found = lists.select_related("coalition").order_by("pk").first()
            return Destination(found, one.kind, "", f"{one.role}@{one.domain}") if found else None
    return None


def local_of(address: str) -> str:
    """Return what stands before the `@`, in small letters."""
    return address.strip().strip("<>").rpartition("@")[0].lower()
