from intersession.lists.models.answers import MailAnswer
from intersession.lists.models.archive import (
    Attachment,
    Author,
    Content,
    Ghost,
    ImportRun,
    MailingList,
    Message,
    Month,
    Refusal,
    Thread,
    message_address,
)
from intersession.lists.models.correspondence import Correspondence
from intersession.lists.models.moved import OldUrl
from intersession.lists.models.posts import Arrival, Bounce, Held, Issue, Parcel, Relay
from intersession.lists.models.redactions import ErasureRequest, QuotedCopy, Redaction
from intersession.lists.models.subscriptions import (
    Answered,
    Health,
    PostingRight,
    Question,
    Subscription,
    Tally,
    Watch,
)

__all__ = [
    "Answered",
    "Arrival",
    "Attachment",
    "Author",
    "Bounce",
    "Content",
    "Correspondence",
    "ErasureRequest",
    "Ghost",
    "Health",
    "Held",
    "ImportRun",
    "Issue",
    "MailAnswer",
    "MailingList",
    "Message",
    "Month",
    "OldUrl",
    "Parcel",
    "PostingRight",
    "Question",
    "QuotedCopy",
    "Redaction",
    "Refusal",
    "Relay",
    "Subscription",
    "Tally",
    "Thread",
    "Watch",
    "message_address",
]
