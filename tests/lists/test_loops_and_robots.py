"""Loops and robots (RFC 3834, RFC 5321 6.3): dropped or held, and never answered."""

from dataclasses import replace

import pytest

from intersession.lists.rules.judging import (
    Accept,
    Drop,
    Hold,
    Reason,
    judge,
    may_be_answered,
    signs,
)
from tests.lists.posts import ANN, LIST, LIST_ID, POLICY, PROVEN, SUBSCRIBER, post, signs_of

ROBOTS = {
    "own List-Id": (f"List-Id: Talk <{LIST_ID}>\r\n", Drop((Reason.OWN_LIST,))),
    "own List-Id, loud": (f"LIST-ID:\r\n <{LIST_ID.upper()}>\r\n", Drop((Reason.OWN_LIST,))),
    "own List-Post": (f"List-Post: <mailto:{LIST}>\r\n", Drop((Reason.OWN_LIST,))),
    "own List-Post, escaped": ("List-Post: <mailto:talk%40lists.example.net?subject=x>\r\n",
                               Drop((Reason.OWN_LIST,))),
    "other list": ("List-Id: <b.example.com>\r\n", Hold((Reason.OTHER_LIST,))),
    "51 Received": ("Received: by x; now\r\n" * 51, Drop((Reason.HOPS,))),
    "auto-replied": ("Auto-Submitted: auto-replied (vacation)\r\n",
                     Drop((Reason.AUTO_REPLY,))),
    "auto-generated": ("Auto-Submitted: auto-generated\r\n", Hold((Reason.AUTOMATIC,))),
    "precedence auto_reply": ("Precedence: auto_reply\r\n", Drop((Reason.AUTO_REPLY,))),
    "precedence bulk": ("Precedence: bulk\r\n", Hold((Reason.BULK,))),
    "X-Autoreply": ("X-Autoreply: yes\r\n", Drop((Reason.AUTO_REPLY,))),
    "delivery report": ("Content-Type: multipart/report; report-type=delivery-status\r\n",
                        Drop((Reason.REPORT,))),
}  # fmt: skip


@pytest.mark.parametrize(("more", "verdict"), ROBOTS.values(), ids=ROBOTS.keys())
def test_loops_and_robots_are_dropped_or_held_and_not_answered(
    more: str, verdict: Drop | Hold
) -> None:
    found = signs_of(more)

    given = judge(found, PROVEN, POLICY, SUBSCRIBER)

    assert type(given) is type(verdict)
    assert isinstance(given, Drop | Hold)
    assert set(verdict.reasons) <= set(given.reasons)
    assert not may_be_answered(found)


def test_fifty_received_fields_are_a_long_way_and_no_circle() -> None:
    found = signs_of("Received: by x; now\r\n" * 50)

    assert judge(found, PROVEN, POLICY, SUBSCRIBER) == Accept()


def test_a_null_sender_is_dropped_and_never_answered() -> None:
    for envelope in ("", "<>"):
        found = signs_of(envelope=envelope)
        assert judge(found, PROVEN, POLICY, SUBSCRIBER) == Drop((Reason.NULL_SENDER,))
        assert not may_be_answered(found)


@pytest.mark.parametrize("author", ["MAILER-DAEMON@example.org", "mailer-daemon@x.example"])
def test_mailer_daemon_is_dropped_and_never_answered(author: str) -> None:
    for found in (signs(post(author=author), ANN), signs_of(envelope=author)):
        assert judge(found, PROVEN, POLICY, SUBSCRIBER) == Drop((Reason.SERVER,))
        assert not may_be_answered(found)


@pytest.mark.parametrize(
    "envelope", ["talk-bounces@lists.example.net", "talk-bounces+AB3X@lists.example.net"]
)
def test_what_comes_back_under_our_own_return_path_is_dropped(envelope: str) -> None:
    assert judge(signs_of(envelope=envelope), PROVEN, POLICY, SUBSCRIBER) == Drop(
        (Reason.OWN_LIST,)
    )


def test_what_names_the_list_as_its_author_is_dropped() -> None:
    found = signs(post(author=LIST), ANN)

    assert judge(found, PROVEN, POLICY, SUBSCRIBER) == Drop((Reason.OWN_LIST,))


def test_an_earlier_address_of_the_list_is_the_list_too() -> None:
    moved = replace(POLICY, other_addresses=frozenset(["talk@old.example.org"]))
    found = signs_of("List-Post: <mailto:talk@old.example.org>\r\n")

    assert judge(found, PROVEN, moved, SUBSCRIBER) == Drop((Reason.OWN_LIST,))


def test_a_loop_between_two_lists_ends_at_the_first_return() -> None:
    out = signs_of("List-Id: <other.example.com>\r\nList-Post: <mailto:other@example.com>\r\n")
    back = signs_of(f"List-Id: <other.example.com>\r\nList-Post: <mailto:{LIST}>\r\n")

    assert judge(out, PROVEN, POLICY, SUBSCRIBER) == Hold((Reason.OTHER_LIST,))
    assert judge(back, PROVEN, POLICY, SUBSCRIBER) == Drop((Reason.OWN_LIST,))


@pytest.mark.parametrize(
    "subject",
    ["Out of office: Ann", "Automatic reply: Matters", "Réponse automatique : vacances",
     "=?utf-8?b?6Ieq5Yqo5Zue5aSN?= Matters"],
)  # fmt: skip
def test_a_vacation_reply_without_any_field_that_says_so_is_held_and_not_answered(
    subject: str,
) -> None:
    found = signs(post().replace(b"Subject: Matters", f"Subject: {subject}".encode()), ANN)

    assert judge(found, PROVEN, POLICY, SUBSCRIBER) == Hold((Reason.AWAY,))
    assert not may_be_answered(found)


@pytest.mark.parametrize(
    "more",
    ["X-Auto-Response-Suppress: All\r\n", "List-Unsubscribe: <mailto:x@y.example>\r\n",
     "Precedence: list\r\n", "X-Spam: Yes\r\n"],
)  # fmt: skip
def test_nobody_is_answered_who_asks_for_no_answer(more: str) -> None:
    assert not may_be_answered(signs_of(more))


def test_no_reply_addresses_are_not_answered_and_people_are() -> None:
    assert not may_be_answered(signs(post(author="no-reply@example.org"), ANN))
    assert may_be_answered(signs_of())


def test_auto_submitted_no_is_a_persons_mail() -> None:
    found = signs_of("Auto-Submitted: no\r\n")

    assert judge(found, PROVEN, POLICY, SUBSCRIBER) == Accept()
    assert may_be_answered(found)
