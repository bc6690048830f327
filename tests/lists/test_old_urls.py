"""Every old address of an archive leads to the same page here."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from intersession.coalitions.testing import a_coordinator
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.lists import actions
from intersession.lists.models import MailingList, Message, OldUrl
from intersession.lists.rules import old_urls
from intersession.lists.testing import a_list
from intersession.people.testing import NOON, a_person
from tests.lists.archive import archived
from tests.lists.mail import mail, mbox
from tests.lists.pipermail import write_pages

pytestmark = pytest.mark.django_db

BASE = "https://lists.old.example/pipermail/talk"
IDS = ["a+b/c=d@x.example", "two%3F@x.example", "three&amp@x.example"]


def at(client: Client, url: str) -> str:
    """Ask for an old address under its own host; return where it leads, or the status."""
    host, path = url.removeprefix("https://").split("/", 1)
    with override_settings(ALLOWED_HOSTS=["*"]):
        answer = client.get(f"/{path}", headers={"host": host})
    if answer.status_code != 301:
        return str(answer.status_code)
    assert answer.headers["Location"].startswith(f"{settings.SITE_URL}/")
    return answer.headers["Location"].removeprefix(settings.SITE_URL)


@pytest.fixture
def talk() -> MailingList:
    mailing_list = a_list()
    archived(mailing_list, [mail(one, day=n + 1) for n, one in enumerate(IDS)])
    return mailing_list


def test_every_address_of_a_pipermail_archive_redirects(
    talk: MailingList, client: Client, tmp_path: Path
) -> None:
    volumes = {
        "2026-November": [(one, f"Talk {one}") for one in IDS],
        "2026q2": [("missing@x.example", "Lost")],
    }
    addresses = write_pages(tmp_path, BASE, volumes, file="20261101/0a1b2c/paper.pdf")

    account = actions.register_old_urls(None, talk, BASE, tmp_path, at=NOON)

    led = {address.removeprefix(BASE): at(client, address) for address in addresses}
    months = {volume: f"/lists/{talk.name}/{day}/" for volume, day in
              (("2026-November", "2026/11"), ("2026q2", "2026/04"))}  # fmt: skip
    for path, target in led.items():
        if "attachments" not in path and not path[-11:-5].isdigit():
            expected = next((m for v, m in months.items() if v in path), f"/lists/{talk.name}/")
            assert target == expected, path
    links = [one.get_absolute_url() for one in Message.objects.order_by("number")]
    assert [led[f"/2026-November/{n:06}.html"] for n in range(3)] == links
    assert led["/attachments/20261101/0a1b2c/paper.pdf"] == links[0]
    assert led["/2026q2/000003.html"] == months["2026q2"]
    assert account.unknown == ["2026q2/000003.html"]
    for target in led.values():
        assert client.get(target).status_code == 200


def test_the_page_to_join_and_the_private_door_lead_here_too(
    talk: MailingList, client: Client, tmp_path: Path
) -> None:
    write_pages(tmp_path, BASE, {"2026-November": [(IDS[0], "Talk")]})
    actions.register_old_urls(None, talk, BASE, tmp_path, at=NOON)

    home = talk.get_absolute_url()
    assert at(client, "https://lists.old.example/mailman/listinfo/talk") == home
    assert at(client, "https://lists.old.example/mailman/private/talk/") == home
    assert at(client, "https://lists.old.example/pipermail/talk.mbox/talk.mbox") == home
    private = "https://lists.old.example/mailman/private/talk/2026-November/000000.html"
    assert at(client, private) == Message.objects.get(number=1).get_absolute_url()


def test_another_web_server_sends_on_with_the_old_host_before_the_path(
    talk: MailingList, client: Client
) -> None:
    actions.register_old_urls(None, talk, BASE, at=NOON)

    answer = client.get("/old/lists.old.example/pipermail/talk/")

    target = f"{settings.SITE_URL}{talk.get_absolute_url()}"
    assert (answer.status_code, answer.headers["Location"]) == (301, target)
    assert client.get("/old/lists.old.example/pipermail/other/").status_code == 404


def test_an_address_that_nobody_registered_is_not_found(talk: MailingList, client: Client) -> None:
    assert at(client, "https://lists.old.example/pipermail/nothing/2016-June/000001.html") == "404"
    assert client.post("/pipermail/talk/").status_code == 404


@pytest.mark.parametrize("door", ["hyperkitty", "archives", "mailman3/hyperkitty"])
def test_addresses_of_hyperkitty_name_the_message_themselves(
    talk: MailingList, client: Client, door: str
) -> None:
    base = f"https://lists.old.example/{door}/list/{talk.address}"
    message = Message.objects.get(number=2)

    for place in ("message", "thread"):
        assert at(client, f"{base}/{place}/{message.permalink}/") == message.get_absolute_url()
    assert at(client, f"{base}/message/{message.permalink}/attachment/3/a.html") == (
        message.get_absolute_url()
    )
    assert at(client, f"{base}/") == talk.get_absolute_url()
    assert at(client, f"{base}/latest") == talk.get_absolute_url()
    assert at(client, f"{base}/2026/11/") == f"{talk.get_absolute_url()}2026/11/"
    assert at(client, f"{base}/message/{'A' * 32}/") == talk.get_absolute_url()


def test_a_list_that_had_another_address_is_found_by_the_one_registered(
    talk: MailingList, client: Client
) -> None:
    base = "https://mm3.old.example/archives/list/talk@old.example"
    assert at(client, f"{base}/2026/11/") == "404"

    actions.register_old_urls(None, talk, f"{base}/", at=NOON)

    assert at(client, f"{base}/") == talk.get_absolute_url()
    assert at(client, f"{base}/2026/11/") == f"{talk.get_absolute_url()}2026/11/"


def test_numbers_of_groups_io_and_archived_at_are_read_from_the_messages(client: Client) -> None:
    mailing_list = a_list()
    url = "Archived-At: <https://groups.io/g/talk/topic/x>\n"
    other = "Archived-At: <https://elsewhere.example/x>\n"
    archived(mailing_list, [
        mail("a@x", more=f"X-Groupsio-MsgNum: 17\n{url}{other}"), mail("b@x", day=2),
    ])  # fmt: skip

    account = actions.register_old_urls(None, mailing_list, "https://groups.io/g/talk", at=NOON)

    first = Message.objects.get(number=1).get_absolute_url()
    assert at(client, "https://groups.io/g/talk/message/17") == first
    assert at(client, "https://groups.io/g/talk/topic/x") == first
    assert at(client, "https://elsewhere.example/x") == "404"
    assert (account.messages, account.registered) == (2, 3)


def test_addresses_of_google_groups_name_the_message_id(talk: MailingList, client: Client) -> None:
    message = Message.objects.get(number=1)

    led = at(client, "https://groups.google.com/d/msgid/talk/a%2Bb%2Fc%3Dd%40x.example")

    assert led == message.get_absolute_url()


def test_registered_again_nothing_is_doubled_and_the_record_keeps_both(
    talk: MailingList, tmp_path: Path
) -> None:
    write_pages(tmp_path, BASE, {"2026-November": [(one, "Talk") for one in IDS]})
    first = actions.register_old_urls(None, talk, BASE, tmp_path, at=NOON)

    assert actions.register_old_urls(None, talk, BASE, tmp_path, at=NOON) == first

    assert OldUrl.objects.count() == first.registered
    entry = Entry.objects.latest("number")
    assert entry.facts == {
        "host": "lists.old.example", "addresses": first.registered, "without_message": 0,
    }  # fmt: skip


def test_only_who_looks_after_the_list_registers_addresses(talk: MailingList) -> None:
    with pytest.raises(Denied):
        actions.register_old_urls(a_person(), talk, BASE, at=NOON)

    coordinator = a_coordinator(talk.coalition)
    assert actions.register_old_urls(coordinator, talk, BASE, at=NOON).registered == 3


def test_what_is_no_address_or_no_archive_is_refused(talk: MailingList, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="host"):
        actions.register_old_urls(None, talk, "", at=NOON)
    with pytest.raises(Refused, match="pipermail"):
        actions.register_old_urls(None, talk, BASE, tmp_path, at=NOON)


@pytest.mark.parametrize(
    ("volume", "month"),
    [("2016-June", date(2016, 6, 1)), ("2016q4", date(2016, 10, 1)), ("20160630", date(2016, 6, 1)),
     ("Week-of-Mon-20160606", date(2016, 6, 1)), ("2016", None), ("20161399", None),
     ("2016-Nonsense", None), ("0000-June", None)],
)  # fmt: skip
def test_volumes_tell_their_month(volume: str, month: date | None) -> None:
    assert old_urls.month_of(volume) == month


def test_the_command_imports_and_registers_in_one_go(tmp_path: Path, client: Client) -> None:
    mailing_list, pages = a_list(), tmp_path / "pages"
    pages.mkdir()
    (tmp_path / "talk.mbox").write_bytes(mbox(*[mail(one) for one in IDS]))
    write_pages(pages, BASE, {"2026-November": [(one, "T") for one in [*IDS, "gone@x"]]})
    out = StringIO()

    call_command(
        "import-archive", mailing_list.name, str(tmp_path / "talk.mbox"), "--old-urls", BASE,
        str(pages), stdout=out,
    )  # fmt: skip

    lines = out.getvalue().splitlines()
    assert lines[-2:] == [
        "Not in the archive: 2026-November/000003.html. Its address leads to its month.",
        (
            "14 old addresses lead here, 3 of them to a message or its files; 1 messages are not "
            "in the archive."
        ),
    ]
    with pytest.raises(CommandError, match="Name an archive"):
        call_command("import-archive", mailing_list.name)
