"""`intersession mail test` through a real Postfix: out, archived, copied, and back, proven."""

from pathlib import Path

import pytest

from intersession.kit import clock
from intersession.lists.models import Message, Relay
from intersession.lists.queries.echoes import last_echo
from intersession.lists.testing import a_list
from intersession.site.post import keys
from tests.journeys.postfix import postfix, why_not
from tests.lists.zones import zones
from tests.outbox.mailserver import free_port
from tests.processes import PATIENCE, shared_database, start
from tests.site.test_listener import _until_ended

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

US = ("-m", "intersession.site.cli")


def test_a_mail_to_ourselves_comes_back_through_postfix(tmp_path: Path) -> None:
    if reason := why_not():
        pytest.skip(reason)
    a_list()
    key, port = tmp_path / "dkim.pem", free_port()
    record = keys.make(key, over=False)
    listening = [*US, "listener", "--lmtp", "--port", str(port)]
    with (
        shared_database(tmp_path) as database,
        zones({"intersession._domainkey.lists.example.org": [record]}) as (host, dns),
    ):
        listener = start(database, *listening, INTERSESSION_DNS=f"{host}:{dns}")
        until_ended = _until_ended(listener, port)
        next(until_ended)
        with postfix(lists=port, world=free_port()) as mta:
            ours = {
                "INTERSESSION_MAIL_HOST": "127.0.0.1", "INTERSESSION_MAIL_PORT": str(mta),
                "INTERSESSION_DKIM_KEY": str(key), "INTERSESSION_DNS": f"{host}:{dns}",
            }  # fmt: skip
            worker = start(database, *US, "worker", **ours)
            told = start(database, *US, "mail", "test", **ours)
            code = told.wait(PATIENCE)
            worker.terminate()
            worker.wait(PATIENCE)
        listener.terminate()
        assert listener.wait(PATIENCE) == 0

        assert code == 0
        (post,) = Message.objects.select_related("mailing_list")
        assert post.mailing_list.is_probe
        assert Relay.objects.get().recipients == 1
        assert last_echo(at=clock.now()).is_proven
