"""Who gets the sample list’s mail, and a post on it that waits for its moderator."""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial

from allauth.account.models import EmailAddress

from intersession.lists import actions as lists
from intersession.lists.actions.receiving import receive
from intersession.lists.models import MailingList
from intersession.lists.rules.judging import Authentic
from intersession.lists.rules.wishes import Wishes
from intersession.lists.states import Delivery
from intersession.people.models import Person
from intersession.site.demo.diary import Diary

LIST_ADDRESS = "dc3@lists.localhost"
DIGEST_FOR = {"priya"}
"""Sample people who get a digest each day; the others get each message as it comes."""
STRANGER = "newcomer@example.net"


def plan_subscribers(diary: Diary, people: Mapping[str, Person]) -> None:
    """Plan that everybody subscribes, each by an address that is theirs."""
    for number, (key, person) in enumerate(people.items()):
        diary.days_ago(73.5 - number / 100, partial(_subscribe, key, person))


def _subscribe(key: str, person: Person, at: datetime) -> None:
    own = {"email": person.email, "defaults": {"verified": True, "primary": True}}
    EmailAddress.objects.get_or_create(user_id=person.pk, **own)
    wishes = Wishes(delivery=Delivery.DAILY if key in DIGEST_FOR else Delivery.EACH)
    lists.subscribe(person, _the_list(), person.email, at=at, wishes=wishes)


def _the_list() -> MailingList:
    return MailingList.objects.select_related("coalition").get(address=LIST_ADDRESS)


def hold_a_post(at: datetime) -> None:
    """Let somebody write who is not subscribed: the post waits for a moderator."""
    mail = EmailMessage()
    mail["From"] = f"A newcomer <{STRANGER}>"
    mail["To"] = LIST_ADDRESS
    mail["Subject"] = "May I join the work on the recommendations?"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = "<newcomer@sample.example.net>"
    mail.set_content(
        "Good day,\n\nI run a small network in the hills and read your draft. I would like to\n"
        "help with the part on backhaul. Whom do I write to?\n\nA newcomer\n"
    )
    known = Authentic(is_authenticated=True, domain="example.net")
    receive(_the_list(), mail.as_bytes(), at=at, envelope=STRANGER, authentic=known)
