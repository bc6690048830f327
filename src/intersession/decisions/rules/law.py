"""Who has been heard enough, and what may be declared. Numbers bound; reasons decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intersession.decisions.rules.chairs import Voice
from intersession.decisions.states import Level, Stance
from intersession.kit.answers import YES, Answer, Refused, no

DEFAULT_PUBLISHABLE = (Level.FULL, Level.CONSENSUS)


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule of a call, shown before it opens and copied into it as it opens."""

    days: int
    silence: bool
    minimum_voices: int
    minimum_groups: int
    publishable: tuple[str, ...]
    statement_words: int
    statement_days: int
    appeal_days: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many members said what on the text as it is; observers are not in it."""

    counts: Mapping[str, int]
    groups: int
    unaccommodated: int = 0

    @property
    def voices(self) -> int:
        return sum(self.counts.values())

    @property
    def agreeing(self) -> int:
        return self.counts.get(Stance.SUPPORT, 0) + self.counts.get(Stance.LIVE_WITH, 0)

    @property
    def differing(self) -> int:
        return self.counts.get(Stance.CONCERN, 0) + self.counts.get(Stance.OBJECT, 0)


def tally_of(voices: Iterable[Voice], *, unaccommodated: int = 0) -> Tally:
    """Count the members' voices; a group counts where its members say which they belong to."""
    members = [voice for voice in voices if not voice.is_observer]
    counts: dict[str, int] = {}
    for voice in members:
        counts[voice.stance] = counts.get(voice.stance, 0) + 1
    groups = len({voice.group for voice in members if voice.group})
    return Tally(counts, groups, unaccommodated)


def check_position(stance: Stance, reason: str, remedy: str) -> None:
    """Raise Refused where a concern or objection lacks its reason, or an objection its remedy."""
    if stance in (Stance.CONCERN, Stance.OBJECT) and not reason.strip():
        raise Refused(_("A concern or an objection needs its reason: write why, in your words."))
    if stance == Stance.OBJECT and not remedy.strip():
        raise Refused(_("An objection also says what change of the text would remove it."))


def enough(tally: Tally, rule: Rule) -> Answer:
    """Say whether as many voices and groups were heard as the rule asked before opening."""
    if tally.voices < rule.minimum_voices:
        return no(
            ngettext(
                "The rule asks for at least %(least)s voice of members; heard on this text: %(n)s. "
                "The call can be deferred.",
                "The rule asks for at least %(least)s voices of members; heard on this text: "
                "%(n)s. The call can be deferred.",
                rule.minimum_voices,
            )
            % {"n": tally.voices, "least": rule.minimum_voices}
        )
    if rule.minimum_groups > 1 and tally.groups < rule.minimum_groups:
        return no(
            _(
                "The rule asks for voices from at least %(least)s stakeholder groups; heard on "
                "this text: %(n)s. The call can be deferred."
            )
            % {"n": tally.groups, "least": rule.minimum_groups}
        )
    return YES


def level_table(tally: Tally, rule: Rule) -> dict[Level, Answer]:
    """
    Say of each level whether it may be declared, or why not (after the GNSO's levels).

    Silence under a rule of tacit agreement leaves consensus possible; it is never support.
    """
    agreed = YES
    if not tally.agreeing and not rule.silence:
        agreed = no(_("Nobody supports this text or can live with it."))
    full = agreed
    if agreed and tally.unaccommodated:
        full = no(_("An objection was not accommodated, so that consensus is not full."))
    elif agreed and tally.counts.get(Stance.OBJECT, 0):
        full = no(_("Somebody objects to this text."))
    strong = no(_("Nobody supports this text or can live with it.")) if not tally.agreeing else YES
    if strong and not tally.differing and not tally.unaccommodated:
        strong = no(_("Nobody is opposed to this text."))
    return {
        Level.FULL: full,
        Level.CONSENSUS: agreed,
        Level.STRONG: strong,
        Level.DIVERGENCE: YES,
        Level.NONE: YES,
    }


def publishable(stated: Iterable[str]) -> tuple[str, ...]:
    """Return the levels that let a text be published: those stated, else the default two."""
    levels = tuple(level for level in stated if level in Level.values)
    return levels or tuple(level.value for level in DEFAULT_PUBLISHABLE)


def withdrawal(*, changed_since: bool) -> str:
    """Name the verb of an objector's withdrawal: negotiated, if the text changed since."""
    return "negotiate" if changed_since else "withdraw"
