"""Lives written as tables: which verb leads from which state to which."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from intersession.kit.answers import Refused


@dataclass(frozen=True)
class Life[S: str]:
    """A thing's whole life: {verb: (the states it leaves, the state it enters)}."""

    steps: Mapping[str, tuple[frozenset[S], S]]

    def after(self, verb: str, state: S) -> S:
        """Return the state that follows; raise Refused where the verb has no place."""
        starts, end = self.steps[verb]
        if state not in starts:
            words = getattr(state, "label", state)
            raise Refused(_("This step is not possible now: the state is “%s”.") % words)
        return end

    def edges(self) -> list[tuple[S, str, S]]:
        """List every arrow, for the diagram in the documentation and for tests."""
        return [
            (start, verb, end)
            for verb, (starts, end) in self.steps.items()
            for start in sorted(starts)
        ]
