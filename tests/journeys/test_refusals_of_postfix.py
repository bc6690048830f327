"""What our own Postfix refuses is no bounce of a reader's (checklist 20, 23)."""

from pathlib import Path

import pytest

from intersession.lists.models import Bounce, Health, Parcel, Relay, Subscription
from intersession.lists.states import RelayState
from intersession.lists.testing import a_list
from tests.faults.house import a_house, a_post, subscribed, until
from tests.faults.sink import Sink
from tests.journeys.postfix import postfix, why_not
from tests.lists.author import ADDRESS

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

READERS = [f"reader-{n}@example.net" for n in range(20)]
REFUSED, CROWDED = "refused@example.net", "crowded@example.net"
RULES = (
    "smtpd_recipient_restrictions = check_recipient_access inline:{\n"
    f"  {{ {REFUSED} = 550 5.1.1 There is no such mailbox }},\n"
    f"  {{ {CROWDED} = 552 5.5.3 Too many recipients }} }}, permit_mynetworks, reject\n"
)


def test_what_our_own_postfix_refuses_scores_nothing_and_552_is_tried_again(
    tmp_path: Path,
) -> None:
    if reason := why_not():
        pytest.skip(reason)
    talk = a_list()
    subscribed(talk, [ADDRESS, *READERS, REFUSED, CROWDED])
    Subscription.objects.filter(address=ADDRESS).update(delivery="none")
    with (
        a_house(tmp_path, sink=Sink()) as house,
        postfix(lists=house.lmtp, world=house.sink.port, more=RULES) as port,
    ):
        house.listener()
        house.worker(INTERSESSION_MAIL_PORT=str(port))
        assert house.posted(a_post(talk, 1), talk.address) == [250]
        until(lambda: len(house.sink.taken) == len(READERS), "not everybody got it")
        until(lambda: Parcel.objects.filter(done_at=None, tries=1).exists(), "none waits")

        assert sorted(copy.recipient for copy in house.sink.taken) == sorted(READERS)
        waits = Parcel.objects.get(done_at=None)
        crowded = Subscription.objects.get(address=CROWDED)
        assert (waits.first, waits.last, waits.left) == (crowded.pk, crowded.pk, 1)
        assert waits.trouble.startswith("552 5.5.3")
        relay = Relay.objects.get()
        assert (relay.state, relay.refused, relay.bounced) == (RelayState.SENDING, 1, 0)
        assert (Bounce.objects.count(), Health.objects.count()) == (0, 0)
        stopped = Subscription.objects.exclude(stopped_at=None, until=None)
        assert not stopped.exists()
