"""A command whose help teaches."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management import BaseCommand


class Teaching(BaseCommand):
    """Keeps the lines of its help as they are written."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Make the parser that breaks no line anew."""
        kwargs["formatter_class"] = RawDescriptionHelpFormatter
        return super().create_parser(prog_name, subcommand, **kwargs)
