from django.urls import include, path

from intersession.site.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("coalitions/", include("intersession.coalitions.urls")),
]
