"""Threads arranged by hand, and what later mail does to them."""

import pytest
from django.test import Client

from intersession.coalitions.testing import a_coordinator
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.lists import actions
from intersession.lists.models import Ghost, MailingList, Message, Subscription, Thread, Watch
from intersession.lists.testing import a_list
from intersession.people.testing import NOON, a_person, the_secretariat
from tests.lists.archive import archived
from tests.lists.mail import mail

pytestmark = pytest.mark.django_db


def a_tree(mailing_list: MailingList | None = None) -> list[Message]:
    """Archive root, a, aa (answers a), b (answers root)."""
    return archived(
        mailing_list or a_list(),
        [
            mail("root@example.org", subject="Root"),
            mail("a@example.org", answers="root@example.org", subject="Aside", day=2),
            mail("aa@example.org", answers="root@example.org a@example.org", day=3),
            mail("b@example.org", answers="root@example.org", day=4),
        ],
    )


def placed(name: str) -> tuple[str, str | None]:
    """Say in whose thread a message stands, and below which."""
    found = Message.objects.select_related("thread", "parent").get(message_id=name)
    return found.thread.subject, found.parent.message_id if found.parent else None


def test_a_message_with_its_answers_becomes_a_thread_of_its_own(client: Client) -> None:
    _root, a, aa, _b = a_tree()

    fresh = actions.split(the_secretariat(), a, at=NOON)

    fresh.refresh_from_db()
    old = Thread.objects.get(subject="Root")
    assert (fresh.count, fresh.subject, fresh.permalink) == (2, "Aside", a.permalink)
    assert (old.count, fresh.last_at) == (2, aa.at)
    assert placed("a@example.org") == ("Aside", None)
    assert placed("aa@example.org") == ("Aside", "a@example.org")
    assert client.get(fresh.get_absolute_url()).status_code == 200
    assert Entry.objects.get(verb="lists.split").facts == {"messages": 2}


def test_later_mail_does_not_undo_what_was_arranged() -> None:
    _root, a, _aa, b = a_tree()
    actions.split(the_secretariat(), a, at=NOON)

    archived(a.mailing_list, [
        mail("aaa@example.org", answers="root@example.org a@example.org aa@example.org", day=5),
        mail("bb@example.org", answers="root@example.org b@example.org", day=6),
    ])  # fmt: skip

    assert placed("aaa@example.org") == ("Aside", "aa@example.org")
    assert placed("bb@example.org") == ("Root", "b@example.org")
    assert Thread.objects.count() == 2
    assert b.thread.subject == "Root"


def test_a_late_parent_takes_its_place_in_a_divided_thread() -> None:
    root, late = a_list(), mail("x@example.org", subject="Late", answers="r@example.org", day=2)
    _r, child = archived(root, [
        mail("r@example.org", subject="Root"),
        mail("c@example.org", answers="r@example.org x@example.org", subject="Child", day=3),
    ])  # fmt: skip
    fresh = actions.split(the_secretariat(), child, at=NOON)
    assert Ghost.objects.get().thread == fresh

    archived(root, [late])

    assert placed("c@example.org")[1] == "x@example.org"
    assert Message.objects.get(message_id="x@example.org").thread == fresh


def test_two_threads_become_one_and_old_addresses_lead_there(client: Client) -> None:
    mailing_list = a_list()
    root, *_ = a_tree(mailing_list)
    [other] = archived(mailing_list, [mail("o@example.org", subject="Other", day=9)])
    person = a_person()
    subscription = Subscription.objects.create(
        mailing_list=mailing_list, address=person.email, since=NOON
    )
    Watch.objects.create(subscription=subscription, thread=other.thread, interest="mute")
    address = other.thread.get_absolute_url()

    actions.merge(the_secretariat(), other.thread, root.thread, at=NOON)

    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(root.thread.get_absolute_url())
    root.thread.refresh_from_db()
    assert root.thread.count == 5
    assert not Thread.objects.filter(subject="Other").exists()
    assert Watch.objects.get().thread == root.thread


def test_a_message_moves_to_another_thread_with_its_answers() -> None:
    mailing_list = a_list()
    _root, a, *_ = a_tree(mailing_list)
    [other] = archived(mailing_list, [mail("o@example.org", subject="Other", day=9)])

    actions.move(the_secretariat(), a, other.thread, at=NOON)

    assert placed("a@example.org")[0] == placed("aa@example.org")[0] == "Aside"
    assert placed("o@example.org")[0] == "Aside"
    assert Thread.objects.get(subject="Root").count == 2


def test_what_makes_no_sense_is_refused() -> None:
    root, a, *_ = a_tree()
    [elsewhere] = archived(a_list(), [mail("e@example.org")])
    secretariat = the_secretariat()
    with pytest.raises(Refused, match="nothing would stay"):
        actions.split(secretariat, root, at=NOON)
    with pytest.raises(Refused, match="already"):
        actions.move(secretariat, a, a.thread, at=NOON)
    with pytest.raises(Refused, match="another list"):
        actions.merge(secretariat, a.thread, elsewhere.thread, at=NOON)
    with pytest.raises(Refused, match="open"):
        actions.reopen_thread(secretariat, a.thread, at=NOON)


def test_only_who_looks_after_the_list_arranges() -> None:
    _root, a, *_ = a_tree()
    with pytest.raises(Denied):
        actions.split(a_person(), a, at=NOON)
    with pytest.raises(Denied):
        actions.close_thread(a_person(), a.thread, at=NOON)
    actions.split(a_coordinator(a.mailing_list.coalition), a, at=NOON)


def test_a_topic_is_closed_and_opened_again_on_its_page(client: Client) -> None:
    root, *_ = a_tree()
    address = root.thread.get_absolute_url()
    client.force_login(the_secretariat())

    client.post(f"{address}closure/")
    assert "This topic is closed since" in client.get(address).content.decode()
    again = client.post(f"{address}closure/", follow=True).content.decode()
    assert "closed already" in again
    client.post(f"{address}reopening/")

    assert "This topic is closed" not in client.get(address).content.decode()
    history = client.get(f"{address}arrangement/").content.decode()
    assert "opened a topic of the list" in history


def test_the_pages_move_join_and_explain(client: Client) -> None:
    mailing_list = a_list()
    _root, a, *_ = a_tree(mailing_list)
    [other] = archived(mailing_list, [mail("o@example.org", subject="Other", day=9)])
    client.force_login(the_secretariat())
    place = f"{a.get_absolute_url()}place/"

    wrong = client.post(place, {"to": "nowhere"}).content.decode()
    missing = client.post(place, {"to": "A" * 32}).content.decode()
    client.post(place, {"to": ""})
    a.refresh_from_db()
    own = a.thread.get_absolute_url()
    client.post(f"{own}arrangement/", {"to": f"https://x.example{other.get_absolute_url()}"})

    assert "This is no address of a thread." in wrong
    assert "There is no such thread on this list." in missing
    assert placed("a@example.org")[0] == placed("o@example.org")[0]
