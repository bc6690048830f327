import pytest
from django.test import Client

from intersession.coalitions.testing import a_coalition
from intersession.lists.testing import a_list

pytestmark = pytest.mark.django_db


def test_coming_back_to_the_address_of_a_button_is_answered_in_words(client: Client) -> None:
    response = client.get("/demo/clock/")

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Nothing was changed" in response.text


def test_the_tab_of_the_list_leads_to_its_archive(client: Client) -> None:
    mailing_list = a_list()

    response = client.get(f"/coalitions/{mailing_list.coalition.slug}/list/")

    assert response["Location"] == mailing_list.get_absolute_url()


def test_without_an_archive_here_the_tab_leads_to_what_is_known(client: Client) -> None:
    coalition = a_coalition()

    response = client.get(f"/coalitions/{coalition.slug}/list/")

    assert response["Location"] == f"{coalition.get_absolute_url()}#list"


@pytest.mark.parametrize(
    "address",
    ["/coalitions/?theme=%00", "/coalitions/?q=%00", "/outputs/?coalition=%00", "/search/?q=%00",
     "/outputs/known/?kind=%00", "/lists/?after=%00", "/calls/?after=%00"],
)  # fmt: skip
def test_a_sign_that_no_text_holds_is_no_fault_of_ours(client: Client, address: str) -> None:
    assert client.get(address).status_code in (200, 400)
