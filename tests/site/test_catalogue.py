"""Sentences in other languages: compiled, true to their placeholders, shown right to left."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils.translation import ngettext, override

from intersession.site import catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[ds]")


@pytest.mark.parametrize("language", catalogue.languages())
def test_the_compiled_catalogue_is_fresh(language: str) -> None:
    compiled = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.mo"

    assert compiled.read_bytes() == catalogue.compiled(language), "run: intersession messages"


@pytest.mark.parametrize("language", catalogue.languages())
def test_no_translation_names_a_placeholder_that_its_sentence_has_not(language: str) -> None:
    path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        for message in read_po(file, locale=language):
            if not message.id:
                continue
            known = set(PLACEHOLDER.findall(" ".join(_forms(message.id))))
            for form in _forms(message.string):
                assert set(PLACEHOLDER.findall(form)) <= known, message.id
                if isinstance(message.string, str) and form:
                    assert set(PLACEHOLDER.findall(form)) == known, message.id


def _forms(words: object) -> list[str]:
    return [str(form) for form in words] if isinstance(words, list | tuple) else [str(words)]


def test_every_sentence_of_code_and_templates_is_gathered() -> None:
    gathered = catalogue.gathered()

    assert "Skip to content" in gathered
    assert "Sign in to join; nobody has to approve it." in gathered
    assert gathered["%(count)d day left"].pluralizable


@pytest.mark.django_db
def test_pages_speak_arabic_from_right_to_left(client: Client) -> None:
    client.cookies["django_language"] = "ar"

    page = client.get("/").text

    assert '<html lang="ar" dir="rtl">' in page
    assert "بين الاجتماعات، يبقى العمل مفتوحًا." in page
    assert "لا شيء متاح للمشاركة الآن." in page


@pytest.mark.django_db
def test_a_language_without_translations_falls_back_to_english(client: Client) -> None:
    client.cookies["django_language"] = "ru"

    page = client.get("/").text

    assert '<html lang="ru">' in page
    assert "Between the meetings, the work stays open." in page


READ_BY_EVERYBODY = re.compile(
    r"(lists/|coalitions/|membership/|journal/|(decisions|outputs)/(phrases|states)"
    r"|kit/templates/|people/(templates/people/[a-z_]+\.html|views/|forms)|search/"
    r"|site/templates/site/(_[a-z]+|home|desk|search|coalition|people|directory|letters?)\.html"
    r"|site/(frame|desk|found)|site/views/)"
)
"""What lists, mail, coalitions and the record say, and the pages of signing in and searching."""


def test_the_pages_of_lists_and_mail_have_no_english_left_in_arabic() -> None:
    path = Path(settings.LOCALE_PATHS[0]) / "ar" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        said = {one.id: catalogue.is_said(one) for one in read_po(file, locale="ar")}

    left = [
        message.id
        for message in catalogue.gathered()
        if message.id and not said.get(message.id)
        and any(READ_BY_EVERYBODY.match(place) for place, _line in message.locations)
    ]  # fmt: skip

    assert left == [], "translate these in locale/ar, then run: intersession messages"


def test_arabic_counts_as_arabic_does() -> None:
    with override("ar"):
        left = [ngettext("%(count)d day left", "%(count)d days left", n) % {"count": n} for n in N]

    assert left == [
        "لم تبق أيام", "بقي يوم واحد", "بقي يومان", "بقيت 3 أيام", "بقيت 10 أيام", "بقي 11 يومًا",
        "بقي 99 يومًا", "بقي 100 يوم", "بقي 102 يوم", "بقيت 103 أيام",
    ]  # fmt: skip


N = (0, 1, 2, 3, 10, 11, 99, 100, 102, 103)
"""One number of each kind that Arabic has: none, one, two, few, many, hundreds."""
