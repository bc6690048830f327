"""The main way, walked in a real browser: comment, objection, dissent, publication."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.journey]

TITLE = "Community networks in national connectivity plans"
MEMBER, COORDINATOR = "Tomás Herrera, member", "Amina Diarra, coordinator"
DISSENT = "Sixty days is what an honest check takes where masts are far apart."

type Camera = Callable[[Page, str], Any]


def become(page: Page, who: str) -> None:
    page.get_by_role("button", name=who).click()
    expect(page.get_by_role("button", name=who)).to_have_attribute("aria-pressed", "true")


def to_the_next_deadline(page: Page) -> None:
    page.get_by_role("button", name="To the next deadline").click()


def comment_on(page: Page, words: str, text: str) -> None:
    paragraph = page.locator("section.para", has_text=words)
    paragraph.locator("summary").click()
    paragraph.locator("textarea").fill(text)
    paragraph.get_by_role("button", name="Send comment").click()
    expect(page.locator("#main")).to_contain_text(text)


def answer_all(page: Page) -> None:
    wording = page.get_by_role("button", name="Take over this wording")
    if wording.count():
        wording.first.click()
    while (first := page.get_by_role("link", name="Answer the first that waits")).count():
        first.click()
        page.get_by_role("radio", name="Declined, with reason").check()
        page.locator("textarea[name=reply]").fill("The text keeps to what most of us can do now.")
        page.get_by_role("button", name="Record the answer").click()


def object_to(page: Page, reason: str, remedy: str) -> None:
    page.get_by_role("radio", name="Object").check()
    page.locator("textarea[name=reason]").fill(reason)
    page.locator("textarea[name=remedy]").fill(remedy)
    page.get_by_role("button", name="Record my position").click()


def meet_objection(page: Page) -> None:
    page.locator("textarea[name=words]").first.fill(
        "We have read it: the time is too short for the hills."
    )
    page.get_by_role("button", name="Record the answer").click()
    page.get_by_role("radio", name="Outweighed").check()
    page.locator("form", has_text="The objection is").locator("textarea[name=reason]").fill(
        "Thirty days is what small networks can wait; the regulator may say no within them."
    )
    page.get_by_role("button", name="Record the disposition").click()


def determine(page: Page) -> None:
    page.get_by_role("radio", name="Consensus", exact=True).check()
    page.locator("textarea[name=summary]").fill("Agreed, with one objection on the time given.")
    page.locator("textarea[name=reopens]").fill("A year of figures from regulators.")
    page.get_by_role("button", name="Determine and freeze the record").click()


def test_a_newcomer_takes_the_open_draft_to_a_published_output_with_its_dissent(
    page: Page, pictures: Camera
) -> None:
    page.goto("/")
    page.get_by_role("link", name=TITLE).first.click()
    become(page, MEMBER)
    comment_on(page, "Universal service funds", "Small sums need small forms. Please say so.")
    pictures(page, "way-1-commented")

    become(page, COORDINATOR)
    answer_all(page)
    pictures(page, "way-2-answered")
    draft = page.url
    to_the_next_deadline(page)
    page.get_by_role("link", name="Call for consensus").click()
    page.locator("textarea[name=question]").fill("May this text be published as agreed?")
    page.get_by_role("button", name="Open the call").click()
    page.get_by_role("radio", name="Support").check()
    page.get_by_role("button", name="Record my position").click()
    pictures(page, "way-3-called")

    become(page, MEMBER)
    object_to(page, "Thirty days is too short.", "Sixty days instead of thirty.")
    become(page, COORDINATOR)
    meet_objection(page)
    pictures(page, "way-4-objection")
    call = page.url.split("#")[0]

    while page.get_by_role("button", name="Determine and freeze the record").count() == 0:
        to_the_next_deadline(page)
        page.goto(call)
    determine(page)
    become(page, MEMBER)
    page.get_by_role("link", name="Write the statement").click()
    page.locator("textarea[name=text]").fill(DISSENT)
    page.get_by_role("button", name="File", exact=False).click()
    pictures(page, "way-5-statement")

    become(page, COORDINATOR)
    page.goto(draft)
    page.get_by_role("link", name="Publish it").click()
    page.get_by_role("radio", name="attached", exact=False).check()
    page.get_by_role("button", name="Declare dissent considered").click()
    page.get_by_role("button", name="Publish the output").click()
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator("#main")).to_contain_text(DISSENT)
    pictures(page, "way-6-published")

    become(page, "a visitor")
    page.goto("/search/?q=connectivity plans")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("#main")).to_contain_text("Not endorsed by the IGF")
