"""Posts taken in one by one, and the archive given out again."""

import random
from pathlib import Path

import pytest

from intersession.journal.models import Entry
from intersession.kit import facts
from intersession.lists import actions, queries
from intersession.lists.events import PostArchived
from intersession.lists.models import (
    Attachment,
    Author,
    Content,
    Ghost,
    MailingList,
    Message,
    Month,
    Thread,
)
from intersession.lists.testing import a_list
from intersession.search.models import Item
from tests.lists.mail import LATEST, mail

pytestmark = pytest.mark.django_db


def shape(mailing_list: MailingList) -> set[tuple[str, str, str, str]]:
    """Say what the archive is, whatever order it came in: hash, parent, thread, content."""
    messages = Message.objects.filter(mailing_list=mailing_list)
    return {
        (
            m.permalink,
            m.parent.permalink if m.parent else "",
            told(m.thread),
            bytes(m.content_hash).hex(),
        )
        for m in messages.select_related("parent", "thread")
    }


def told(thread: Thread) -> str:
    """Say what a thread shows in lists of threads."""
    numbers = f"{thread.count} {thread.participants} {thread.first_at} {thread.last_at}"
    return f"{thread.permalink} {thread.subject} {numbers}"


def test_a_post_is_archived_found_recorded_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[PostArchived] = []
    monkeypatch.setattr(facts, "_listeners", {PostArchived: [told.append]})
    mailing_list = a_list()

    message = actions.archive(mailing_list, mail("a@x", "Rare words."), at=LATEST)

    assert message.number == 1
    assert [fact.message_id for fact in told] == [message.pk]
    item = Item.objects.get(key=f"lists.message:{message.pk}")
    assert item.url == message.get_absolute_url()
    entry = Entry.objects.latest("number")
    assert entry.verb == "lists.archive"
    assert set(entry.digests) == {"content"}
    assert "Rare" not in str(entry.facts) + entry.title
    assert Month.objects.get().messages == 1


def test_the_same_post_again_is_the_same_message_and_leaves_nothing() -> None:
    mailing_list = a_list()
    first = actions.archive(mailing_list, mail("a@x"), at=LATEST)
    entries = Entry.objects.count()

    again = actions.archive(mailing_list, b"Received: late\n" + mail("a@x"), at=LATEST)

    assert again == first
    assert Entry.objects.count() == entries


def test_an_imposter_sent_again_is_the_same_imposter() -> None:
    mailing_list = a_list()
    actions.archive(mailing_list, mail("a@x", "One."), at=LATEST)

    imposter = actions.archive(mailing_list, mail("a@x", "Two."), at=LATEST)

    assert imposter.is_imposter
    assert actions.archive(mailing_list, mail("a@x", "Two."), at=LATEST) == imposter


LETTERS = [
    mail("root@x", "0", day=1),
    mail("a@x", "1", answers="root@x", day=2, author="Bo <bo@example.org>"),
    mail("b@x", "2", answers="root@x a@x", day=3),
    mail("c@x", "3", answers="gone@x b@x", day=4, author="Cy <cy@example.org>"),
    mail("d@x", "4", answers="gone@x", day=5),
    mail("e@x", "5", answers="other@x", day=6),
    mail("f@x", "6", answers="root@x gone@x never@x", day=7),
    mail("loop1@x", "7", answers="loop2@x", day=8),
    mail("loop2@x", "8", answers="loop1@x", day=9),
    mail("g@x", "9", answers="never@x other@x", day=2, subject="Re: Talk"),
]


@pytest.mark.parametrize("seed", range(12))
def test_the_archive_does_not_depend_on_the_order_of_posts(seed: int) -> None:
    straight, shuffled = a_list(), a_list()
    for letter in LETTERS:
        actions.archive(straight, letter, at=LATEST)

    for letter in random.Random(seed).sample(LETTERS, len(LETTERS)):
        actions.archive(shuffled, letter, at=LATEST)

    assert shape(shuffled) == shape(straight)


