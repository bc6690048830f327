"""What the clock starts that is about the whole house."""

import logging
from datetime import timedelta

from django.conf import settings
from django.tasks import TaskContext, task

from intersession.kit import clock
from intersession.lists.models import MailingList
from intersession.lists.queries import echoes
from intersession.site import making
from intersession.site.letters import tell_nothing_came_back
from intersession.site.post import selfpost

log = logging.getLogger(__name__)

IN_TIME = timedelta(minutes=30)


@task(takes_context=True)
def write_pages(context: TaskContext[..., int], list_id: int, language: str) -> int:
    """Write the archive of a list as pages for somebody who asked."""
    found = MailingList.objects.select_related("coalition").get(pk=list_id)
    return making.pages(context.task_result.id, found, language, at=clock.now())


@task
def send_to_ourselves() -> int:
    """Send a mail to ourselves for each domain of lists; none in a demo."""
    sent = 0
    if settings.DEMO or not settings.MAIL_HOST:
        return sent
    for one in selfpost.probed():
        try:
            selfpost.send(one, at=clock.now())
            sent += 1
        except selfpost.NotSent as problem:
            log.error("A mail to ourselves could not be sent: %s", problem)  # noqa: TRY400 (the sentence says it)
    return sent


@task
def look_what_came_back() -> bool:
    """Alarm, in the log and by letter, where the mail to ourselves has not come back in time."""
    at = clock.now()
    if settings.DEMO or not settings.MAIL_HOST or not selfpost.probed():
        return True
    echo = echoes.last_echo(at=at)
    if echo is not None and echo.at > at - IN_TIME:
        return True
    log.error("The mail to ourselves has not come back. `intersession mail status` says more.")
    tell_nothing_came_back(at=at)
    return False
