import pytest
from django.db import IntegrityError, transaction

from intersession.outbox.actions import write, write_exact
from intersession.outbox.formats import message
from intersession.outbox.models import Letter
from intersession.people.testing import NOON, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]

REASON = "You get this because you joined."


def a_letter(**more: str) -> Letter:
    return write("tests.hello", "ada@example.org", {"name": "Ada"}, at=NOON, reason=REASON, **more)


def test_a_letter_has_one_line_as_subject_and_ends_with_its_reason() -> None:
    letter = a_letter()

    assert letter.subject == "Hello Ada, welcome"
    assert letter.body.endswith(f"It is open.\n\n-- \n{REASON}\n")
    assert letter.due_at == NOON


def test_html_stands_beside_the_text_even_without_a_template_for_it() -> None:
    letter = a_letter(language="ar")

    assert letter.html.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')
    assert REASON in letter.html


def test_names_are_themselves_in_the_text_and_harmless_in_the_html() -> None:
    name = "O'Hara <script>"

    letter = write("tests.hello", "ada@example.org", {"name": name}, at=NOON, reason=REASON)

    assert "Good day O'Hara <script> & all." in letter.body
    assert "Good day O&#x27;Hara &lt;script&gt; &amp; all." in letter.html


def test_under_one_key_one_letter_is_written() -> None:
    first, second = a_letter(key="week-1"), a_letter(key="week-1")

    assert first == second
    assert Letter.objects.count() == 1


def test_letters_without_a_key_are_all_written() -> None:
    a_letter()
    a_letter()

    assert Letter.objects.count() == 2


def test_a_rollback_takes_the_letter_back() -> None:
    with transaction.atomic():
        write("tests.hello", "ada@example.org", {}, at=NOON, reason=REASON, person=a_person())
        transaction.set_rollback(True)

    assert not Letter.objects.exists()


def test_no_letter_is_both_sent_and_failed() -> None:
    letter = a_letter()
    letter.sent_at = letter.failed_at = NOON

    with pytest.raises(IntegrityError), transaction.atomic():
        letter.save(update_fields=["sent_at", "failed_at"])


def test_a_mail_that_is_ready_goes_out_byte_by_byte_with_its_own_return_path() -> None:
    raw = b"From: a@example.org\r\nSubject:  two  blanks\r\n\r\n\xff\xfe\r\n"

    write_exact(
        "people.code", {"b@example.org": None, "c@example.org": None}, raw, at=NOON, subject="S",
        reason="", return_path="reports@example.org",
    )  # fmt: skip

    one, two = Letter.objects.order_by("pk")
    assert one.enclosed == two.enclosed
    assert message(one).message().as_bytes() == raw
    assert (message(one).from_email, message(two).to) == (
        "reports@example.org", ["c@example.org"],
    )  # fmt: skip
