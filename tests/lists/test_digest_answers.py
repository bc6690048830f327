"""Answers to a digest, which belong to no thread."""

import pytest

from intersession.lists.rules.digesting import answers_digest, message_id
from intersession.lists.rules.identity import references

SECRET = "a1b2c3d4e5f6a7b8"


def test_an_answer_to_a_digest_is_known_by_what_it_refers_to() -> None:
    digest = message_id(14, SECRET, "lists.example.org")

    assert answers_digest(references(digest, ""), "Re: your post", "dc3")
    assert answers_digest(references("", digest), "Re: your post", "dc3")
    assert not answers_digest(references(f"{digest} <post@example.org>", ""), "Re: Talk", "dc3")


def test_an_answer_that_lost_its_references_is_known_by_its_subject() -> None:
    assert answers_digest((), "Re: dc3 Digest, Vol 2, Issue 14", "dc3")
    assert not answers_digest((), "Re: How do I get the dc3 digest?", "dc3")
    assert not answers_digest(("post@example.org",), "Re: dc3 Digest, Vol 2, Issue 14", "dc3")


@pytest.mark.parametrize("secret", ["", "short", "With-Capitals-And-Dashes", "a" * 16 + "\n"])
def test_a_digest_gets_no_name_that_would_not_be_known_again(secret: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        message_id(14, secret, "lists.example.org")
