"""Mail that is too much, in every way mail can be: each ends, and soon."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import pytest

from intersession.lists.models import Held, MailingList, Message, Subscription
from intersession.lists.testing import a_list
from tests.faults.house import House, a_house, a_post, readers, subscribed, until
from tests.faults.sink import Sink
from tests.lists.author import ADDRESS
from tests.lists.zones import SILENCE

pytestmark = pytest.mark.django_db(transaction=True)

SIXTY = 60_000_000


def memory_of(pid: int) -> float:
    """Return the most memory a process ever had, in megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))


def test_a_post_of_sixty_megabytes_is_refused_as_announced_and_as_it_comes(
    tmp_path: Path,
) -> None:
    talk, other = a_list(), a_list()
    readers(talk, 1)
    with a_house(tmp_path) as house:
        listener = house.listener()
        with house.post() as post:
            post.ehlo()
            assert post.esmtp_features["size"] == "25000000"
            announced = post.mail(ADDRESS, [f"SIZE={SIXTY}"])[0]
            post.rset()
            post.mail(ADDRESS)
            for one in (talk, other):
                post.rcpt(one.address)
            line = b"x" * 998 + b"\r\n"
            sent = [post.data(a_post(talk, 1) + line * (SIXTY // len(line)))[0], post.getreply()[0]]
            afterwards = post.sendmail(ADDRESS, [talk.address], a_post(talk, 2))
        peak = memory_of(listener.pid)

        assert announced == 552
        assert sent == [552, 552]
        assert afterwards == {}
        assert [message.subject for message in Message.objects.all()] == ["Post 2"]
    assert peak < 200


def test_a_mail_that_names_ten_thousand_lists_goes_to_a_hundred_and_is_soon_done(
    tmp_path: Path,
) -> None:
    first = a_list()
    readers(first, 1)
    MailingList.objects.bulk_create(
        MailingList(
            name=f"many-{n}", address=f"many-{n}@lists.example.org", title=f"Many {n}",
            coalition=first.coalition, opened_at=first.opened_at, posting="anyone",
        )
        for n in range(150)
    )  # fmt: skip
    names = [f"many-{n}@lists.example.org" for n in range(10_000)]
    with a_house(tmp_path) as house:
        house.listener()
        begun = monotonic()
        with house.post() as post:
            post.ehlo()
            post.mail(ADDRESS)
            codes = [post.rcpt(name)[0] for name in names]
            raw = a_post(first, 1).replace(
                b"To: ", b"Cc: " + ", ".join(names).encode() + b"\r\nTo: "
            )
            replies = [post.data(raw)[0], *(post.getreply()[0] for _ in range(99))]
        took = monotonic() - begun

        assert codes == [250] * 100 + [452] * 9_900
        assert replies == [250] * 100
        assert Message.objects.count() + Held.objects.count() == 100
    assert took < 60


def test_a_loop_between_two_lists_ends(tmp_path: Path) -> None:
    here, there = a_list(), a_list()
    readers(here, 3)
    readers(there, 3)
    subscribed(here, [there.address])
    subscribed(there, [here.address])
    Subscription.objects.update(skips_addressed=False)
    with a_house(tmp_path, sink=Sink(keeps=True)) as house:
        house.listener()
        house.worker()
        assert house.posted(a_post(here, 1), here.address) == [250]
        rounds = carried_on(house)

        kept = [m.mailing_list_id for m in Message.objects.order_by("mailing_list_id")]
        assert kept in ([here.pk], [here.pk, there.pk])
        assert Message.objects.count() + Held.objects.count() == 2
    assert 1 <= rounds <= 2
    assert max(house.sink.times().values()) <= 2


def carried_on(house: House) -> int:
    """Hand in what is sent to lists of ours, as the mail server between does; say how much."""
    until(lambda: bool(house.sink.contents), "no copy left")
    done = handed_in = 0
    while done < len(house.sink.contents) or not house.sink.is_quiet(3):
        for _, to, content in house.sink.contents[done:]:
            done += 1
            if to.endswith("@lists.example.org"):
                handed_in += 1
                assert handed_in < 10, "there is no end to it"
                house.replies(content, to)
        sleep(0.1)
    return handed_in


def test_while_dns_is_silent_about_one_author_the_mail_of_others_goes_on(tmp_path: Path) -> None:
    talk = a_list()
    readers(talk, 1)
    subscribed(talk, ["eve@silent.example"])
    zone: dict[str, list[str] | str] = {
        "ada._domainkey.silent.example": SILENCE, "_dmarc.silent.example": SILENCE,
    }  # fmt: skip
    with a_house(tmp_path, zone=zone) as house, ThreadPoolExecutor(1) as other:
        house.listener()
        silent = a_post(talk, "s").replace(b"example.org", b"silent.example")
        silent = silent.replace(ADDRESS.encode(), b"eve@silent.example")
        house.posted(a_post(talk, 0), talk.address)
        begun = monotonic()
        waits = other.submit(lambda: (house.posted(silent, talk.address), monotonic() - begun))
        quick = [house.posted(a_post(talk, n), talk.address) for n in range(1, 6)]
        took = monotonic() - begun
        answered, waited = waits.result()

        assert quick == [[250]] * 5
        assert answered == [250]
        assert took < waited
        assert waited < 15
        assert "Post s" not in Message.objects.values_list("subject", flat=True)
        assert [held.subject for held in Held.objects.all()] == ["Post s"]