@pytest.mark.parametrize("seed", range(4))
def test_posts_and_imports_make_the_same_archive(seed: int, tmp_path: Path) -> None:
    posts, imports = a_list(), a_list()
    for letter in LETTERS:
        actions.archive(posts, letter, at=LATEST)
    shuffled = random.Random(seed).sample(LETTERS, len(LETTERS))

    for number, part in enumerate((shuffled[:3], shuffled[3:])):
        path = tmp_path / f"{number}.mbox"
        path.write_bytes(b"".join(b"From x Sat Nov 21 10:00:00 2026\n" + m + b"\n" for m in part))
        actions.import_archive(imports, actions.source_at(path), at=LATEST, children=1)

    assert shape(imports) == shape(posts)


def test_late_parents_take_their_children_and_threads_become_one() -> None:
    mailing_list = a_list()
    one = actions.archive(mailing_list, mail("c1@x", "1", answers="root@x", day=2), at=LATEST)
    two = actions.archive(mailing_list, mail("c2@x", "2", answers="top@x", day=3), at=LATEST)
    assert one.thread_id != two.thread_id

    actions.archive(mailing_list, mail("root@x", "0", answers="top@x", day=1), at=LATEST)

    thread = Thread.objects.get(mailing_list=mailing_list)
    assert thread.count == 3
    one.refresh_from_db()
    assert one.parent is not None
    assert one.parent.message_id == "root@x"
    assert [ghost.thread_id for ghost in Ghost.objects.all()] == [thread.pk]


def test_what_is_given_out_makes_the_same_archive_taken_in_again(tmp_path: Path) -> None:
    mailing_list, other = a_list(), a_list()
    for letter in [*LETTERS, mail("q@x", "From here\n>From there"), b"Subject: bare\n\nno date"]:
        actions.archive(mailing_list, letter, at=LATEST)
    path = tmp_path / "out.mbox"
    path.write_bytes(b"".join(queries.export_mbox(mailing_list)))

    account = actions.import_archive(other, actions.source_at(path), at=LATEST, children=1)

    assert account.stored == Message.objects.filter(mailing_list=mailing_list).count()
    assert shape(other) == shape(mailing_list)
    assert b"".join(queries.export_mbox(other)) == path.read_bytes()


def test_a_thread_gives_its_words_oldest_first_with_masked_addresses() -> None:
    mailing_list = a_list()
    actions.archive(
        mailing_list, mail("b@x", "Ask me@example.org.", answers="a@x", day=2), at=LATEST
    )
    actions.archive(mailing_list, mail("a@x", "First."), at=LATEST)

    said = list(queries.thread_texts(Thread.objects.get(mailing_list=mailing_list)))

    assert [(one.author, one.text.strip()) for one in said] == [
        ("Ann", "First."),
        ("Ann", "Ask me@…."),
    ]


def test_a_message_is_found_by_its_hash_and_its_thread_by_any_message() -> None:
    mailing_list = a_list()
    first = actions.archive(mailing_list, mail("a@x"), at=LATEST)
    answer = actions.archive(mailing_list, mail("b@x", answers="a@x"), at=LATEST)

    assert queries.message_at(mailing_list, answer.permalink).get() == answer
    assert queries.thread_at(mailing_list, answer.permalink).get() == first.thread
    assert not queries.message_at(mailing_list, "'; DROP TABLE").exists()


def test_raw_bytes_and_files_come_back_as_they_were() -> None:
    raw = (
        b"Message-ID: <f@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nText\n--b\n"
        b"Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\n"
        b"iVBORw==\n--b--\n"
    )

    message = actions.archive(a_list(), raw, at=LATEST)

    assert queries.raw_of(Content.objects.get(message=message)) == raw
    assert queries.bytes_of(Attachment.objects.get()) == b"\x89PNG"
    assert message.files == 1


def test_the_address_of_an_author_is_shown_without_its_domain() -> None:
    actions.archive(a_list(), mail("a@x", author="Ann <ann@secret.example>"), at=LATEST)

    assert Author.objects.get().masked == "ann@…"


@pytest.mark.parametrize("raw", [b"", b"\x00\xff", b"Subject: <script>\nFrom: <b>@x\n\n<script>"])
def test_any_bytes_that_were_accepted_are_archived(raw: bytes) -> None:
    message = actions.archive(a_list(), raw, at=LATEST)

    assert "<script>" not in queries.fragment_of(message.content)
