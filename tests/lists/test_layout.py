"""HTML mail as it was laid out, shut in."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.models import Message
from intersession.lists.rules.layout import laid_out
from intersession.lists.rules.mime import part_of
from intersession.lists.testing import a_list
from tests.lists.archive import archived
from tests.lists.mail import mail

EVIL = (
    '<style>@import "//x.example"</style><script>alert(1)</script><p onclick="x()" '
    'style="color:red;background:url(//x.example/p)">Words</p><img src="https://x.example/spy.gif">'
    '<a href="javascript:x()">a</a> <a href="https://example.org/">b</a> eve@example.org'
    '<form action="//x.example"><input></form><iframe src="//x.example"></iframe>'
    '<svg onload="x()"></svg><base href="//x.example">' + "<p>More words.</p>" * 40
)


def of_html(page: str) -> str:
    return laid_out(part_of(mail(body=page, more="Content-Type: text/html\n")))


def test_nothing_acts_and_nothing_is_loaded() -> None:
    page = of_html(EVIL)

    for sign in ("script", "onclick", "x.example", "<img", "<form", "<iframe", "<svg", "<base",
                 "eve@example"):  # fmt: skip
        assert sign not in page
    assert '<p style="color:red">Words</p>' in page
    assert '<a href="https://example.org/" rel="noopener noreferrer nofollow">b</a>' in page


@given(st.text("<>/=\"' abpscriptstyle&;\x00", max_size=200))
def test_no_page_raises(page: str) -> None:
    assert "<script" not in of_html(page)


def test_a_deep_page_is_flattened_in_bounded_time() -> None:
    assert "deep" in of_html("<div>" * 50_000 + "deep")


def an_html_mail() -> Message:
    """Archive a mail with no text but HTML."""
    [message] = archived(a_list(), [mail(body=EVIL, more="Content-Type: text/html\n")])
    return message


@pytest.mark.django_db
def test_a_mail_without_text_offers_its_layout_in_a_frame(client: Client) -> None:
    own = an_html_mail().get_absolute_url()

    assert f'href="{own}layout/"' in client.get(own).content.decode()
    outside, inside = client.get(f"{own}layout/"), client.get(f"{own}layout/page/")

    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in outside.content.decode()
    assert "frame-src 'self'" in outside.headers["Content-Security-Policy"]
    policy = inside.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert inside.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src" not in client.get(own).headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_mail_with_a_text_has_no_layout_to_show(client: Client) -> None:
    [message] = archived(a_list(), [mail()])
    own = message.get_absolute_url()
    assert "layout/" not in client.get(own).content.decode()
    assert client.get(f"{own}layout/").status_code == 404
    assert client.get(f"{own}layout/page/").status_code == 404
