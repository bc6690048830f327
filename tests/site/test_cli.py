"""The console command teaches, and passes on what is not its own."""

import sys

import pytest
from django.core.management import CommandError, call_command

from intersession.site import cli
from intersession.site.management.commands import serve
from intersession.site.readiness import BEHIND


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setattr(sys, "argv", ["intersession", *words])
    cli.main()


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["help"]])
def test_without_a_command_it_lists_them_with_examples(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, *words)

    told = capsys.readouterr().out
    assert all(f"  {name} " in told for group in cli.GROUPS.values() for name in group)
    assert "Examples:" in told


def test_an_unknown_command_is_a_sentence_with_a_guess(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        run(monkeypatch, "migrat")

    assert end.value.code == 2
    assert capsys.readouterr().err == (
        "There is no command “migrat”. Did you mean “migrate”? `intersession` alone lists them.\n"
    )


def test_a_command_of_django_is_passed_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "check", "--list-tags")

    assert "security" in capsys.readouterr().out


@pytest.mark.django_db
def test_pages_are_not_served_from_a_database_that_is_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serve, "trouble", lambda: BEHIND)

    with pytest.raises(CommandError, match="intersession migrate"):
        call_command("serve")


@pytest.mark.parametrize(
    ("words", "port"),
    [
        (["demo"], "8000"),
        (["demo", "--port", "8111"], "8111"),
        (["demo", "--mail-port=1", "--port=8111", "--fresh"], "8111"),
        (["demo", "--port"], "8000"),
    ],
)
def test_the_demo_names_the_place_where_it_stands_in_its_letters(
    words: list[str], port: str
) -> None:
    assert cli.port_of(words) == port
