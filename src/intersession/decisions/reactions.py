"""What calls do about facts from below."""

from intersession.decisions import actions
from intersession.decisions.states import Answers
from intersession.lists.events import LetterAnswered
from intersession.lists.queries.answers import answer_at


def hear_answer(fact: LetterAnswered) -> None:
    """Take a position from an answer to a letter of a call; other letters are not ours."""
    if fact.about == Answers.CALL:
        actions.hear_answer(answer_at(fact.answer_id), at=fact.at)
    elif fact.about == Answers.PROPOSAL:
        actions.hear_completion(answer_at(fact.answer_id), at=fact.at)
