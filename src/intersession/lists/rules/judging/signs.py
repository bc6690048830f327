"""What a mail says of itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
    """
    The signs of one mail. Addresses and list ids are in small letters; sizes are bytes.

    `authors` are all addresses of all From fields; `is_clear` says that every way of reading From
    gives the same one. `nodes` are the messages it names (`identity.node_of`), `named` who stands
    in To and Cc, `doubled` the fields that may stand once and do not. `asks` is the command that
    a body of one line gives (`leave`, `join`, `help`), else empty.
    """

    size: int = 0
    envelope: str = ""
    authors: tuple[str, ...] = ()
    is_clear: bool = False
    doubled: frozenset[str] = frozenset()
    message_id: str = ""
    nodes: tuple[int, ...] = ()
    named: frozenset[str] = frozenset()
    list_ids: frozenset[str] = frozenset()
    list_posts: frozenset[str] = frozenset()
    received: int = 0
    auto_submitted: str = ""
    precedence: str = ""
    is_daemon: bool = False
    is_auto_reply: bool = False
    is_away: bool = False
    is_report: bool = False
    wants_no_answer: bool = False
    is_spam: bool = False
    spam_score: float | None = None
    executables: tuple[str, ...] = ()
    is_overfull: bool = False
    is_encrypted: bool = False
    is_signed: bool = False
    is_reply_to_digest: bool = False
    asks: str = ""

    @property
    def author(self) -> str:
        """The one author, empty where there is none or more than one."""
        return self.authors[0] if len(self.authors) == 1 else ""

    @property
    def is_null_sender(self) -> bool:
        """Whether the return path is the null one of reports and automatic answers."""
        return self.envelope == ""

    @property
    def is_submitted_automatically(self) -> bool:
        """Whether it says so (RFC 3834, 5)."""
        return self.auto_submitted not in ("", "no")
