"""Judging mail that real people sent to a real list: nothing harmless waits."""

from collections import Counter
from dataclasses import replace

from intersession.lists.formats.mailbox import source_at
from intersession.lists.rules.judging import Known, Policy, Reason, judge, signs
from tests.lists.posts import ANN, PROVEN
from tests.shared_data import shared


def test_of_2500_real_posts_only_answers_to_digests_and_what_the_filter_marked_would_wait() -> None:
    source = source_at(shared("data/mail/usrp-users-sample.mbox.gz"))
    known = Known(is_subscriber=True, posts_before=1)
    reasons: Counter[str] = Counter()

    for piece in source.pieces():
        found = replace(  # as they were before their list put its fields in, and its name into From
            signs(piece.raw, ANN), list_ids=frozenset(), list_posts=frozenset(), precedence="",
            authors=(ANN,),
        )  # fmt: skip
        policy = Policy(next(iter(found.named), ""), "talk.example.net")
        verdict = judge(found, PROVEN, policy, known)
        reasons.update(getattr(verdict, "reasons", ["accepted"]))

    assert reasons.total() >= 2500
    assert set(reasons) <= {"accepted", Reason.DIGEST_REPLY, Reason.SPAM}
    assert reasons[Reason.DIGEST_REPLY] + reasons[Reason.SPAM] < 30
