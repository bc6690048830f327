"""Who may post, and what waits for a moderator: every reason is found, not only the first."""

from dataclasses import replace

import pytest

from intersession.lists import phrases
from intersession.lists.rules.identity import node_of
from intersession.lists.rules.judging import (
    Accept,
    Authentic,
    Confirm,
    Hold,
    Known,
    Note,
    Policy,
    Reason,
    Refuse,
    judge,
    signs,
)
from intersession.lists.rules.judging.law import CODES
from tests.lists.posts import (
    ANN,
    OFFICER,
    POLICY,
    PROVEN,
    STRANGER,
    SUBSCRIBER,
    UNPROVEN,
    attachment,
    post,
    signs_of,
)


def test_a_subscribers_authenticated_post_is_accepted() -> None:
    assert judge(signs_of(), PROVEN, POLICY, SUBSCRIBER) == Accept()


def test_a_members_post_counts_only_when_authenticated_or_confirmed_by_reply() -> None:
    confirmed = replace(SUBSCRIBER, has_consented_by_reply=True)

    assert judge(signs_of(), UNPROVEN, POLICY, SUBSCRIBER) == Confirm(Reason.UNPROVEN)
    assert judge(signs_of(), UNPROVEN, POLICY, confirmed) == Accept((Note.CONFIRMED,))


def test_a_forged_stranger_is_held_and_gets_no_mail() -> None:
    verdict = judge(signs_of(), UNPROVEN, POLICY, STRANGER)

    assert verdict == Hold((Reason.UNPROVEN, Reason.NOT_A_SUBSCRIBER))


def test_a_suspicious_mail_in_a_members_name_is_held_and_the_member_is_not_asked() -> None:
    verdict = judge(signs_of("X-Spam: Yes\r\n"), UNPROVEN, POLICY, SUBSCRIBER)

    assert verdict == Hold((Reason.SPAM, Reason.UNPROVEN))


def test_a_domain_that_is_not_the_authors_proves_nothing_of_them() -> None:
    other = replace(PROVEN, domain="example.com")
    abroad = signs(post(author="ann@b\u00fccher.example"), ANN)

    assert judge(signs_of(), other, POLICY, SUBSCRIBER) == Confirm(Reason.UNPROVEN)
    assert judge(abroad, replace(PROVEN, domain="xn--bcher-kva.example"), POLICY, OFFICER) == (
        Accept()
    )


def test_a_domain_that_asks_for_refusal_or_stays_silent_is_noted_for_mitigation() -> None:
    for policy in ("quarantine", "reject", "unknown"):
        authentic = Authentic(True, "example.org", "dkim", policy)
        assert judge(signs_of(), authentic, POLICY, SUBSCRIBER) == Accept((Note.MITIGATE,))


def test_one_who_is_suspended_is_refused_in_the_dialogue_with_the_reason() -> None:
    suspended = replace(SUBSCRIBER, standing="suspended", is_member=True)

    assert judge(signs_of(), PROVEN, POLICY, suspended) == Refuse(550, "5.7.1", (Reason.SUSPENDED,))


def test_that_somebody_is_suspended_is_not_told_to_whoever_forges_their_name() -> None:
    suspended = replace(SUBSCRIBER, standing="suspended")
    confirmed = replace(suspended, has_consented_by_reply=True)

    assert judge(signs_of(), UNPROVEN, POLICY, suspended) == Confirm(Reason.UNPROVEN)
    assert judge(signs_of(), UNPROVEN, POLICY, confirmed) == Refuse(
        550, "5.7.1", (Reason.SUSPENDED,)
    )


def test_a_list_for_announcements_takes_officers_only() -> None:
    announcements = replace(POLICY, is_announcement=True)
    refused = Refuse(550, "5.7.2", (Reason.NOT_AN_OFFICER,))

    assert judge(signs_of(), PROVEN, announcements, OFFICER) == Accept()
    assert judge(signs_of(), UNPROVEN, announcements, OFFICER) == Confirm(Reason.UNPROVEN)
    assert judge(signs_of(), PROVEN, announcements, SUBSCRIBER) == refused
    assert judge(signs_of(), PROVEN, replace(POLICY, may_post="officers"), SUBSCRIBER) == refused


