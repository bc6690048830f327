"""The console command: `intersession <command>`; passes any Django command on."""

import os
import sys


def main() -> None:
    """Run a command of ours or of Django's."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intersession.site.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("INTERSESSION_DEMO", "1")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (after the setting)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
