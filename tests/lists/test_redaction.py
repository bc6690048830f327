"""Taking something out of the archive, for good and everywhere."""

import re

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from intersession.coalitions.testing import a_coordinator
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.lists import actions
from intersession.lists.models import Attachment, Author, Content, Message, Redaction
from intersession.lists.queries import raw_of
from intersession.lists.states import Redacted, RedactedFor
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people.models import Person
from intersession.people.testing import NOON, a_person, the_secretariat
from intersession.search.queries import find
from tests.lists.archive import archived
from tests.lists.mail import LATEST, mail, mbox

pytestmark = pytest.mark.django_db

SECRET = "My neighbour Zdenka Quillfeather keeps nine unlicensed routers under the bed."
PARTS = (
    "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    "Content-Type: text/plain\n\nSee both files.\n--b\n"
    'Content-Type: text/csv; name="one.csv"\nContent-Disposition: attachment; filename="one.csv"\n'
    "\nquillfeather,1\n--b\n"
    'Content-Type: image/png; name="two.png"\nContent-Disposition: attachment; filename="two.png"\n'
    "\npicture\n--b--\n"
)


def a_talk() -> list[Message]:
    """Archive what shall go, an answer that quotes it, one that does not, and a later thread."""
    return archived(
        a_list(),
        [
            mail(body=SECRET),
            mail("two@example.org", f"Ann wrote:\n> {SECRET}\n\nOh.", answers="one@example.org"),
            mail("three@example.org", "I do not quote.", answers="one@example.org", day=3),
            mail("four@example.org", f"It was said: {SECRET}", subject="Elsewhere", day=4),
        ],
    )


def body_out(message: Message, actor: Person | None = None) -> Redaction:
    """Take the text of a message out."""
    return actions.redact(
        actor or the_secretariat(), message, at=LATEST, what=Redacted.BODY,
        reason=RedactedFor.PRIVACY,
    )  # fmt: skip


def writer_out(message: Message) -> Redaction:
    """Take the writer of a message out."""
    return actions.redact(
        the_secretariat(), message, at=LATEST, what=Redacted.PERSON, reason=RedactedFor.ERASURE
    )


def everywhere(client: Client, message: Message) -> str:
    """Read a message wherever visitors and people can."""
    mailing_list, thread = message.mailing_list, message.thread.get_absolute_url()
    own = message.get_absolute_url()
    places = [
        own, f"{own}raw/", thread, f"{thread}?by=answers", f"{thread}whole/", f"{thread}whole.txt",
        f"{thread}thread.mbox", f"{thread}feed.atom", f"/lists/{mailing_list.name}/feed.atom",
        f"/lists/{mailing_list.name}/archive.mbox",
    ]  # fmt: skip
    read = []
    for place in places:
        answer = client.get(place)
        assert answer.status_code == 200, place
        streamed = isinstance(answer, StreamingHttpResponse)
        read.append((answer.getvalue() if streamed else answer.content).decode())
    return re.sub(r"=\n", "", "\n".join(read))


def test_a_text_is_gone_everywhere_and_a_tombstone_says_why_and_when(client: Client) -> None:
    [message] = archived(a_list(), [mail(body=SECRET)])
    client.force_login(a_person())
    assert find("Quillfeather").count == 1

    body_out(message)

    read = everywhere(client, message)
    assert "Quillfeather" not in read
    told = "The text of this message was removed on 21 November 2026. Why: private data"
    assert read.count(told) >= 4
    assert "[Removed on 2026-11-21: private data of somebody else.]" in read
    assert find("Quillfeather").count == 0
    assert find("Talk").count == 1
    kept = Content.objects.get(message=message)
    assert kept.salt == ""
    assert b"Quillfeather" not in raw_of(kept)


def test_the_feeds_of_a_list_and_a_thread_are_purged_of_a_text_and_of_its_writer(
    client: Client,
) -> None:
    [message] = archived(a_list(), [mail(body=SECRET)])
    feeds = [
        f"{message.mailing_list.get_absolute_url()}feed.atom",
        f"{message.thread.get_absolute_url()}feed.atom",
    ]

    def said(words: str) -> list[bool]:
        answers = [client.get(feed) for feed in feeds]
        assert [answer["Content-Type"].split(";")[0] for answer in answers] == [
            "application/atom+xml"
        ] * 2
        return [words in answer.content.decode() for answer in answers]

    assert said("Quillfeather") == said("<name>Ann</name>") == [True, True]

    body_out(message)
    assert said("Quillfeather") == [False, False]
    assert said("The text of this message was removed") == [True, True]

    writer_out(message)
    assert said("Ann") == said("ann@") == [False, False]