@pytest.mark.parametrize(
    ("may_post", "known", "verdict"),
    [
        ("subscribers", Known(is_member=True), Accept()),
        ("subscribers", STRANGER, Hold((Reason.NOT_A_SUBSCRIBER,))),
        ("members", Known(is_member=True), Accept()),
        ("members", SUBSCRIBER, Hold((Reason.NOT_A_MEMBER,))),
        ("members", OFFICER, Accept()),
        ("anyone", STRANGER, Accept()),
    ],
)
def test_who_may_post_is_the_lists_rule(
    may_post: str, known: Known, verdict: Accept | Hold
) -> None:
    assert judge(signs_of(), PROVEN, replace(POLICY, may_post=may_post), known) == verdict


def test_a_first_post_is_held_where_the_list_wants_it() -> None:
    careful = replace(POLICY, moderates_first=True)
    first = Known(is_subscriber=True)

    assert judge(signs_of(), PROVEN, careful, first) == Hold((Reason.FIRST_POST,))
    assert judge(signs_of(), PROVEN, POLICY, first) == Accept()
    assert judge(signs_of(), PROVEN, careful, replace(first, posts_before=1)) == Accept()
    assert judge(signs_of(), PROVEN, careful, replace(first, standing="trusted")) == Accept()
    assert judge(signs_of(), PROVEN, careful, OFFICER) == Accept()


def test_a_moderated_sender_is_held_however_often_they_posted() -> None:
    moderated = replace(SUBSCRIBER, standing="moderated", posts_before=400)

    assert judge(signs_of(), PROVEN, POLICY, moderated) == Hold((Reason.MODERATED,))


def test_a_closed_topic_holds_whatever_answers_one_of_its_messages() -> None:
    closed = replace(POLICY, closed=frozenset([node_of("old@example.org")]))
    answer = signs_of("In-Reply-To: <old@example.org>\r\n")
    later = signs_of("References: <root@example.org> <old@example.org> <mid@example.org>\r\n")

    assert judge(answer, PROVEN, closed, SUBSCRIBER) == Hold((Reason.CLOSED_TOPIC,))
    assert judge(later, PROVEN, closed, SUBSCRIBER) == Hold((Reason.CLOSED_TOPIC,))
    assert judge(signs_of(), PROVEN, closed, SUBSCRIBER) == Accept()


def test_the_emergency_stop_holds_everybody() -> None:
    stopped = replace(POLICY, is_stopped=True)

    for known in (SUBSCRIBER, OFFICER, replace(SUBSCRIBER, standing="trusted")):
        assert judge(signs_of(), PROVEN, stopped, known) == Hold((Reason.STOPPED,))


def test_the_filters_verdict_binds_even_for_officers_and_the_trusted() -> None:
    for known in (OFFICER, replace(SUBSCRIBER, standing="trusted")):
        assert judge(signs_of("X-Spam-Flag: YES\r\n"), PROVEN, POLICY, known) == Hold(
            (Reason.SPAM,)
        )


def test_all_reasons_are_gathered() -> None:
    policy = Policy(
        POLICY.address, POLICY.list_id, moderates_first=True, is_stopped=True, spam_threshold=5
    )
    found = signs(
        post("Precedence: bulk\r\nCc: a@example.org\r\nX-Spam-Level: ******\r\n").replace(
            b"To: Talk", b"Bcc: Talk"
        ),
        ANN,
    )

    assert judge(found, PROVEN, policy, STRANGER) == Hold(
        (
            Reason.SPAM,
            Reason.NOT_NAMED,
            Reason.BULK,
            Reason.STOPPED,
            Reason.FIRST_POST,
            Reason.NOT_A_SUBSCRIBER,
        )
    )


