"""Couriers speak TLS and sign in where the mail server is not on the same machine."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from intersession.lists.formats.courier.messages import Down, Sent
from tests.lists.servers import FEATURES, a_server
from tests.lists.test_courier import couriers, posted, readers, settled


def certified(folder: Path) -> Path:
    """Make a certificate of 127.0.0.1, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    since = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=36_500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    place = folder / "server.pem"
    place.write_bytes(
        key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(pem)
    )  # fmt: skip
    return place


@pytest.fixture
def secure(tmp_path: Path) -> SSLContext:
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certified(tmp_path))
    return context


@pytest.fixture
def trusted(tmp_path: Path, secure: SSLContext, monkeypatch: pytest.MonkeyPatch) -> SSLContext:
    """Give a context whose certificate the couriers know."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
    return secure


@pytest.mark.parametrize(
    ("security", "features"), [("tls", FEATURES), ("starttls", (*FEATURES, "STARTTLS"))]
)
def test_copies_go_over_tls_after_signing_in(
    security: str, features: tuple[str, ...], trusted: SSLContext
) -> None:
    with (
        a_server(features=features, secure=trusted) as server,
        closing(couriers(server, security=security, user="me", password="secret")) as by,
    ):
        posted(by, readers(1, 2))
        events = settled(by)

    assert [type(event) for event in events] == [Sent, Sent]
    lines = [line for connection, line in server.log if connection == 1]
    assert "AUTH PLAIN AG1lAHNlY3JldA==" in lines
    assert lines.index("AUTH PLAIN AG1lAHNlY3JldA==") > lines.index("EHLO localhost")
    if security == "starttls":
        assert lines[:3] == ["EHLO localhost", "STARTTLS", "EHLO localhost"]


def test_a_server_whose_certificate_nobody_knows_gets_nothing(secure: SSLContext) -> None:
    with (
        a_server(secure=secure) as server,
        closing(couriers(server, security="tls")) as by,
    ):
        posted(by, readers(1))
        events = settled(by)

    assert [type(event) for event in events] == [Down]
    assert server.contents == []


def test_a_server_that_offers_no_tls_gets_no_password() -> None:
    with (
        a_server() as server,
        closing(couriers(server, security="starttls", user="me", password="secret")) as by,
    ):
        posted(by, readers(1))
        (event,) = settled(by)

    assert isinstance(event, Down)
    assert event.words == "The server offers no TLS."
    assert server.heard("AUTH") == []


def test_a_server_that_refuses_the_password_gets_no_mail() -> None:
    with (
        a_server(lambda c, _: "535 5.7.8 no" if c == "AUTH" else None) as server,
        closing(couriers(server, user="me", password="wrong")) as by,
    ):
        posted(by, readers(1))
        (event,) = settled(by)

    assert isinstance(event, Down)
    assert event.words == "535 5.7.8 no"
    assert event.unsent == [(7, 1)]


def test_a_server_that_asks_for_name_and_password_one_by_one_gets_them() -> None:
    def answer(command: str, line: str) -> str | None:
        asked = {
            "AUTH": "334 VXNlcm5hbWU6",
            "BWU=": "334 UGFzc3dvcmQ6",
            "C2VJ": "235 2.7.0 welcome",
        }
        return asked.get(command)

    with (
        a_server(answer, features=(*FEATURES, "AUTH LOGIN XOAUTH2")) as server,
        closing(couriers(server, user="me", password="secret")) as by,
    ):
        posted(by, readers(1))
        events = settled(by)

    assert [type(event) for event in events] == [Sent]
    assert [line for _, line in server.log][1:4] == ["AUTH LOGIN", "bWU=", "c2VjcmV0"]
