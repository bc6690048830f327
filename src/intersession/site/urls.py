from django.urls import include, path

from intersession.lists.views import old
from intersession.site.views import (
    about,
    coalition,
    demo,
    directory,
    home,
    letters,
    machines,
    making,
    record,
    search,
)

COALITIONS = [
    path("", directory.index, name="index"),
    path("<slug:slug>/", coalition.show, name="show"),
    path("<slug:slug>/people/", coalition.people, name="people"),
    path("<slug:slug>/list/", coalition.mailing_list, name="list"),
]
"""Pages about one coalition are made of many apps, so they live in the roof."""

MACHINES = [
    path("livez", machines.livez, name="livez"),
    path("readyz", machines.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-pages.xml", machines.sitemap_pages, name="sitemap-pages"),
    path("sitemap-<slug:name>-<int:number>.xml", machines.sitemap_part, name="sitemap-part"),
]
RECORD = [
    path("record/", record.whole, name="whole"),
    path("record/<int:number>/", record.entry, name="entry"),
    path("record/feed/", record.feed, name="feed"),
    path("record/export/", record.export, name="export"),
    path("record/checkpoints/", record.checkpoints, name="checkpoints"),
    path("record/verifier/", record.verifier, name="verifier"),
    path("coalitions/<slug:slug>/record/", record.timeline, name="timeline"),
    path("coalitions/<slug:slug>/record/feed/", record.timeline_feed, name="timeline_feed"),
]
"""The pages of the record say in sentences what every app has done, so they live in the roof."""

MADE = [
    path("made/<uuid:run>/", making.run, name="run"),
    path("made/<uuid:run>/file/", making.file, name="file"),
]
"""What tasks make for people, whatever app it is about."""

handler400 = "intersession.site.views.errors.misunderstood"
handler404 = "intersession.site.views.errors.absent"

urlpatterns = [
    path("", home.home, name="home"),
    path("desk/", home.desk, name="desk"),
    path("about/", about.about, name="about"),
    path("about/accessibility/", about.accessibility, name="accessibility"),
    *MACHINES,
    path("search/", search.search, name="search"),
    path("", include("intersession.people.urls")),
    path("demo/clock/", demo.move, name="demo-clock"),
    path("demo/person/", demo.become, name="demo-person"),
    path("", include("intersession.outputs.urls")),
    path("lists/<slug:name>/pages/", making.carrying, name="carrying"),
    path("lists/<slug:name>/pages/file/", making.carried, name="carried"),
    path("", include((MADE, "jobs"))),
    path("lists/", include("intersession.lists.urls")),
    path("old/<str:host>/<path:rest>", old.elsewhere, name="old-url"),
    path("calls/", include("intersession.decisions.urls")),
    path("", include((RECORD, "journal"))),
    path("letters/", letters.index, name="letters"),
    path("letters/copies/<int:number>/", letters.copy, name="copy"),
    path("letters/<int:number>/", letters.show, name="letter"),
    path("coalitions/", include((COALITIONS, "coalitions"))),
    path("coalitions/", include("intersession.coalitions.urls")),
    path("", include("intersession.membership.urls")),
]
