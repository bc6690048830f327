"""Describing oneself, consent by version, several addresses, language."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.outbox.models import Letter
from intersession.people import actions, queries, rules
from intersession.people.models import Consent, Person
from intersession.people.rules import Description
from intersession.people.states import Region, Text
from intersession.people.testing import NOON, a_person, a_person_who_consented

pytestmark = pytest.mark.django_db

TYPED: dict[str, Any] = {
    "name": "Amina",
    "group": "civil-society",
    "country": "KE",
    "region": "",
    "affiliation": "",
    "languages": ["en", "ar"],
    "zone": "Africa/Nairobi",
    "shown": ["name"],
}
ALL_TEXTS = [text.value for text in Text]


@pytest.fixture
def person(client: Client) -> Person:
    somebody = a_person(name="", group="", region="", shown=[])
    client.force_login(somebody)
    return somebody


def test_the_welcome_keeps_who_one_is_and_what_one_accepts(client: Client, person: Person) -> None:
    answer = client.post("/welcome/", {**TYPED, "texts": ALL_TEXTS, "next": "/coalitions/"})

    person.refresh_from_db()
    assert answer["Location"] == "/coalitions/"
    assert (person.name, person.region, person.languages) == ("Amina", Region.AFRICA, ["en", "ar"])
    assert queries.open_texts(person) == []
    verbs = sorted(Entry.objects.values_list("verb", flat=True))
    assert verbs == ["people.consent"] * 3 + ["people.describe"]


def test_the_record_of_a_description_is_private_and_holds_none_of_it(
    client: Client, person: Person
) -> None:
    client.post("/profile/", TYPED)

    entry = Entry.objects.get()
    assert not entry.is_public
    assert entry.facts.keys() == {"fields"}
    assert "Amina" not in str(vars(entry))


def test_consent_is_asked_for_every_text(client: Client, person: Person) -> None:
    page = client.post("/welcome/", {**TYPED, "texts": ["terms"]}).content.decode()

    assert "Accept each text" in page
    assert 'value="Amina"' in page
    assert not Consent.objects.exists()


def test_the_welcome_can_wait(client: Client, person: Person) -> None:
    page = client.get("/welcome/?next=/coalitions/").content.decode()

    assert '<a href="/coalitions/">Not now' in page


def test_the_welcome_leads_nowhere_else(client: Client, person: Person) -> None:
    page = client.get("/welcome/?next=//evil.example").content.decode()

    assert '"//evil.example' not in page


def test_scripts_in_a_name_are_only_words(client: Client, person: Person) -> None:
    client.post("/profile/", {**TYPED, "name": "<script>alert(1)</script>"})

    page = client.get("/profile/").content.decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("name", ["", "  ", "\u202e", "x" * 121])
def test_a_name_that_is_none_is_told(client: Client, person: Person, name: str) -> None:
    page = client.post("/profile/", {**TYPED, "name": name}).content.decode()

    assert "Nothing you typed is lost" in page
    person.refresh_from_db()
    assert person.name == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [("country", "XX"), ("group", "kings"), ("zone", "Mars/North"), ("shown", ["email"])],
)
def test_what_is_not_offered_is_refused(
    client: Client, person: Person, field: str, value: Any
) -> None:
    page = client.post("/profile/", {**TYPED, field: value}).content.decode()

    assert "Nothing you typed is lost" in page


def test_nobody_describes_somebody_else(person: Person) -> None:
    with pytest.raises(Denied, match="Only the person"):
        actions.describe(a_person(), person, Description(name="Other"), at=NOON)


def test_the_same_description_again_is_no_act(client: Client, person: Person) -> None:
    client.post("/profile/", TYPED)
    page = client.post("/profile/", TYPED).content.decode()

    assert "Nothing is different" in page
    assert Entry.objects.count() == 1


def test_a_consent_is_taken_back_and_remembered(client: Client) -> None:
    person = a_person_who_consented()
    client.force_login(person)
    given = Consent.objects.get(person=person, text="terms")

    client.post(f"/profile/consents/{given.pk}/withdrawal/")
    client.post(f"/profile/consents/{given.pk}/withdrawal/")

    given.refresh_from_db()
    assert given.withdrawn_at is not None
    assert queries.open_texts(person) == [Text.TERMS]
    assert Entry.objects.filter(verb="people.withdraw_consent").count() == 1


def test_a_consent_of_somebody_else_is_not_there(client: Client, person: Person) -> None:
    other = Consent.objects.get(person=a_person_who_consented(), text="terms")

    assert client.post(f"/profile/consents/{other.pk}/withdrawal/").status_code == 404
    with pytest.raises(Denied):
        actions.withdraw_consent(person, other, at=NOON)


def test_consent_is_refused_twice_and_for_versions_that_are_not_there(person: Person) -> None:
    actions.consent(person, Text.TERMS, "2026-11", at=NOON)

    with pytest.raises(Refused, match="already"):
        actions.consent(person, Text.TERMS, "2026-11", at=NOON)
    with pytest.raises(Refused, match="no such version"):
        actions.consent(person, Text.TERMS, "1999-01", at=NOON)


@pytest.mark.parametrize("text", list(Text))
def test_every_text_can_be_read_in_every_version(client: Client, text: Text) -> None:
    for version in rules.VERSIONS[text]:
        assert client.get(f"/texts/{text.value}/{version}/").status_code == 200
    assert client.get(f"/texts/{text.value}/1999-01/").status_code == 404
    assert client.get("/texts/secrets/2026-11/").status_code == 404


def test_an_address_is_added_once_its_code_is_typed(client: Client, person: Person) -> None:
    client.post("/profile/addresses/", {"email": "Second@Example.org"})
    letter = Letter.objects.get()
    found = re.search(r"Your code is (\S+)", letter.body)
    assert found
    for _ in range(3):
        client.get("/profile/addresses/code/", {"code": found[1]})
    assert not EmailAddress.objects.exists()

    client.post("/profile/addresses/code/", {"code": found[1]})

    assert [a.email for a in queries.addresses_of(person)] == ["second@example.org"]
    assert queries.person_at("second@example.org") == person
    assert Entry.objects.get().verb == "people.add_address"


def test_the_address_of_somebody_else_is_not_told_on_the_page(
    client: Client, person: Person
) -> None:
    a_person(email="taken@example.org")

    answer = client.post("/profile/addresses/", {"email": "taken@example.org"})

    assert answer["Location"] == "/profile/addresses/code/"
    assert Letter.objects.get().kind == "people.taken"
    assert "Your code" not in Letter.objects.get().body


def test_an_address_that_was_taken_meanwhile_is_refused(person: Person) -> None:
    a_person(email="taken@example.org")

    with pytest.raises(Refused, match="belongs to an account"):
        actions.add_address(person, "taken@example.org", at=NOON)


def test_another_address_becomes_the_main_one_and_the_old_one_may_go(
    client: Client, person: Person
) -> None:
    first = EmailAddress.objects.create(
        user=person, email=person.email, verified=True, primary=True
    )
    second = actions.add_address(person, "second@example.org", at=NOON)

    client.post(f"/profile/addresses/{first.pk}/removal/")
    assert queries.addresses_of(person).count() == 2
    client.post(f"/profile/addresses/{second.pk}/primary/")
    client.post(f"/profile/addresses/{first.pk}/removal/")

    person.refresh_from_db()
    assert person.email == "second@example.org"
    assert list(queries.addresses_of(person)) == [second]


def test_an_address_of_somebody_else_is_not_there(client: Client, person: Person) -> None:
    other = a_person()
    address = EmailAddress.objects.create(user=other, email=other.email, verified=True)

    assert client.post(f"/profile/addresses/{address.pk}/removal/").status_code == 404
    assert client.post(f"/profile/addresses/{address.pk}/primary/").status_code == 404
    with pytest.raises(Denied):
        actions.remove_address(person, address, at=NOON)


def test_an_account_holds_ten_addresses_at_most(person: Person) -> None:
    for number in range(actions.MOST_ADDRESSES):
        actions.add_address(person, f"more-{number}@example.org", at=NOON)

    with pytest.raises(Refused, match="ten addresses"):
        actions.add_address(person, "one-too-many@example.org", at=NOON)


def test_the_language_is_kept_for_anybody_in_a_cookie(client: Client) -> None:
    answer = client.post("/language/", {"language": "ar", "next": "/coalitions/"})

    assert answer["Location"] == "/coalitions/"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ar"
    assert 'dir="rtl"' in client.get("/").content.decode()


def test_the_language_of_somebody_signed_in_is_kept_with_them(
    client: Client, person: Person
) -> None:
    client.post("/language/", {"language": "fr", "next": "//evil.example"})
    answer = client.post("/language/", {"language": "fr", "next": "//evil.example"})

    person.refresh_from_db()
    assert person.language == "fr"
    assert answer["Location"] == "/"
    assert Entry.objects.get().verb == "people.choose_language"


@pytest.mark.parametrize("language", ["", "xx", "<script>"])
def test_a_language_that_is_not_offered_is_refused(client: Client, language: str) -> None:
    assert client.post("/language/", {"language": language}).status_code == 400


def test_the_band_shows_who_is_signed_in(client: Client, person: Person) -> None:
    actions.describe(person, person, Description(name="Amina"), at=NOON)

    page = client.get("/").content.decode()

    assert "<bdi>Amina</bdi>" in page
    assert 'action="/sign-out/"' in page


def test_a_place_to_go_that_is_no_path_leads_home(client: Client) -> None:
    answer = client.post("/language/", {"language": "ar", "next": "nowhere"})
    assert answer["Location"] == "/"


def test_each_place_is_offered_once_under_its_name_of_today(client: Client, person: Person) -> None:
    page = client.get("/profile/").content.decode()

    assert 'value="Asia/Kolkata"' in page
    assert 'value="Asia/Calcutta"' not in page
    assert 'value="America/Buenos_Aires"' not in page
    assert '<optgroup label="Africa">' in page


def test_a_name_of_old_that_somebody_chose_is_kept(client: Client, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(zone="Asia/Calcutta")

    assert 'value="Asia/Calcutta" selected' in client.get("/profile/").content.decode()
    client.post("/profile/", {**TYPED, "zone": "Asia/Calcutta"})

    person.refresh_from_db()
    assert (person.name, person.zone) == ("Amina", "Asia/Calcutta")