def test_the_thread_the_neighbours_and_the_public_count_stay(client: Client) -> None:
    first, second, *_ = a_talk()
    thread = first.thread

    body_out(first)

    second.refresh_from_db()
    assert second.parent_id == first.pk
    assert second.thread_id == thread.pk
    listed = client.get(first.mailing_list.get_absolute_url()).content.decode()
    assert "1 removal from 4 messages" in listed
    assert Entry.objects.filter(verb="lists.redact").count() == 1


def test_messages_that_repeat_its_words_are_listed_and_others_are_not(client: Client) -> None:
    first, quoting, _silent, elsewhere = a_talk()

    redaction = body_out(first)

    assert {copy.message for copy in redaction.copies.all()} == {quoting, elsewhere}
    client.force_login(the_secretariat())
    shown = client.get(f"{first.get_absolute_url()}redaction/").content.decode()
    assert f"{quoting.get_absolute_url()}redaction/" in shown
    assert "These messages repeat words of it." in shown


def test_the_same_mail_taken_in_again_stays_out(client: Client, tmp_path: object) -> None:
    raw = mail(body=SECRET)
    [message] = archived(a_list(), [raw])
    body_out(message)

    again = actions.archive(message.mailing_list, raw, at=LATEST)
    edited = actions.archive(message.mailing_list, raw + b"PS.\n", at=LATEST)

    assert again == edited == message
    assert Message.objects.count() == 1
    assert mbox(raw) not in everywhere(client, message).encode()
    assert len(bytes(Message.objects.get().content_hash)) == 16


def test_a_cross_post_is_taken_out_of_every_list(client: Client) -> None:
    raw = mail(body=SECRET)
    [here], [there] = archived(a_list(), [raw]), archived(a_list(), [raw])

    body_out(here)

    assert "Quillfeather" not in everywhere(client, there)
    assert Redaction.objects.filter(message=there).exists()
    assert Entry.objects.filter(verb="lists.redact").count() == 1
    there.mailing_list.refresh_from_db()
    assert there.mailing_list.redactions == 1


def test_a_writer_is_taken_out_of_head_signature_and_text(client: Client) -> None:
    text = "Hello, Ann Able here, ann@example.org.\n\n-- \nAnn Able\nAble Ltd"
    only, other = archived(
        a_list(),
        [
            mail(body=text, author="Ann Able <ann@example.org>"),
            mail("b@x.org", author="B <b@x.org>"),
        ],
    )
    author = only.author_id

    writer_out(only)

    client.force_login(a_person())
    read = everywhere(client, only)
    assert "Able" not in read
    assert "ann@" not in read
    assert "The name of the writer was removed on 21 November 2026" in read
    assert "Hello, [removed] here" in read
    assert not Author.objects.filter(pk=author).exists()
    assert find("Able").count == 0
    assert other.author.name == "B"


def test_one_file_goes_and_the_other_stays(client: Client) -> None:
    [message] = archived(a_list(), [mail(body="", more=PARTS)])

    actions.redact(
        the_secretariat(), message, at=LATEST, what=Redacted.FILE, reason=RedactedFor.RIGHTS,
        position=0,
    )  # fmt: skip

    own = message.get_absolute_url()
    shown = client.get(own).content.decode()
    assert "See both files." in shown
    assert "one.csv" not in shown
    assert "A file was removed on 21 November 2026. Why: rights of somebody else" in shown
    assert client.get(f"{own}files/0/").status_code == 404
    assert client.get(f"{own}files/1/").content.strip() == b"picture"
    assert "quillfeather" not in everywhere(client, message)
    assert Attachment.objects.filter(message=message).count() == 1


