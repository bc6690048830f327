from django.urls import path

from intersession.coalitions import views

app_name = "coalitions"

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.show, name="show"),
]
