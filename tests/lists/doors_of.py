from datetime import timedelta
from typing import Any
from zlib import compress

from intersession.lists import actions
from intersession.lists.models import (
    Correspondence,
    ErasureRequest,
    Message,
    PostingRight,
    Question,
    Relay,
    Subscription,
)
from intersession.lists.queries.tokens import leave_token, question_token
from intersession.lists.states import Purpose
from intersession.lists.testing import a_list
from intersession.people.testing import NOON
from tests.doors import Door, World, the_coalition
from tests.lists.held import a_held_post
from tests.lists.mail import mail

FILE = (
    'MIME-Version: 1.0\nContent-Type: application/pdf; name="a.pdf"\n'
    "Content-Disposition: attachment\n"
)


def _message(world: World) -> Message:
    if "message" not in world.more:
        mailing_list = a_list(world.coalition)
        world.more["message"] = actions.archive(mailing_list, mail(more=FILE), at=NOON)
    message: Message = world.more["message"]
    return message


def the_list(world: World) -> list[Any]:
    return [_message(world).mailing_list.name]


def the_month(world: World) -> list[Any]:
    return [*the_list(world), 2026, 3]


def the_day(world: World) -> list[Any]:
    return [*the_list(world), "2026-05-03"]


def the_author(world: World) -> list[Any]:
    return [*the_list(world), _message(world).author_id]


def the_message(world: World) -> list[Any]:
    return [*the_list(world), _message(world).permalink]


def the_request(world: World) -> list[Any]:
    message = _message(world)
    if "request" not in world.more:
        world.more["request"] = ErasureRequest.objects.create(
            message=message, by=world.member, what="body", at=NOON
        )
    return [*the_message(world), world.more["request"].pk]


def the_page(world: World) -> list[Any]:
    message = _message(world)
    page = mail("page@example.org", "<p>Words.</p>", more="Content-Type: text/html\n")
    laid = actions.archive(message.mailing_list, page, at=NOON)
    return [message.mailing_list.name, laid.permalink]


def the_file(world: World) -> list[Any]:
    return [*the_message(world), 0]


def the_question(world: World) -> list[Any]:
    asked = Question.objects.create(
        purpose=Purpose.JOIN, mailing_list=_message(world).mailing_list, asked_at=NOON,
        address="reader@example.org", ends_at=NOON + timedelta(days=36_500),
    )  # fmt: skip
    return [question_token(asked)]


def the_way_out(world: World) -> list[Any]:
    subscription = Subscription.objects.create(
        mailing_list=_message(world).mailing_list, address="reader@example.org", since=NOON
    )
    return [leave_token(subscription.pk)]


def the_old_place(world: World) -> list[Any]:
    mailing_list = _message(world).mailing_list
    actions.register_old_urls(None, mailing_list, "https://old.example/talk", at=NOON)
    return ["old.example", "talk/"]


def the_relay(world: World) -> list[Any]:
    relay = Relay.objects.create(message=_message(world), at=NOON, tripped_at=NOON)
    return [*the_list(world), relay.pk]


def the_right(world: World) -> list[Any]:
    right = PostingRight.objects.create(
        mailing_list=_message(world).mailing_list, address="x@example.org", standing="moderated",
        since=NOON,
    )  # fmt: skip
    return [*the_list(world), right.pk]


def the_held(world: World) -> list[Any]:
    mailing_list = _message(world).mailing_list
    return [mailing_list.name, a_held_post(mailing_list).pk]


def the_subscription(world: World) -> list[Any]:
    subscription = Subscription.objects.create(
        mailing_list=_message(world).mailing_list, address="m@example.org", since=NOON,
        person=world.member, stopped_at=NOON, stopped_by="bounces",
    )  # fmt: skip
    return [subscription.pk]


def the_mail(world: World) -> list[Any]:
    mail = Correspondence.objects.create(
        mailing_list=_message(world).mailing_list, mailbox="owner", to="o@example.org", at=NOON,
        key=b"k", raw=compress(b"Subject: x\n\nHello."),
    )  # fmt: skip
    return [mail.pk]


