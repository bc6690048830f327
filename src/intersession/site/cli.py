"""The console command: `intersession <command>`; passes any Django command on."""

import gc
import os
import sys
from argparse import ArgumentError, ArgumentParser
from collections.abc import Sequence
from difflib import get_close_matches

GROUPS: dict[str, dict[str, str]] = {
    "Try it": {
        "demo": "a sample world on this machine: web, mail and worker; Ctrl-C ends it",
    },
    "Run it": {
        "migrate": "make the database, or bring it up to date",
        "serve": "serve the pages",
        "worker": "send letters, carry out tasks and schedules",
        "listener": "take mail in (SMTP)",
    },
    "Fill it": {
        "invite-secretariat": "print a link that makes somebody Secretariat, once",
        "load-registry": "load the register of coalitions and their outputs",
        "open-list": "open a list of a coalition",
        "import-archive": "import a mailing-list archive: mbox, maildir, .mbox.gz, pipermail",
        "import-roster": "import the subscribers of a list: Mailman, Google Groups, Groups.io, CSV",
        "mirror": "archive a list that lives elsewhere",
    },
    "Look after it": {
        "mail": "how mail stands (status), a mail out and back (test), the key (key)",
        "doctor": "check configuration, database, mail and storage",
        "backup": "write everything this instance needs into one file, while it runs",
        "restore": "bring an instance back from a backup",
        "export": "write everything out: register, record, outputs, lists",
        "rebuild-search": "make the words of the search index anew, after some updates",
        "verify-journal": "prove that no entry of an exported record was altered or removed",
    },
    "Work on it": {
        "messages": "gather the sentences to be translated, and compile their translations",
    },
}
"""Our commands, each with one line. A test of the house holds this table to what exists."""

EXAMPLES = """\
Examples:
  intersession demo
  intersession import-archive dc-connectivity archive.mbox.gz --dry-run
  intersession doctor --json
  intersession help export          what a command takes

Every other command of Django is passed on, for example `intersession shell`.
Settings come from the environment; docs/operating/settings.md lists them.
"""


ON_THE_DATABASE = (
    "load-registry",
    "import-archive",
    "export",
    "backup",
    "invite-secretariat",
    "rebuild-search",
    "mail",
)
"""
Our commands that say in a sentence why they cannot work on a database, and end.

`serve` says it itself; the worker and the listener wait until the database is well.
"""


def overview() -> str:
    """Write what the command can do, as a person reads it first."""
    lines = ["intersession — the work of the Dynamic Coalitions, on one public record", ""]
    for title, commands in GROUPS.items():
        lines.append(f"{title}:")
        lines += [f"  {name:<20}{words}" for name, words in commands.items()]
        lines.append("")
    return "\n".join(lines) + "\n" + EXAMPLES


def unknown(name: str, known: Sequence[str]) -> str:
    """Say that there is no such command, and which may have been meant."""
    near = get_close_matches(name, known, n=1)
    guess = f" Did you mean “{near[0]}”?" if near else ""
    return f"There is no command “{name}”.{guess} `intersession` alone lists them.\n"


def main() -> None:
    """Run a command of ours or of Django's. Exit code 2 where there is no such command."""
    words = sys.argv[1:]
    if not words or words[0] in ("-h", "--help") or words == ["help"]:
        sys.stdout.write(overview())
        return
    if words[0] == "help":
        words = [words[1], "--help"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intersession.site.settings")
    if words[0] == "demo":
        os.environ.setdefault("INTERSESSION_DEMO", "1")
        os.environ.setdefault("INTERSESSION_SITE_URL", f"http://127.0.0.1:{port_of(words)}")
        os.environ.setdefault("INTERSESSION_MAIL_HOST", "127.0.0.1")
        os.environ.setdefault("INTERSESSION_MAIL_PORT", "8026")
    pass_on(words)


def port_of(words: Sequence[str]) -> str:
    """Read from a command line where the demo will stand: its letters and texts name that place."""
    parser = ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--port", default="8000")
    try:
        return str(parser.parse_known_args(words)[0].port)
    except ArgumentError:
        return "8000"  # the command itself says what is wrong with it


def pass_on(words: list[str]) -> None:
    """Give a command to Django, if there is one of that name and the settings can be read."""
    gc.disable()  # what is loaded stays: to look through it takes a fifth of the start
    import django  # noqa: PLC0415 (after the environment is set)
    from django.core.management import (  # noqa: PLC0415 (after the environment is set)
        execute_from_command_line,
        get_commands,
    )
    from environs import EnvError  # noqa: PLC0415 (after the environment is set)

    try:
        django.setup()
    except EnvError as problem:
        sys.stderr.write(f"A setting cannot be read: {problem}\n")
        sys.exit(2)
    gc.freeze()
    gc.enable()
    if words[0] not in ("--version", "version") and words[0] not in get_commands():
        sys.stderr.write(unknown(words[0], sorted(get_commands())))
        sys.exit(2)
    if words[0] in ON_THE_DATABASE and not {"-h", "--help"} & set(words):
        ensure_database()
    execute_from_command_line(["intersession", *words])


def ensure_database() -> None:
    """End with a sentence and exit code 1 where the database cannot be worked on."""
    from django.db import connection  # noqa: PLC0415 (after the settings are read)

    from intersession.site.readiness import trouble  # noqa: PLC0415 (after the environment is set)

    found = trouble()
    connection.close()  # a command that forks must not share it with its children
    if found is not None:
        sys.stderr.write(" ".join(found) + "\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
