from django.urls import path

from intersession.outputs.views import (
    commenting,
    drafts,
    keeping,
    known,
    library,
    publishing,
    writing,
)

app_name = "outputs"

DRAFT = "drafts/<slug:reference>/"
WORK = "coalitions/<slug:slug>/work/"

urlpatterns = [
    path("outputs/", library.index, name="index"),
    path("outputs/known/", known.index, name="known_index"),
    path("outputs/known/<slug:key>/", known.show, name="known"),
    path("outputs/<slug:reference>/", library.show, name="show"),
    path("outputs/<slug:reference>/v<int:number>/", library.edition, name="edition"),
    path("outputs/<slug:reference>/v<int:number>.<slug:ending>", keeping.file, name="file"),
    path(
        "outputs/<slug:reference>/v<int:number>/statements/<int:statement>/",
        publishing.confirmation,
        name="confirmation",
    ),
    path(WORK, writing.work, name="work"),
    path(f"{WORK}new/", writing.start, name="start"),
    path(DRAFT, drafts.draft, name="draft"),
    path(f"{DRAFT}writing/", writing.writing, name="writing"),
    path(f"{DRAFT}description/", writing.description, name="description"),
    path(f"{DRAFT}credit/", writing.credit, name="credit"),
    path(f"{DRAFT}versions/<int:number>/", drafts.version, name="version"),
    path(f"{DRAFT}versions/<int:number>/text/", drafts.whole, name="whole"),
    path(f"{DRAFT}versions/<int:old>/to/<int:new>/", drafts.changes, name="changes"),
    path(f"{DRAFT}paragraphs/<slug:key>/", drafts.paragraph, name="paragraph"),
    path(f"{DRAFT}paragraphs/<slug:key>/match/", writing.match, name="match"),
    path(f"{DRAFT}rounds/", commenting.rounds, name="rounds"),
    path(f"{DRAFT}rounds/<int:number>/close/", commenting.close, name="close"),
    path(f"{DRAFT}comments/", commenting.comments, name="comments"),
    path(f"{DRAFT}comments/<int:number>/answer/", commenting.answer, name="answer"),
    path(f"{DRAFT}comments/<int:number>/suggestion/", commenting.suggestion, name="suggestion"),
    path(f"{DRAFT}ledger/", commenting.ledger, name="ledger"),
    path(f"{DRAFT}ledger.csv", commenting.ledger_csv, name="ledger_csv"),
    path(f"{DRAFT}call/", publishing.call, name="call"),
    path(f"{DRAFT}publication/", publishing.publication, name="publication"),
    path(f"{DRAFT}declaration/", publishing.declaration, name="declaration"),
    path(f"{DRAFT}return/", publishing.back, name="return"),
    path(f"{DRAFT}revision/", publishing.revision, name="revision"),
    path(f"{DRAFT}withdrawal/", publishing.withdrawal, name="withdrawal"),
]
