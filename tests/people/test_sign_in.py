"""Signing in: one flow for new and known people, by a code that works once, in one browser."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from intersession.journal.models import Entry
from intersession.outbox.models import Letter
from intersession.people.models import Person
from intersession.people.testing import a_person, a_person_who_consented

pytestmark = pytest.mark.django_db

ADDRESS = "amina@example.org"


def ask(client: Client, email: str = ADDRESS, **more: Any) -> Letter:
    """Ask for a code, and return the letter that was written."""
    client.post("/sign-in/", {"email": email, **more})
    return Letter.objects.latest("pk")


def code_in(letter: Letter) -> str:
    found = re.search(r"Your code is (\S+)", letter.body)
    assert found
    return found[1]


def link_in(letter: Letter) -> str:
    found = re.search(r"https?://\S+?(/sign-in/code/\S+)", letter.body)
    assert found
    return found[1]


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_button_signs_in_somebody_new_and_leads_to_the_welcome(client: Client) -> None:
    letter = ask(client)

    answer = client.post("/sign-in/code/", {"code": code_in(letter)})

    person = Person.objects.get(email=ADDRESS)
    assert answer["Location"] == "/welcome/?next=%2Fdesk%2F"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert [entry.verb for entry in Entry.objects.all()] == ["people.arrive"]
    assert not Entry.objects.get().is_public
    assert EmailAddress.objects.get(user=person).verified


def test_asking_makes_no_account(client: Client) -> None:
    ask(client)

    assert not Person.objects.exists()


def test_the_letter_is_plain_and_says_why_it_came(client: Client) -> None:
    letter = ask(client)

    assert (letter.kind, letter.to) == ("people.code", ADDRESS)
    assert letter.reason in letter.body
    assert code_in(letter) in letter.subject
    assert "<" not in letter.body


def test_new_and_known_people_see_the_same_page_and_get_the_same_letter() -> None:
    a_person(email="known@example.org")
    pages, letters = [], []
    for email in ("known@example.org", "newer@example.org"):
        client = Client()
        answer = client.post("/sign-in/", {"email": email})
        page = client.get("/sign-in/code/").content.decode()
        pages.append((answer.status_code, answer["Location"], plain(page, email)))
        letter = Letter.objects.latest("pk")
        letters.append(letter.body.replace(code_in(letter), "CODE"))

    assert pages[0] == pages[1]
    assert letters[0] == letters[1]


def plain(page: str, email: str) -> str:
    page = page.replace(email, "EMAIL")
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "TOKEN", page)


@pytest.mark.parametrize("is_same_browser", [True, False])
def test_fetching_the_link_changes_nothing_however_often(
    client: Client, is_same_browser: bool
) -> None:
    letter = ask(client)
    before = dict(client.session)
    scanner = client if is_same_browser else Client()

    for method in (scanner.get, scanner.head, scanner.get, scanner.get, scanner.get, scanner.get):
        assert method(link_in(letter)).status_code == 200

    assert not signed_in(scanner)
    assert dict(client.session) == before
    assert not Person.objects.exists()
    assert client.post("/sign-in/code/", {"code": code_in(letter)}).status_code == 302


def test_the_link_fills_the_code_in(client: Client) -> None:
    letter = ask(client)

    page = client.get(link_in(letter)).content.decode()

    assert f'value="{code_in(letter)}"' in page


def test_another_device_is_told_to_type_the_code_where_it_was_asked_for(client: Client) -> None:
    letter = ask(client)

    page = Client().get(link_in(letter)).content.decode()

    assert "go back there and type this code" in page
    assert code_in(letter) in page


def test_another_browser_cannot_use_the_code(client: Client) -> None:
    letter, thief = ask(client), Client()

    page = thief.post("/sign-in/code/", {"code": code_in(letter)}).content.decode()

    assert not signed_in(thief)
    assert "only in the browser that asked" in page


def test_a_code_typed_without_its_hyphen_or_small_is_the_same(client: Client) -> None:
    letter = ask(client)

    client.post("/sign-in/code/", {"code": code_in(letter).replace("-", " ").lower()})

    assert signed_in(client)


def test_a_used_link_says_so_and_leads_on(client: Client) -> None:
    letter = ask(client)
    client.post("/sign-in/code/", {"code": code_in(letter)})
    client.post("/sign-out/")

    page = client.get(link_in(letter)).content.decode()
    again = client.post("/sign-in/code/", {"code": code_in(letter)})

    assert "each code works only once" in page
    assert 'action="/sign-in/"' in page
    assert not signed_in(client)
    assert again.status_code == 200


def test_an_expired_code_says_so_and_keeps_the_address(client: Client) -> None:
    letter = ask(client)
    session = client.session
    session["code:sign_in"] = {**session["code:sign_in"], "at": session["code:sign_in"]["at"] - 901}
    session.save()

    page = client.post("/sign-in/code/", {"code": code_in(letter)}).content.decode()

    assert "older than 15 minutes" in page
    assert f'value="{ADDRESS}"' in page
    assert not signed_in(client)


def test_a_wrong_code_is_told_and_five_make_it_void(client: Client) -> None:
    letter = ask(client)
    pages = [
        client.post("/sign-in/code/", {"code": "BBBB-BBBB"}).content.decode() for _ in range(5)
    ]

    client.post("/sign-in/code/", {"code": code_in(letter)})

    assert "This is not the code" in pages[0]
    assert "wrong too often" in pages[4]
    assert not signed_in(client)


def test_a_new_code_makes_the_one_before_void(client: Client) -> None:
    first, second = ask(client), ask(client)

    client.post("/sign-in/code/", {"code": code_in(first)})
    assert not signed_in(client)

    client.post("/sign-in/code/", {"code": code_in(second)})
    assert signed_in(client)


def test_too_many_codes_are_refused_with_a_sentence(client: Client) -> None:
    pages = [client.post("/sign-in/", {"email": ADDRESS}) for _ in range(4)]

    assert [page.status_code for page in pages] == [302, 302, 302, 200]
    assert "Too many codes" in pages[3].content.decode()
    assert Letter.objects.count() == 3


def test_where_one_was_going_is_kept_through_the_letter(client: Client) -> None:
    a_person_who_consented(email=ADDRESS)
    gate = client.get("/profile/addresses/")
    letter = ask(client, next=gate["Location"].partition("next=")[2])

    answer = client.post("/sign-in/code/", {"code": code_in(letter)})

    assert answer["Location"] == "/profile/addresses/"


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client: Client, evil: str) -> None:
    a_person_who_consented(email=ADDRESS)
    letter = ask(client, next=evil)

    answer = client.post(f"/sign-in/code/?next={evil}", {"code": code_in(letter), "next": evil})

    assert answer["Location"] == "/desk/"


def test_a_mail_address_in_capitals_is_the_same_person(client: Client) -> None:
    known = a_person_who_consented(email=ADDRESS)
    letter = ask(client, email=ADDRESS.upper())

    client.post("/sign-in/code/", {"code": code_in(letter)})

    assert client.session["_auth_user_id"] == str(known.pk)
    assert Person.objects.count() == 1


def test_a_closed_account_is_told_so_only_to_its_owner(client: Client) -> None:
    a_person(email=ADDRESS, is_active=False)
    letter = ask(client)

    page = client.post("/sign-in/code/", {"code": code_in(letter)}).content.decode()

    assert "This account is closed" in page
    assert not signed_in(client)


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_told(client: Client, email: str) -> None:
    page = client.post("/sign-in/", {"email": email}).content.decode()

    assert "Nothing you typed is lost" in page
    assert not Letter.objects.exists()


def test_a_forged_form_gets_a_page_that_says_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/sign-in/", {"email": ADDRESS})

    assert answer.status_code == 403
    assert "Load the page again and send the form once more" in answer.content.decode()


def test_the_link_repeats_nothing_that_is_no_code(client: Client) -> None:
    page = client.get("/sign-in/code/", {"code": "<script>x"}).content.decode()

    assert "script>x" not in page


@pytest.mark.parametrize(
    "path",
    ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/password/change/"],
)
def test_pages_of_allauth_cannot_be_reached(client: Client, path: str) -> None:
    assert client.get(path).status_code in (302, 404)
    client.force_login(a_person())
    assert client.get(path).status_code == 404


def test_signing_out_needs_a_post(client: Client) -> None:
    client.force_login(a_person())

    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")

    assert not signed_in(client)


def test_who_is_sent_to_sign_in_is_told_that_the_way_goes_on(client: Client) -> None:
    sent = client.get("/lists/own-posts/", follow=True).text

    assert "Then you go on where you were." in sent
    assert "Then you go on where you were." not in client.get("/sign-in/").text