DOORS = {
    "lists:all_correspondence": Door("get", 302, 403, 403, 200),
    "lists:correspondence": Door("get", 302, 403, 200, 200, the_list),
    "lists:office_mail": Door("get", 302, 403, 200, 200, the_mail),
    "lists:subscriptions": Door("get", 302, 200, 200, 200),
    "lists:subscription": Door("get", 302, 200, 404, 404, the_subscription),
    "lists:departure": Door("post", 302, 403, 404, 404, the_subscription),
    "lists:resumption": Door("post", 302, 403, 404, 404, the_subscription),
    "lists:joining": Door("get", 200, 200, 200, 200, the_list),
    "lists:relay": Door("get", 302, 403, 200, 200, the_relay),
    "lists:own_posts": Door("get", 302, 200, 200, 200),
    "lists:opening": Door("get", 302, 403, 200, 200, the_coalition),
    "lists:handled": Door("get", 200, 200, 200, 200, the_list),
    "lists:settings": Door("get", 302, 403, 200, 200, the_list),
    "lists:stop": Door("post", 302, 403, 200, 200, the_list),
    "lists:release": Door("post", 302, 403, 302, 302, the_list),
    "lists:list_closing": Door("post", 302, 403, 302, 302, the_list),
    "lists:list_reopening": Door("post", 302, 403, 302, 302, the_list),
    "lists:posting": Door("get", 302, 403, 200, 200, the_list),
    "lists:lifting": Door("post", 302, 403, 302, 302, the_right),
    "lists:queue": Door("get", 302, 403, 200, 200, the_list),
    "lists:held": Door("get", 302, 403, 200, 200, the_held),
    "lists:held_raw": Door("get", 302, 403, 200, 200, the_held),
    "lists:approval": Door("post", 302, 403, 302, 302, the_held),
    "lists:trust": Door("post", 302, 403, 302, 302, the_held),
    "lists:rejection": Door("post", 302, 403, 200, 200, the_held),
    "lists:disposal": Door("post", 302, 403, 302, 302, the_held),
    "lists:held_claim": Door("post", 302, 403, 302, 302, the_held),
    "lists:held_unclaiming": Door("post", 302, 403, 302, 302, the_held),
    "old-url": Door("get", 301, 301, 301, 301, the_old_place),
    "lists:question": Door("get", 200, 200, 200, 200, the_question),
    "lists:leaving": Door("post", 200, 200, 200, 200, the_way_out),
    "lists:index": Door("get", 200, 200, 200, 200),
    "lists:show": Door("get", 200, 200, 200, 200, the_list),
    "lists:feed": Door("get", 200, 200, 200, 200, the_list),
    "lists:archive": Door("get", 200, 200, 200, 200, the_list),
    "lists:maildir": Door("get", 200, 200, 200, 200, the_list),
    "lists:lines": Door("get", 200, 200, 200, 200, the_list),
    "lists:site": Door("get", 200, 200, 200, 200, the_list),
    "lists:month": Door("get", 200, 200, 200, 200, the_month),
    "lists:since_day": Door("get", 302, 302, 302, 302, the_list),
    "lists:since": Door("get", 200, 200, 200, 200, the_day),
    "lists:author": Door("get", 200, 200, 200, 200, the_author),
    "lists:thread": Door("get", 200, 200, 200, 200, the_message),
    "lists:thread_text": Door("get", 200, 200, 200, 200, the_message),
    "lists:thread_whole": Door("get", 200, 200, 200, 200, the_message),
    "lists:thread_mbox": Door("get", 200, 200, 200, 200, the_message),
    "lists:thread_feed": Door("get", 200, 200, 200, 200, the_message),
    "lists:following": Door("post", 302, 403, 403, 403, the_message),
    "lists:muting": Door("post", 302, 403, 403, 403, the_message),
    "lists:unwatching": Door("post", 302, 403, 403, 403, the_message),
    "lists:message": Door("get", 200, 200, 200, 200, the_message),
    "lists:redaction": Door("get", 302, 403, 200, 200, the_message),
    "lists:refusal": Door("post", 302, 403, 409, 409, the_request),
    "lists:erasure": Door("get", 302, 403, 403, 403, the_message),
    "lists:own": Door("get", 302, 200, 200, 200),
    "lists:answer": Door("get", 302, 200, 200, 200, the_message),
    "lists:new": Door("get", 302, 200, 200, 200, the_list),
    "lists:place": Door("get", 302, 403, 200, 200, the_message),
    "lists:arrangement": Door("get", 302, 403, 200, 200, the_message),
    "lists:closure": Door("post", 302, 403, 302, 302, the_message),
    "lists:reopening": Door("post", 302, 403, 302, 302, the_message),
    "lists:layout": Door("get", 200, 200, 200, 200, the_page),
    "lists:layout_page": Door("get", 200, 200, 200, 200, the_page),
    "lists:raw": Door("get", 200, 200, 200, 200, the_message),
    "lists:file": Door("get", 200, 200, 200, 200, the_file),
}
