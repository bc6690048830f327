"""The Nu HTML checker, over many pages in one start of Java."""

import json
import subprocess
from pathlib import Path


def errors(jar: Path, pages: dict[str, str], folder: Path) -> list[str]:
    """Write the pages into a folder, check them all, and return each error as one line."""
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        place = folder / f"{number}.html"
        place.write_text(html)
        names[place.as_uri()] = name
    done = subprocess.run(
        ["java", "-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar,
         "--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html", folder],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [
        f"{names.get(found['url'].replace('file:/', 'file:///', 1), found['url'])}:"
        f"{found.get('lastLine')}: {found['message']} {found.get('extract', '')[:120]!r}"
        for found in json.loads(done.stdout)["messages"]
        if found["type"] == "error"
    ]
