"""The mail server that takes our copies is gone, or answers as mail servers do on bad days."""

from datetime import timedelta
from pathlib import Path

import pytest

from intersession.kit import clock
from intersession.lists.models import Parcel, Relay
from intersession.lists.states import RelayState
from intersession.lists.testing import a_list
from tests.faults.house import House, a_house, a_post, readers, subscribed, until
from tests.faults.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)


def on_a_bad_day() -> Sink:
    """Take every copy in the end; the first try of some goes as badly as can be."""
    met: set[str] = set()
    troubles = {
        ("RCPT", "reader-1"): b"450 4.2.1 mailbox busy\r\n",
        ("RCPT", "reader-2"): b"552 5.5.3 too many recipients\r\n",
        ("RCPT", "reader-3"): b"421 4.3.2 going down\r\n",
        ("RCPT", "reader-4"): b"",
        ("DATA", "reader-5"): b"451 4.3.0 no content now\r\n",
        ("END", "reader-6"): b"452 4.3.1 disk full\r\n",
        ("END", "reader-7"): b"421 4.3.2 going down\r\n",
        ("END", "reader-8"): b"",
        ("MAIL", "reader-9"): b"",
    }

    def answer(command: bytes, recipient: str) -> bytes | None:
        key = command.decode(), recipient.partition("@")[0]
        if recipient.startswith("refused"):
            return b"550 5.1.1 nobody\r\n" if command == b"RCPT" else None
        if key not in troubles or key[1] in met:
            return None
        met.add(key[1])
        return troubles[key]

    return Sink(answer=answer)


def bring_forward() -> None:
    """Let the pauses be over."""
    Parcel.objects.filter(done_at=None, worker="").update(due_at=clock.now())


def settled(house: House) -> bool:
    """Test whether every copy has had its fate; what was put off is tried at once."""
    bring_forward()
    return not Relay.objects.filter(state=RelayState.SENDING).exists()


def test_on_a_bad_day_of_the_mail_server_each_gets_one_copy_in_the_end(tmp_path: Path) -> None:
    talk = a_list()
    members = readers(talk, 30)
    with a_house(tmp_path, sink=on_a_bad_day()) as house:
        house.listener()
        house.worker()
        assert house.posted(a_post(talk, 1), talk.address) == [250]
        until(lambda: settled(house), "some copies have no fate")
        relay = Relay.objects.get()

    times = house.sink.times()
    assert sorted(reader for reader, _mail in times) == sorted(members)
    assert set(times.values()) == {1}
    assert relay.refused == 0


def test_who_is_refused_for_good_is_counted_and_stops_no_other(tmp_path: Path) -> None:
    talk = a_list()
    members = readers(talk, 20)
    subscribed(talk, [f"refused-{n}@readers.example.net" for n in range(3)])
    with a_house(tmp_path, sink=on_a_bad_day()) as house:
        house.listener()
        house.worker()
        assert house.posted(a_post(talk, 1), talk.address) == [250]
        until(lambda: settled(house), "some copies have no fate")
        relay = Relay.objects.get()

    assert sorted(reader for reader, _mail in house.sink.times()) == sorted(members)
    assert (relay.refused, relay.recipients) == (3, 23)


def test_while_the_mail_server_is_gone_copies_wait_longer_and_longer_and_then_go_out(
    tmp_path: Path,
) -> None:
    talk = a_list()
    members = readers(talk, 20)
    with a_house(tmp_path) as house:
        house.listener()
        house.worker()
        house.sink.stop()
        begun = clock.now()
        assert house.posted(a_post(talk, 1), talk.address) == [250]
        until(lambda: Parcel.objects.exclude(trouble="").exists(), "nobody noticed")
        first = Parcel.objects.exclude(trouble="").order_by("due_at")[0]
        assert timedelta(seconds=10) < first.due_at - begun < timedelta(seconds=40)
        bring_forward()
        until(
            lambda: Parcel.objects.filter(due_at__gt=clock.now() + timedelta(seconds=16)).exists(),
            "the pause does not grow",
        )

        house.sink.start()
        until(lambda: settled(house) and len(house.sink.taken) == 20, "copies did not go out")

    assert sorted(copy.recipient for copy in house.sink.taken) == sorted(members)
