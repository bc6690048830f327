from django.urls import path

from intersession.decisions import feeds
from intersession.decisions.views import calls, mailed, objections, statements

app_name = "decisions"

OBJECTION = "<slug:slug>/objections/<int:number>/"
STATEMENT = "<slug:slug>/statements/"

urlpatterns = [
    path("", calls.index, name="index"),
    path("receipts/<str:token>/", mailed.receipt, name="receipt"),
    path("receipts/<str:token>/undoing/", mailed.undoing, name="undoing"),
    path("proposals/<str:token>/", mailed.proposal, name="proposal"),
    path("proposals/<str:token>/confirmation/", mailed.confirmation, name="proposal_confirmation"),
    path("<slug:slug>/", calls.show, name="show"),
    path("<slug:slug>/positions/<int:number>/mail/", mailed.evidence, name="evidence"),
    path("<slug:slug>/end.ics", feeds.calendar, name="calendar"),
    path("<slug:slug>/record.json", feeds.record, name="record"),
    path("<slug:slug>/position/", calls.position, name="position"),
    path("<slug:slug>/determination/", calls.determination, name="determination"),
    path("<slug:slug>/deferral/", calls.deferral, name="deferral"),
    path("<slug:slug>/withdrawal/", calls.withdrawal, name="withdrawal"),
    path("<slug:slug>/correction/", calls.correction, name="correction"),
    path("<slug:slug>/refusal/", statements.refusal, name="refusal"),
    path(OBJECTION + "answer/", objections.answer, name="answer"),
    path(OBJECTION + "understanding/", objections.understanding, name="understanding"),
    path(OBJECTION + "disposition/", objections.disposition, name="disposition"),
    path(OBJECTION + "standing/", objections.standing, name="standing"),
    path(OBJECTION + "withdrawal/", objections.withdrawal, name="objection_withdrawal"),
    path(STATEMENT, statements.write, name="statements"),
    path(STATEMENT + "<int:number>/", statements.show, name="statement"),
    path(STATEMENT + "<int:number>/signatures/", statements.signatures, name="signatures"),
    path(STATEMENT + "<int:number>/confirmation/", statements.confirmation, name="confirmation"),
    path(
        STATEMENT + "<int:number>/withdrawal/", statements.withdrawal, name="statement_withdrawal"
    ),
]
