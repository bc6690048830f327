"""A filled database of the first release comes forward: nothing is lost, and pages work."""

import json
from pathlib import Path

from intersession.journal.verify import verify
from intersession.site.readiness import BEHIND
from tests.site.test_backup import US, an_empty_instance, run

LOOK = """
import django, json; django.setup()
from django.db import connection
from django.test import Client
from intersession.lists.actions.subscribing import subscribe
from intersession.lists.models import MailingList, Message
from intersession.journal.queries import export
from intersession.kit import clock
from tests.site.older import counted
counts = counted(connection)
client = Client(headers={"host": "127.0.0.1"})
message = Message.objects.select_related("mailing_list").order_by("number")[4]
pages = [
    "/", "/coalitions/", "/coalitions/talkers/", "/record/", "/lists/talk/",
    message.get_absolute_url(), "/lists/talk/threads/" + message.permalink + "/",
]
shown = [client.get(page) for page in pages]
record = [*export()]
subscribe(None, MailingList.objects.get(), "ada@example.org", at=clock.now())
print(json.dumps([
    [page.status_code for page in shown], "Good day." in shown[5].text, counts, record,
]))
"""


def test_a_filled_database_of_the_first_release_comes_forward(tmp_path: Path) -> None:
    instance = an_empty_instance(tmp_path / "data")
    made = run(instance, "-m", "tests.site.older")
    assert made.returncode == 0, made.stderr
    before, trouble = json.loads(made.stdout)
    assert (before["lists_message"], tuple(trouble)) == (20, BEHIND)
    done = run(instance, *US, "migrate")
    assert done.returncode == 0, done.stdout + done.stderr

    looked = run(instance, "-c", LOOK)
    assert looked.returncode == 0, looked.stderr
    statuses, is_there, after, record = json.loads(looked.stdout)
    assert (set(statuses), is_there) == ({200}, True)
    assert {name: after[name] for name in before} == before
    assert verify((line.encode() for line in record), []).problem == ""
