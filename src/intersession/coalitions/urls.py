from django.urls import path

from intersession.coalitions import views

app_name = "register"

urlpatterns = [
    path("<slug:slug>/page/", views.page, name="page"),
    path("<slug:slug>/confirmation/", views.confirmation, name="confirmation"),
]
