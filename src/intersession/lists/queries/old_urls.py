"""Where a page of an old archive is now."""

from intersession.lists.models import MailingList, Message, OldUrl
from intersession.lists.rules import identity, old_urls


def address_now(host: str, path: str) -> str | None:
    """
    Return the address here of a page that was elsewhere, None where nobody knows it.

    First by what was registered, there or under the same path of another host; then by what the
    address itself tells: HyperKitty and Google Groups name the message.
    """
    if "\0" in path:
        return None  # no page has it, and PostgreSQL cannot be asked for it
    path = old_urls.path_of(path)
    known = list(
        OldUrl.objects.filter(path=path)
        .select_related("mailing_list", "message")
        .order_by("pk")[:20]
    )
    best = next((one for one in known if one.host == host.lower()), known[0] if known else None)
    if best is not None:
        return best.get_absolute_url()
    return _message_told(path) or _list_told(path)


def _message_told(path: str) -> str | None:
    told = old_urls.hash_in(path)
    if not told and (shown := old_urls.id_in(path)):
        told = identity.permalink(shown)
    if not told:
        return None
    found = Message.objects.filter(
        mailing_list__in=MailingList.objects.values("pk"), node=identity.node(told), permalink=told
    ).select_related("mailing_list")
    if address := old_urls.list_in(path):
        found = found.order_by("pk")
        here = found.filter(mailing_list__address=address).first()
        if here is not None:
            return here.get_absolute_url()
    message = found.first()
    return message.get_absolute_url() if message else None


def _list_told(path: str) -> str | None:
    address = old_urls.list_in(path)
    if not address:
        return None
    found = MailingList.objects.filter(address=address).first() or _list_at(path, address)
    if found is None:
        return None
    if month := old_urls.month_in(path):
        return f"{found.get_absolute_url()}{month:%Y/%m}/"
    return found.get_absolute_url()


def _list_at(path: str, address: str) -> MailingList | None:
    """Find the list whose archive was registered at the address of HyperKitty."""
    base = path.lower().partition(address)[0] + address
    known = OldUrl.objects.filter(path=base, message=None).select_related("mailing_list").first()
    return known.mailing_list if known else None
