"""Sentences in other languages: compiled, true to their placeholders, shown right to left."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client

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
