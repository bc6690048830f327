"""Addresses of a list: posts, requests, tokens, offices, roles; a list's whole name comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.rules.addresses import Kind, Recipient, read

DOMAIN = "lists.example.net"


def kinds(address: str, delimiter: str = "+") -> list[tuple[str, str, str]]:
    return [(one.list_name, one.kind, one.token) for one in read(address, delimiter)]


@pytest.mark.parametrize(
    ("local", "kind"),
    [
        ("talk-request", Kind.REQUEST),
        ("talk-join", Kind.JOIN),
        ("talk-subscribe", Kind.JOIN),
        ("talk-leave", Kind.LEAVE),
        ("talk-unsubscribe", Kind.LEAVE),
        ("talk-owner", Kind.OWNER),
        ("talk-secretariat", Kind.SECRETARIAT),
        ("talk-bounces", Kind.BOUNCES),
    ],
)
def test_each_sub_address_is_read_after_the_whole_name(local: str, kind: Kind) -> None:
    assert kinds(f"{local}@{DOMAIN}") == [(local, Kind.POST, ""), ("talk", kind, "")]


def test_a_plain_name_is_for_posts_in_small_letters() -> None:
    assert read("<Talk.Policy@Lists.Example.NET>") == (
        Recipient("talk.policy", Kind.POST, "", DOMAIN),
    )


def test_a_list_that_ends_in_join_can_be_joined_and_posted_to() -> None:
    assert kinds(f"working-join-join@{DOMAIN}") == [
        ("working-join-join", Kind.POST, ""),
        ("working-join", Kind.JOIN, ""),
    ]
    assert kinds(f"working-join@{DOMAIN}")[0] == ("working-join", Kind.POST, "")


def test_tokens_keep_their_letters() -> None:
    assert kinds(f"Talk-Confirm+AbC9@{DOMAIN}") == [("talk", Kind.CONFIRM, "AbC9")]
    assert kinds(f"talk-bounces+x_Y-z.1=@{DOMAIN}") == [("talk", Kind.BOUNCES, "x_Y-z.1=")]


def test_the_delimiter_of_tokens_can_be_chosen() -> None:
    assert kinds(f"talk-confirm=Ab@{DOMAIN}", "=") == [("talk", Kind.CONFIRM, "Ab")]
    assert kinds(f"talk-bounces+Ab@{DOMAIN}", "=") == []
    assert ("talk", Kind.BOUNCES, "Ab") in kinds(f"talk-bounces-Ab@{DOMAIN}", "-")


def test_an_unknown_sub_address_is_no_address() -> None:
    assert kinds(f"talk+anything@{DOMAIN}") == []
    assert kinds(f"talk-confirm+@{DOMAIN}") == []


@pytest.mark.parametrize("name", ["postmaster", "abuse", "MAILER-DAEMON"])
def test_reserved_role_names_are_roles_whatever_lists_there_are(name: str) -> None:
    assert read(f"{name}@{DOMAIN}") == (Recipient("", Kind.ROLE, "", DOMAIN, name.lower()),)


@pytest.mark.parametrize("name", ["hostmaster", "noc", "security", "webmaster", "info"])
def test_other_role_names_of_rfc_2142_give_way_to_a_list_of_that_name(name: str) -> None:
    assert read(f"{name}@{DOMAIN}") == (
        Recipient(name, Kind.POST, "", DOMAIN),
        Recipient("", Kind.ROLE, "", DOMAIN, name),
    )


@pytest.mark.parametrize(
    "address",
    ["", "@", "talk", "talk@", f"@{DOMAIN}", f"-join@{DOMAIN}", f"a b@{DOMAIN}",
     f"../etc@{DOMAIN}", f"{'a' * 129}@{DOMAIN}", f"talk@{'a' * 256}", f"talk\r\nx@{DOMAIN}"],
)  # fmt: skip
def test_what_is_no_address_of_a_list_has_no_reading(address: str) -> None:
    assert read(address) == ()


def test_a_quoted_name_is_the_name() -> None:
    assert kinds(f'"talk-join"@{DOMAIN}')[1] == ("talk", Kind.JOIN, "")


@given(st.text(max_size=80), st.sampled_from(["+", "-", "=", "--"]))
def test_no_recipient_raises_and_the_whole_name_comes_first(address: str, delimiter: str) -> None:
    found = read(address, delimiter)

    assert all(one.kind is not Kind.POST for one in found[1:])


@given(st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True))
def test_every_list_is_reached_under_each_of_its_addresses(name: str) -> None:
    for suffix, kind in (("join", Kind.JOIN), ("owner", Kind.OWNER), ("bounces+T", Kind.BOUNCES)):
        assert (name, kind) in [
            (one.list_name, one.kind) for one in read(f"{name}-{suffix}@{DOMAIN}")
        ]
