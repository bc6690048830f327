from django.urls import path

from intersession.membership import views

app_name = "membership"

urlpatterns = [
    path("coalitions/<slug:slug>/membership/", views.membership, name="membership"),
    path("coalitions/<slug:slug>/departure/", views.departure, name="departure"),
]
