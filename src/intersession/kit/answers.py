"""Yes, or no with a reason: how the house says what may be done."""

from dataclasses import dataclass


class Denied(Exception):
    """This person may not do this. Shown as a 403 page with its reason."""


class Refused(Exception):
    """Nobody may do this now. Shown beside the form, with its reason."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A yes, or a no that can explain itself."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


YES = Answer()


def no(reason: str) -> Answer:
    """Answer no, with the sentence that the person reads."""
    return Answer(str(reason))


def ensure(answer: Answer) -> None:
    """Go on if the answer is yes; raise Denied with its reason if it is no."""
    if not answer:
        raise Denied(answer.reason)