def test_a_reader_with_a_kept_page_gets_the_new_one(client: Client) -> None:
    [message] = archived(a_list(), [mail(body=SECRET)])
    places = [message.get_absolute_url(), message.thread.get_absolute_url(),
              message.mailing_list.get_absolute_url()]  # fmt: skip
    tags = [client.get(place).headers["ETag"] for place in places]

    body_out(message)

    for place, tag in zip(places, tags, strict=True):
        assert client.get(place, headers={"if-none-match": tag}).status_code == 200


def test_who_does_not_look_after_the_list_removes_nothing() -> None:
    [message] = archived(a_list(), [mail()])
    with pytest.raises(Denied):
        body_out(message, a_person())
    body_out(message, a_coordinator(message.mailing_list.coalition))


def test_what_is_gone_is_not_removed_again() -> None:
    [message] = archived(a_list(), [mail(body="", more=PARTS)])
    with pytest.raises(Refused, match="no such file"):
        actions.redact(
            the_secretariat(), message, at=LATEST, what=Redacted.FILE, reason=RedactedFor.LAW,
            position=9,
        )  # fmt: skip
    body_out(message)
    with pytest.raises(Refused, match="before"):
        body_out(message)
    writer_out(message)
    with pytest.raises(Refused, match="before"):
        writer_out(message)


def test_a_writer_asks_and_is_answered(client: Client) -> None:
    person = a_person(email="ann@example.org")
    person.emailaddress_set.create(email="ann@example.org", verified=True, primary=True)  # type: ignore[attr-defined]
    [message] = archived(a_list(), [mail()])
    own = message.get_absolute_url()
    client.force_login(person)
    assert "Ask that your message be removed" in client.get(own).content.decode()

    client.post(f"{own}erasure/", {"what": "body", "words": "It was a mistake."})
    again = client.post(f"{own}erasure/", {"what": "body", "words": "Please."})

    assert "You have asked already" in again.content.decode()
    assert "Please." in again.content.decode()
    client.force_login(the_secretariat())
    assert "It was a mistake." in client.get(f"{own}redaction/").content.decode()
    listed = client.get(message.mailing_list.get_absolute_url()).content.decode()
    assert f'href="{own}redaction/"' in listed
    client.post(f"{own}redaction/", {"what": "body", "reason": "erasure"})
    assert "It was a mistake." not in client.get(f"{own}redaction/").content.decode()
    assert Letter.objects.filter(kind="lists.erasure_done", to=person.email).count() == 1


def test_only_its_writer_asks() -> None:
    [message] = archived(a_list(), [mail()])
    with pytest.raises(Denied, match="Whoever wrote"):
        actions.ask_erasure(a_person(), message, at=NOON, what=Redacted.BODY)


def test_a_request_is_declined_with_a_reason_once() -> None:
    person = a_person(email="ann@example.org")
    person.emailaddress_set.create(email="ann@example.org", verified=True)  # type: ignore[attr-defined]
    [message] = archived(a_list(), [mail()])
    coordinator = a_coordinator(message.mailing_list.coalition)
    asked = actions.ask_erasure(person, message, at=NOON, what=Redacted.PERSON)
    assert Letter.objects.filter(kind="lists.erasure_asked", to=coordinator.email).exists()
    with pytest.raises(Refused, match="reason"):
        actions.decline_erasure(the_secretariat(), asked, at=NOON, words=" ")

    actions.decline_erasure(the_secretariat(), asked, at=NOON, words="It is an official act.")

    with pytest.raises(Refused, match="already"):
        actions.decline_erasure(the_secretariat(), asked, at=NOON, words="Again.")
    with pytest.raises(Denied):
        actions.decline_erasure(person, asked, at=NOON, words="Me.")
    told = Letter.objects.get(kind="lists.erasure_declined", to=person.email)
    assert "It is an official act." in told.body


def test_people_take_their_own_posts_along(client: Client) -> None:
    person = a_person(email="ann@example.org")
    person.emailaddress_set.create(email="ann@example.org", verified=True)  # type: ignore[attr-defined]
    archived(a_list(), [mail(body="Mine."), mail("x@x.org", "Not mine.", author="X <x@x.org>")])
    archived(a_list(), [mail("m2@example.org", body="Mine too.")])
    client.force_login(person)

    answer = client.get("/lists/own-posts.mbox")

    assert isinstance(answer, StreamingHttpResponse)
    taken = answer.getvalue()
    assert taken.count(b"\nMine") == 2
    assert b"Not mine." not in taken
