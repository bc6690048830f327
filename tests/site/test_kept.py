"""What somebody typed is never lost: not when the session has ended, nor when a page grew old."""

import re
from typing import Any

import pytest
from django.test import Client

from intersession.decisions.states import Stance
from intersession.decisions.testing import an_open_call
from intersession.kit import clock
from intersession.membership.testing import a_member
from intersession.outputs.testing import the_blocks
from intersession.people.testing import a_person
from tests.outputs.scenes import a_running_round

pytestmark = pytest.mark.django_db
HERE = "http://testserver"
THOUGHT = "A long thought,\nwith <b>signs</b> & two lines."
ESCAPED = "A long thought,\nwith &lt;b&gt;signs&lt;/b&gt; &amp; two lines."


def token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found is not None
    return found[1]


def a_comment_form() -> tuple[Any, str, dict[str, str]]:
    period = a_running_round()
    url = f"{period.output.draft_url()}comments/"
    return period, url, {"key": the_blocks(period.output)[1].key, "text": THOUGHT}


def test_a_comment_sent_after_signing_out_is_shown_back_and_sent_from_there() -> None:
    period, url, form = a_comment_form()
    person = a_person()
    client = Client(enforce_csrf_checks=True, headers={"origin": HERE})
    proof = {"csrfmiddlewaretoken": token(client.get("/sign-in/").text)}

    kept = client.post(url, form | proof)

    assert kept.status_code == 403
    assert "You are signed out" in kept.text
    assert f"\n{ESCAPED}</textarea>" in kept.text
    assert f'name="key" value="{form["key"]}"' in kept.text
    assert f'action="{url}"' in kept.text
    assert 'href="/sign-in/" target="_blank"' in kept.text

    client.force_login(person)
    client.post(url, form | {"csrfmiddlewaretoken": token(kept.text)})

    assert period.comments.get().text.replace("\r\n", "\n") == THOUGHT


def test_a_form_of_a_page_that_grew_old_is_shown_back_to_be_sent_again() -> None:
    period, url, form = a_comment_form()
    client = Client(enforce_csrf_checks=True, headers={"origin": HERE})
    client.force_login(a_person())

    old = client.post(url, form | {"csrfmiddlewaretoken": "x" * 64})

    assert old.status_code == 403
    assert ESCAPED in old.text
    client.post(url, form | {"csrfmiddlewaretoken": token(old.text)})
    assert period.comments.count() == 1


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_what_another_site_filled_in_is_never_one_click_away(origin: str) -> None:
    period, url, form = a_comment_form()
    client = Client(enforce_csrf_checks=True, headers={"origin": origin} if origin else {})
    client.force_login(a_person())

    answer = client.post(url, form)

    assert answer.status_code == 403
    main = answer.text.partition('<main id="main"')[2]
    assert "<form" not in main
    assert "readonly" in main
    assert ESCAPED in main
    assert not period.comments.exists()


def test_a_button_without_words_leads_to_the_sign_in_page() -> None:
    period, _url, _form = a_comment_form()
    client = Client()
    answer = client.post(f"{period.output.draft_url()}revision/", {"next": "/desk/?a=b c"})
    assert answer["Location"].startswith("/sign-in/?next=")


def test_a_code_is_never_repeated() -> None:
    client = Client(enforce_csrf_checks=True, headers={"origin": HERE})
    answer = client.post("/sign-in/code/", {"code": "ABCD-EFGH!"})
    assert answer.status_code == 403
    assert "ABCD-EFGH" not in answer.text


def test_a_position_sent_after_signing_out_keeps_every_field(client: Client) -> None:
    call = an_open_call(at=clock.now())
    form = {
        "stance": Stance.OBJECT.value,
        "reason": "No.",
        "remedy": "Cut it.",
        "capacity": "personal",
    }

    kept = client.post(f"{call.get_absolute_url()}position/", form)

    assert kept.status_code == 403
    for name in form:
        assert f'name="{name}"' in kept.text


def test_words_that_may_not_be_sent_are_there_to_be_copied(client: Client) -> None:
    period, _url, _form = a_comment_form()
    client.force_login(a_member(period.output.coalition))
    answer = client.post(
        f"{period.output.draft_url()}writing/", {"text": THOUGHT, "base": "1", "note": ""}
    )
    assert answer.status_code == 403
    assert ESCAPED in answer.text
