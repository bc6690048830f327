"""What takes long is made by the worker, and whoever asked sees how far it is."""

import signal
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from time import sleep
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from intersession.jobs import actions, queries
from intersession.jobs.models import Run
from intersession.kit import clock
from intersession.lists.actions import redact
from intersession.lists.models import MailingList, Message
from intersession.lists.states import Redacted, RedactedFor
from intersession.lists.testing import a_list
from intersession.people.testing import a_person_who_consented, the_secretariat
from tests.jobs import tasks
from tests.jobs.test_killed import WORKER, wait_for
from tests.lists.archive import archived
from tests.lists.mail import mail
from tests.processes import PATIENCE, shared_database, start

pytestmark = pytest.mark.django_db


def a_talk() -> MailingList:
    mailing_list = a_list()
    archived(mailing_list, [mail("a@x.example", "First."), mail("b@x.example", "Second.", day=2)])
    return mailing_list


def asked(client: Client, mailing_list: MailingList) -> Run:
    """Sign somebody in and let them ask for the archive as pages."""
    client.force_login(a_person_who_consented())
    answer: Any = client.post(reverse("carried", args=[mailing_list.name]))
    run = Run.objects.get()
    assert answer.url == run.get_absolute_url()
    return run


def work() -> bool:
    actions.beat("one", steady=clock.steady(), lease=timedelta(seconds=30))
    return actions.work_once("one", now=clock.now)


def page(client: Client, run: Run) -> str:
    answer = client.get(run.get_absolute_url())
    assert answer.status_code == 200
    return answer.text


def status(client: Client, address: str) -> int:
    answer: Any = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file is open until it is read
    return int(answer.status_code)


def test_an_archive_is_made_while_one_waits_and_is_then_downloaded(client: Client) -> None:
    mailing_list = a_talk()
    run = asked(client, mailing_list)
    assert "It waits for its turn." in page(client, run)

    assert work()

    ready = page(client, run)
    assert f"Download {mailing_list.name}-pages.zip" in ready
    file: Any = client.get(reverse("jobs:file", args=[run.pk]))
    with ZipFile(BytesIO(b"".join(file.streaming_content))) as packed:
        names = packed.namelist()
    assert f"{mailing_list.name}/index.html" in names
    assert sum("/threads/" in name for name in names) == 2
    assert "Ready" in client.get(run.asked_on).text


def test_how_far_it_is_stands_in_words_and_in_the_bar(client: Client) -> None:
    run = asked(client, a_talk())
    DBTaskResult.objects.update(status="RUNNING")
    actions.beat("one", steady=clock.steady(), lease=timedelta(seconds=30))
    Run.objects.update(worker="one", tries=1)
    actions.advance(run.pk, done=30, total=40, words="30 of 40 threads are written.")

    shown = page(client, run)

    assert '<progress aria-labelledby="what" max="100" value="75">' in shown
    assert "30 of 40 threads are written." in shown
    assert "Look again" in shown


def test_who_asks_again_meanwhile_is_led_to_what_is_being_made(client: Client) -> None:
    mailing_list = a_talk()
    run = asked(client, mailing_list)

    answer: Any = client.post(reverse("carried", args=[mailing_list.name]))

    assert answer.url == run.get_absolute_url()
    assert Run.objects.count() == 1


def test_only_who_asked_and_the_secretariat_see_it(client: Client) -> None:
    run = asked(client, a_talk())
    work()
    addresses = [run.get_absolute_url(), reverse("jobs:file", args=[run.pk])]

    client.force_login(the_secretariat())
    assert [status(client, address) for address in addresses] == [200, 200]
    client.force_login(a_person_who_consented())
    assert [status(client, address) for address in addresses] == [404, 404]
    client.logout()
    assert [status(client, address) for address in addresses] == [302, 302]


def test_an_id_of_nothing_is_no_page(client: Client) -> None:
    client.force_login(a_person_who_consented())
    assert client.get(reverse("jobs:run", args=[uuid4()])).status_code == 404


def test_a_task_that_nobody_asked_for_has_no_page(client: Client) -> None:
    run = actions.enqueue(tasks.add, 1, 2, at=clock.now())
    client.force_login(the_secretariat())
    assert client.get(run.get_absolute_url()).status_code == 404


def test_a_file_is_kept_for_a_day(client: Client) -> None:
    run = asked(client, a_talk())
    work()
    place = queries.place_of(run)
    assert place.exists()
    Run.objects.update(finished_at=clock.now() - timedelta(days=1, minutes=1))

    assert "The file is kept no more" in page(client, run)
    assert client.get(reverse("jobs:file", args=[run.pk])).status_code == 404
    actions.forget_files(before=clock.now() - timedelta(days=1))
    assert not place.exists()


def test_what_is_removed_from_an_archive_is_in_no_file_that_was_made_before(
    client: Client,
) -> None:
    mailing_list = a_talk()
    run = asked(client, mailing_list)
    work()

    message = Message.objects.select_related("mailing_list__coalition").first()
    redact(
        the_secretariat(), message, at=clock.now(), what=Redacted.BODY, reason=RedactedFor.ERASURE
    )

    assert "The file is kept no more" in page(client, run)
    assert not queries.place_of(run).exists()


def test_a_task_that_fails_is_tried_again_and_given_up_in_words(client: Client) -> None:
    person = a_person_who_consented()
    client.force_login(person)
    wish = actions.Wish(person, "Something that fails", "/")
    run = actions.enqueue(tasks.fail, "no", at=clock.now(), tries=2, wish=wish)

    work()
    assert "It was interrupted, and is begun again by itself." in page(client, run)
    DBTaskResult.objects.update(run_after=clock.now())
    work()

    given_up = page(client, run)
    assert "It could not be made." in given_up
    assert "It was tried 2 times." in given_up
    assert "Ask again" in given_up


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_is_told_and_another_goes_on(client: Client, tmp_path: Path) -> None:
    path, person = tmp_path / "marks", a_person_who_consented()
    with shared_database(tmp_path) as database:
        wish = actions.Wish(person, "Something slow", "/")
        run = actions.enqueue(tasks.slow, str(path), "a", 0.5, at=clock.now(), wish=wish)
        client.force_login(person)
        worker = start(database, *WORKER)
        wait_for("begin a", path, worker)
        assert "It has begun." in page(client, run)

        worker.send_signal(signal.SIGKILL)
        worker.wait()
        sleep(1.2)  # its lease is over, and nobody has looked yet
        assert "What was making it has stopped." in page(client, run)
        actions.reap(steady=clock.steady(), at=clock.now())
        assert "It was interrupted, and is begun again by itself." in page(client, run)

        assert start(database, *WORKER, "--until-idle").wait(PATIENCE) == 0
        assert queries.progress(run.pk).state == "SUCCESSFUL"


@pytest.mark.parametrize("count", [1, 3])
def test_what_was_made_before_is_listed_in_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    mailing_list, person = a_talk(), a_person_who_consented()
    client.force_login(person)
    address = reverse("carrying", args=[mailing_list.name])
    for _ in range(count):
        actions.enqueue(
            tasks.add, 1, 2, at=clock.now(), wish=actions.Wish(person, "The archive", address)
        )
    client.get(address)

    with django_assert_num_queries(QUERIES):
        shown = client.get(address).text

    assert shown.count(">The archive<") == count


QUERIES = 5
