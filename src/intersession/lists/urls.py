from django.urls import path

from intersession.lists import feeds
from intersession.lists.views import (
    answering,
    arranging,
    catching,
    exports,
    layouts,
    lists,
    messages,
    posting,
    queue,
    redactions,
    relays,
    threads,
    watching,
)

app_name = "lists"

LIST = "<slug:name>/"
THREAD = f"{LIST}threads/<str:permalink>/"
MESSAGE = f"{LIST}messages/<str:permalink>/"
HELD = f"{LIST}queue/<int:number>/"

urlpatterns = [
    path("", lists.index, name="index"),
    path("own-posts.mbox", redactions.own, name="own"),
    path("questions/<str:token>/", answering.question, name="question"),
    path("leaving/<str:token>/", answering.leaving, name="leaving"),
    path(LIST, lists.show, name="show"),
    path(f"{LIST}feed.atom", feeds.of_list, name="feed"),
    path(f"{LIST}archive.mbox", exports.archive, name="archive"),
    path(f"{LIST}archive-maildir.zip", exports.maildir, name="maildir"),
    path(f"{LIST}archive.jsonl", exports.lines, name="lines"),
    path(f"{LIST}archive-pages.zip", exports.site, name="site"),
    path(f"{LIST}<int:year>/<int:month>/", lists.month, name="month"),
    path(f"{LIST}authors/<int:number>/", lists.author, name="author"),
    path(f"{LIST}new/", posting.begin, name="new"),
    path(f"{LIST}since/", catching.choose, name="since_day"),
    path(f"{LIST}since/<str:day>/", catching.show, name="since"),
    path(f"{LIST}relays/<int:number>/", relays.show, name="relay"),
    path(f"{LIST}queue/", queue.show, name="queue"),
    path(HELD, queue.post, name="held"),
    path(f"{HELD}raw/", queue.raw, name="held_raw"),
    path(f"{HELD}approval/", queue.approval, name="approval"),
    path(f"{HELD}trust/", queue.trust, name="trust"),
    path(f"{HELD}rejection/", queue.rejection, name="rejection"),
    path(f"{HELD}disposal/", queue.disposal, name="disposal"),
    path(f"{HELD}claim/", queue.claim, name="held_claim"),
    path(f"{HELD}unclaiming/", queue.unclaiming, name="held_unclaiming"),
    path(THREAD, threads.show, name="thread"),
    path(f"{THREAD}whole.txt", threads.whole_text, name="thread_text"),
    path(f"{THREAD}whole/", threads.whole, name="thread_whole"),
    path(f"{THREAD}thread.mbox", exports.thread, name="thread_mbox"),
    path(f"{THREAD}feed.atom", feeds.of_thread, name="thread_feed"),
    path(f"{THREAD}arrangement/", arranging.arrangement, name="arrangement"),
    path(f"{THREAD}closure/", arranging.closure, name="closure"),
    path(f"{THREAD}reopening/", arranging.reopening, name="reopening"),
    path(f"{THREAD}following/", watching.following, name="following"),
    path(f"{THREAD}muting/", watching.muting, name="muting"),
    path(f"{THREAD}unwatching/", watching.unwatching, name="unwatching"),
    path(MESSAGE, messages.show, name="message"),
    path(f"{MESSAGE}layout/", layouts.show, name="layout"),
    path(f"{MESSAGE}layout/page/", layouts.page, name="layout_page"),
    path(f"{MESSAGE}answer/", posting.answer, name="answer"),
    path(f"{MESSAGE}place/", arranging.place, name="place"),
    path(f"{MESSAGE}redaction/", redactions.redaction, name="redaction"),
    path(f"{MESSAGE}redaction/requests/<int:number>/", redactions.refusal, name="refusal"),
    path(f"{MESSAGE}erasure/", redactions.erasure, name="erasure"),
    path(f"{MESSAGE}raw/", messages.raw, name="raw"),
    path(f"{MESSAGE}files/<int:position>/", messages.file, name="file"),
]
