"""How many mails others may have us send."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.rules.limits import (
    PER_ADDRESS,
    PER_ADDRESS_AND_LIST,
    PER_LIST,
    PER_NETWORK,
    WITHIN,
    Counts,
    Limit,
    Mail,
    Over,
    allows,
    network,
)

COUNT = st.integers(0, 1_000)
COUNTS = st.builds(Counts, COUNT, COUNT, COUNT, COUNT, COUNT)


def test_a_question_that_got_lost_is_sent_again_once() -> None:
    assert allows(Mail.QUESTION, Counts(address_and_list=1, address=1, network=1, list=1))
    assert allows(Mail.QUESTION, Counts(address_and_list=2)) == Limit(
        Over.ADDRESS_AND_LIST, timedelta(days=1)
    )


def test_a_hundred_thousand_forged_joins_send_an_address_ten_mails_a_day() -> None:
    sent = 0
    for _ in range(100_000):
        if allows(Mail.QUESTION, Counts(address=sent)):
            sent += 1

    assert sent == 10


def test_a_network_and_a_list_are_limited_by_the_hour() -> None:
    assert allows(Mail.QUESTION, Counts(network=PER_NETWORK)) == Limit(
        Over.NETWORK, timedelta(hours=1)
    )
    assert allows(Mail.QUESTION, Counts(list=PER_LIST)) == Limit(Over.LIST, timedelta(hours=1))


def test_a_sender_gets_one_automatic_answer_a_day() -> None:
    assert allows(Mail.ANSWER, Counts(list=10_000))
    assert allows(Mail.ANSWER, Counts(answers=1)) == Limit(Over.ANSWERED, timedelta(days=1))


@given(st.sampled_from(Mail), COUNTS)
def test_a_limit_says_which_and_until_when_or_nothing(mail: Mail, counts: Counts) -> None:
    answer = allows(mail, counts)

    assert bool(answer) == (answer == WITHIN) == (answer.retry_after == timedelta(0))


@given(COUNTS, COUNTS)
def test_more_mail_never_opens_a_limit(counts: Counts, more: Counts) -> None:
    both = Counts(
        *(getattr(counts, name) + getattr(more, name) for name in Counts.__dataclass_fields__)
    )

    assert allows(Mail.QUESTION, counts) or not allows(Mail.QUESTION, both)


def test_the_limits_of_an_address_are_the_narrowest() -> None:
    assert PER_ADDRESS_AND_LIST < PER_ADDRESS < PER_NETWORK < PER_LIST


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2ff:3::4", "2001:db8:1:200::/56"),
        ("fe80::1%eth0", "fe80::/56"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_a_client_is_counted_by_its_network(address: str, name: str) -> None:
    assert network(address) == name
