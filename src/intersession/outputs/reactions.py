"""What becomes of a text when its call ends."""

from intersession.decisions.events import CallDeferred, CallDetermined, CallWithdrawn
from intersession.outputs.models import Output, Version
from intersession.outputs.states import State


def _work_under(call_id: int) -> Output | None:
    version = Version.objects.filter(call=call_id).select_related("output").last()
    return version.output if version and version.output.state == State.CALL else None


def settle(fact: CallDetermined) -> None:
    """Mark a text agreed, or not agreed, as its call was determined."""
    if output := _work_under(fact.call_id):
        output.follow("agree" if fact.may_publish else "disagree")
        output.touched_at = fact.at
        output.save(update_fields=["state", "touched_at"])


def resume(fact: CallDeferred | CallWithdrawn) -> None:
    """Give a text back to its editors when its call ends without a determination."""
    if output := _work_under(fact.call_id):
        output.follow("end_call")
        output.touched_at = fact.at
        output.save(update_fields=["state", "touched_at"])
