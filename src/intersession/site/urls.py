from django.urls import include, path

from intersession.site.views import demo, home

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("intersession.people.urls")),
    path("demo/clock/", demo.move, name="demo-clock"),
    path("demo/person/", demo.become, name="demo-person"),
    path("coalitions/", include("intersession.coalitions.urls")),
]
