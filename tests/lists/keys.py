"""A key of tests, and the DNS that knows it. Made once, as making one takes long."""

from functools import cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from intersession.lists.formats.signing import Signer, dns_record, make_key
from intersession.lists.rules.composing.ways import Ways

DOMAIN = "lists.example.org"


@cache
def _key(domain: str, selector: str) -> str:
    return make_key()[0]


def signer(domain: str = DOMAIN, selector: str = "one") -> Signer:
    return Signer(domain, selector, _key(domain, selector))


def an_ed25519_signer() -> Signer:
    pem = ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Signer(DOMAIN, "ed", pem.decode())


def dns(name: bytes, timeout: int = 5) -> bytes | None:
    """Answer as DNS does, for the keys that tests have made."""
    selector, _, domain = name.decode().rstrip(".").partition("._domainkey.")
    return dns_record(signer(domain, selector).key).encode()


def ways(**more: object) -> Ways:
    given = {
        "list_id": "dc.lists.example.org",
        "title": "Coalition",
        "address": "dc@lists.example.org",
        "authserv_id": "mx.example.org",
        "help": ("dc-request@lists.example.org",),
        "owner": ("dc-owner@lists.example.org",),
        "archive": ("https://example.org/dc/",),
        "subscribe": ("dc-join@lists.example.org",),
    }
    return Ways(**{**given, **more})  # type: ignore[arg-type]


ARCHIVED = "https://example.org/dc/messages/1/"
CLICK = "https://example.org/leave/abc/"
LEAVE = "dc-leave@lists.example.org"
