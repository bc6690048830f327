from django.urls import path

from intersession.decisions import feeds
from intersession.decisions.views import calls, statements

app_name = "decisions"

urlpatterns = [
    path("", calls.index, name="index"),
    path("<slug:slug>/", calls.show, name="show"),
    path("<slug:slug>/end.ics", feeds.calendar, name="calendar"),
    path("<slug:slug>/record.json", feeds.record, name="record"),
    path("<slug:slug>/statements/", statements.write, name="statements"),
    path("<slug:slug>/statements/<int:number>/", statements.show, name="statement"),
]
