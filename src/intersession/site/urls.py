from django.urls import include, path

from intersession.site.views import coalition, demo, directory, home

COALITIONS = [
    path("", directory.index, name="index"),
    path("<slug:slug>/", coalition.show, name="show"),
    path("<slug:slug>/people/", coalition.people, name="people"),
]
"""Pages about one coalition are made of many apps, so they live in the roof."""

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("intersession.people.urls")),
    path("demo/clock/", demo.move, name="demo-clock"),
    path("demo/person/", demo.become, name="demo-person"),
    path("coalitions/", include((COALITIONS, "coalitions"))),
    path("", include("intersession.membership.urls")),
    path("calls/", include("intersession.decisions.urls")),
]
