"""Reading what is known of outputs published elsewhere from the registry's files."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from intersession.kit.answers import Refused
from intersession.kit.toml import read_rows
from intersession.outputs.rules.known import KnownOutput, KnownUse
from intersession.outputs.states import KnownKind, Stage, Use


@dataclass(frozen=True, slots=True)
class Known:
    """The outputs and the uses of one registry."""

    outputs: list[KnownOutput]
    uses: list[KnownUse]


def read_known(folder: Path) -> Known:
    """
    Read outputs and uptake.

    Raises Refused, naming the file or the row, where one is not understood.
    """
    outputs = read_rows(folder / "outputs.toml", "outputs", KnownOutput)
    uses = read_rows(folder / "uptake.toml", "uptake", KnownUse)
    for one in outputs:
        _ensure(one.kind in KnownKind.values and one.stage in Stage.values, one.key)
    keys = {one.key for one in outputs}
    for use in uses:
        _ensure(use.kind in Use.values and use.output in {"", *keys}, use.key)
    return Known(outputs, uses)


def _ensure(is_right: bool, key: str) -> None:  # noqa: FBT001 (a private guard)
    if not is_right:
        problem = _("%(key)s names a kind, a stage or an output that does not exist.")
        raise Refused(problem % {"key": key})
