"""Reading the registry from its files: TOML, one file for each coalition."""

from hashlib import sha256
from pathlib import Path

from django.utils.translation import gettext as _

from intersession.coalitions.rules import (
    KnownCoalition,
    KnownLink,
    KnownName,
    KnownTheme,
    Registry,
)
from intersession.kit.answers import Refused
from intersession.kit.toml import not_understood, read_rows, read_toml

COORDINATION = "dccg"
"""The name of the coordination group in its address here."""
SEED = Path(__file__).parent / "registry"
"""The registry that comes with the project."""


def read_registry(folder: Path = SEED) -> Registry:
    """Read a registry. Raises Refused, naming the file, where one is missing or not understood."""
    themes = read_rows(folder / "themes.toml", "themes", KnownTheme)
    known = {theme.code for theme in themes}
    coalitions = [_coalition(path) for path in sorted((folder / "coalitions").glob("*.toml"))]
    for coalition in coalitions:
        if strange := set(coalition.themes) - known:
            told = {"slug": coalition.slug, "themes": ", ".join(sorted(strange))}
            raise Refused(_("The registry has no theme %(themes)s, named by %(slug)s.") % told)
    group = folder / "coordination.toml"
    return Registry(
        _digest(folder),
        themes,
        coalitions,
        _coalition(group, COORDINATION) if group.exists() else None,
    )


def _coalition(path: Path, slug: str = "") -> KnownCoalition:
    facts = read_toml(path)
    try:
        names = [KnownName(**row) for row in facts.pop("former_names", [])]
        links = [KnownLink(**row) for row in facts.pop("links", [])]
        return KnownCoalition(slug=slug or path.stem, former_names=names, links=links, **facts)
    except TypeError as problem:
        raise not_understood(path, problem) from problem


def _digest(folder: Path) -> str:
    whole = sha256()
    for path in sorted(folder.rglob("*.toml")):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()
