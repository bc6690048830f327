"""`intersession messages`: renew the catalogues of translated sentences."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from intersession.site import catalogue


class Command(BaseCommand):
    """Gather the sentences of code and templates into each language's catalogue, and compile it."""

    help = (
        "For developers and translators: gather every sentence into locale/<language>/"
        "LC_MESSAGES/django.po, keep what is translated, drop what is gone, and compile the .mo "
        "beside it. Needs no gettext programs. Run it after changing sentences; commit both files."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language", nargs="*", help="only these, e.g. ar; all by default")

    def handle(self, *args: Any, **options: Any) -> None:
        """Renew each catalogue and say how much of it is translated."""
        for language in options["language"] or catalogue.languages():
            catalog = catalogue.renew(language)
            done = sum(1 for message in catalog if message.id and catalogue.is_said(message))
            self.stdout.write(f"{language}: {done} of {len(catalog)} sentences translated")
