"""What a judge knows besides the mail: the list's rules, its sender, and whether From is true."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """
    What a list allows.

    `may_post` and `Known.standing` are values of `states.Posting` and `states.Standing`; nodes are
    numbers of messages as `identity.node_of` makes them; no limit of size is 0, no threshold None.
    """

    address: str
    list_id: str
    is_announcement: bool = False
    moderates_first: bool = False
    is_stopped: bool = False
    closed: frozenset[int] = frozenset()
    max_bytes: int = 0
    may_post: str = "subscribers"
    spam_threshold: float | None = None
    other_addresses: frozenset[str] = frozenset()

    @property
    def addresses(self) -> frozenset[str]:
        """All addresses of the list, in small letters."""
        return self.other_addresses | {self.address.lower()}

    @property
    def is_for_officers(self) -> bool:
        """Whether only the holders of an office write to it."""
        return self.is_announcement or self.may_post == "officers"


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows of the one that From names, by any of their verified addresses."""

    is_subscriber: bool = False
    is_member: bool = False
    is_officer: bool = False
    standing: str = ""
    posts_before: int = 0
    has_consented_by_reply: bool = False

    @property
    def is_anybody(self) -> bool:
        """Whether the house knows them at all."""
        return self.is_subscriber or self.is_member or self.is_officer


@dataclass(frozen=True, slots=True)
class Finding:
    """One method's result (RFC 8601, 2.7): `dkim`, `pass`, with properties as `header.d`."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Authentic:
    """
    Whether the From domain is authenticated, by what, and what that domain asks of receivers.

    `policy` is `none`, `quarantine`, `reject`, or `unknown` where DNS was silent; `arc` is `none`,
    `pass` or `fail`.
    """

    is_authenticated: bool = False
    domain: str = ""
    by: str = ""
    policy: str = "unknown"
    arc: str = "none"
    findings: tuple[Finding, ...] = ()

    @property
    def wants_mitigation(self) -> bool:
        """Whether a copy that no longer authenticates may be refused; yes if unknown."""
        return self.policy != "none"
