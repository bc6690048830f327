"""Posts, and what is known of them, for tests of judging."""

from intersession.lists.rules.judging import Authentic, Known, Policy, Signs, signs

LIST = "talk@lists.example.net"
LIST_ID = "talk.lists.example.net"
ANN = "ann@example.org"

POLICY = Policy(LIST, LIST_ID)
PROVEN = Authentic(True, "example.org", "dkim", "none")
UNPROVEN = Authentic(False, "example.org", "", "none")
SUBSCRIBER = Known(is_subscriber=True, posts_before=3)
OFFICER = Known(is_officer=True)
STRANGER = Known()


def post(more: str = "", body: str = "Words about the matter.", *, author: str = ANN) -> bytes:
    """Write a post to the list, with `more` fields (each ending in a line break)."""
    head = f"From: Ann <{author}>\r\nTo: Talk <{LIST}>\r\nSubject: Matters\r\n"
    return f"{head}Message-ID: <1@example.org>\r\n{more}\r\n{body}\r\n".encode()


def signs_of(
    more: str = "", body: str = "Words about the matter.", *, envelope: str = ANN
) -> Signs:
    """Read the signs of such a post."""
    return signs(post(more, body), envelope)


def attachment(name: str, kind: str = "application/octet-stream", body: str = "eA==") -> bytes:
    """Write a post with one file."""
    fields = 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n'
    file = (
        f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{body}"
    )
    return post(fields, f"--b\r\n\r\nSee the file.\r\n--b\r\n{file}\r\n--b--")
