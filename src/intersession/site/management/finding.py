"""Finding what a command names."""

from django.core.management import CommandError

from intersession.lists.models import MailingList


def the_list(name: str) -> MailingList:
    """Find a list. Raises CommandError that names those there are."""
    try:
        return MailingList.objects.select_related("coalition").get(name=name)
    except MailingList.DoesNotExist:
        names = ", ".join(MailingList.objects.values_list("name", flat=True)[:20])
        words = f"There is no list “{name}”. " + (
            f"There are: {names}." if names else "No list is open yet."
        )
        raise CommandError(words) from None