def test_executables_are_refused_with_every_other_reason_for_refusal() -> None:
    found = signs(attachment("report.pdf.exe"), ANN)
    small = replace(POLICY, max_bytes=100)

    assert judge(found, PROVEN, POLICY, OFFICER) == Refuse(554, "5.6.1", (Reason.EXECUTABLE,))
    assert judge(found, PROVEN, small, OFFICER) == Refuse(
        552, "5.3.4", (Reason.TOO_BIG, Reason.EXECUTABLE)
    )


def test_a_reply_to_a_digest_is_held_with_its_reason() -> None:
    by_id = signs_of("In-Reply-To: <digest.20261121@lists.example.net>\r\n")
    by_subject = signs(
        post().replace(b"Subject: Matters", b"Subject: Re: Talk Digest, Vol 12, Issue 4"), ANN
    )

    for found in (by_id, by_subject):
        assert judge(found, PROVEN, POLICY, SUBSCRIBER) == Hold((Reason.DIGEST_REPLY,))


def test_talking_about_digests_is_no_reply_to_one() -> None:
    found = signs(post().replace(b"Subject: Matters", b"Subject: Re: shall we send a digest?"), ANN)

    assert judge(found, PROVEN, POLICY, SUBSCRIBER) == Accept()


@pytest.mark.parametrize(
    ("body", "asks"),
    [
        ("unsubscribe", "leave"),
        ("Please unsubscribe me.\r\n\r\n-- \r\nAnn\r\nExample Org", "leave"),
        ("Unsubscribe\r\n\r\nOn 3 May Bob wrote:\r\n> long words", "leave"),
        ("Désabonnez-moi", "leave"),
        ("退订", "leave"),
        ("subscribe", "join"),
        ("help", "help"),
        ("Help is needed with the report, who has time on Monday?", ""),
        ("We subscribe to this view because it is right, and we will say why below.", ""),
        ("unsubscribe\r\nThis word is what I wish to discuss today: how people leave lists.", ""),
    ],
)
def test_a_lone_command_to_the_posting_address_is_held_with_help(body: str, asks: str) -> None:
    found = signs_of(body=body)

    assert found.asks == asks
    verdict = judge(found, PROVEN, POLICY, SUBSCRIBER)
    assert verdict == (Hold((Reason.COMMAND,)) if asks else Accept())


def test_an_empty_body_under_a_command_as_subject_is_one_too() -> None:
    found = signs(post(body="").replace(b"Subject: Matters", b"Subject: unsubscribe"), ANN)

    assert judge(found, PROVEN, POLICY, SUBSCRIBER) == Hold((Reason.COMMAND,))


def test_a_mail_to_very_many_is_held() -> None:
    crowd = ", ".join(f"list{n}@example.org" for n in range(10_000))

    assert judge(signs_of(f"Cc: {crowd}\r\n"), PROVEN, POLICY, SUBSCRIBER) == Hold((Reason.CROWD,))


def test_encrypted_mail_is_held_and_signed_mail_noted() -> None:
    encrypted = signs_of(
        "Content-Type: multipart/encrypted; boundary=b\r\n", "--b\r\n\r\nx\r\n--b--"
    )
    signed = signs_of("Content-Type: multipart/signed; boundary=b\r\n", "--b\r\n\r\nx\r\n--b--")

    assert judge(encrypted, PROVEN, POLICY, SUBSCRIBER) == Hold((Reason.ENCRYPTED,))
    assert judge(signed, PROVEN, POLICY, SUBSCRIBER) == Accept((Note.SIGNED,))


def test_every_reason_has_its_sentence_and_every_refusal_its_codes() -> None:
    assert set(phrases.REASONS) == set(Reason)
    assert all(str(sentence).endswith(".") for sentence in phrases.REASONS.values())
    assert set(CODES) < set(Reason)
