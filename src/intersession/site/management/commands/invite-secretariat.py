"""`intersession invite-secretariat EMAIL`: a link that makes somebody Secretariat, once."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from intersession.kit import clock
from intersession.kit.answers import Refused
from intersession.people import actions


class Command(BaseCommand):
    """Print the link, for whoever has this machine."""

    help = (
        "Print a link that makes somebody Secretariat and signs them in. It works once, for a "
        "day, and a later one voids it. Give it to that person alone: whoever opens it is "
        "Secretariat. The record names the invitation and its use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address of the person")

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite, and print the link alone on its line."""
        try:
            validate_email(options["email"])
            token = actions.invite_secretariat(options["email"], at=clock.now())
        except ValidationError as problem:
            raise CommandError(f"{options['email']} is no mail address.") from problem
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{settings.SITE_URL}{reverse('people:invited', args=[token])}")
