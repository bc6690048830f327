"""How an entry of the record reads: one whole sentence, for a page or for a feed."""

from dataclasses import dataclass
from datetime import UTC, date

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from intersession.journal.models import Entry
from intersession.site.wiring import PHRASES


@dataclass(frozen=True, slots=True)
class Reading:
    """An entry with its sentence as HTML, the thing in it a link."""

    entry: Entry
    sentence: SafeString

    @property
    def day(self) -> date:
        """The day of the act, in UTC."""
        return self.entry.at.astimezone(UTC).date()


def words(entry: Entry) -> str:
    """Say what an entry says, as plain text."""
    return _phrase(entry.verb) % {"actor": actor(entry), "title": entry.title}


def reading(entry: Entry) -> Reading:
    """Say what an entry says, as HTML; names and titles are text, whatever is in them."""
    title = format_html("<bdi>{}</bdi>", entry.title)
    if entry.url.startswith("/"):
        title = format_html('<a href="{}">{}</a>', entry.url, title)
    told = {"actor": format_html("<bdi>{}</bdi>", actor(entry)), "title": title}
    return Reading(entry, SafeString(str(escape(_phrase(entry.verb))) % told))


def actor(entry: Entry) -> str:
    """Name who acted."""
    return str(entry.actor) if entry.actor else _("The platform")


def _phrase(verb: str) -> str:
    return str(PHRASES.get(verb) or _("%(actor)s acted on %(title)s"))
