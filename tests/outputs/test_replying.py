"""Replies taken apart: single rules, each by a small mail."""

from intersession.outputs.rules.replying import Draft, How, Paragraph, Role, printed, read

PARAGRAPHS = (
    Paragraph("aaaaaa", "1", "Purpose", "heading"),
    Paragraph(
        "bbbbbb", "2",
        "Internet traffic is to be treated equally, whoever sends it and whatever it carries, and"
        " no provider may ask for more.",
    ),
    Paragraph(
        "cccccc", "3",
        "A provider may interfere only where this is strictly necessary and proportionate, and"
        " only for as long as the reason lasts.",
    ),
    Paragraph(
        "dddddd", "4",
        "This holds for every service of access and transit, whatever the technology of the line.",
    ),
    Paragraph(
        "eeeeee", "5",
        "Specialised services may stand outside this principle where they are clearly apart.",
    ),
)  # fmt: skip
DRAFT = Draft(2, PARAGRAPHS, "Dear Ana,\n\na draft is open.", "You get this as a member.")


def quoted(text: str, mark: str = "> ") -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in text.splitlines())


def below(paragraph: int, answer: str, text: str | None = None) -> str:
    """Write an answer below the last line of a paragraph of the quoted letter."""
    last = printed(DRAFT) if text is None else text
    end = PARAGRAPHS[paragraph].text.split()[-1]
    head, tail = last[: last.index(end) + len(end)], last[last.index(end) + len(end) :]
    return f"{quoted(head)}\n\n{answer}\n\n{quoted(tail)}"


def test_a_draft_is_printed_with_its_numbers() -> None:
    text = printed(DRAFT)
    assert text.startswith("Dear Ana,\n\na draft is open.\n\nPurpose\n\n[2] Internet traffic")
    assert text.endswith("where they are\nclearly apart.\n\nYou get this as a member.\n")
    assert max(map(len, text.splitlines())) <= 72


def test_an_answer_below_a_paragraph_is_on_it() -> None:
    reading = read(below(2, "Why only?"), [DRAFT])
    (piece,) = reading.pieces
    assert (piece.text, piece.places[0].key, piece.places[0].number) == ("Why only?", "cccccc", "3")
    assert (piece.how, piece.version, piece.likeness) == (How.NUMBER, 2, 100.0)


def test_words_above_everything_are_on_the_whole() -> None:
    reading = read(
        f"A good text.\n\nOn 1/2/2026 10:00, X wrote:\n{quoted(printed(DRAFT))}", [DRAFT]
    )
    (piece,) = reading.pieces
    assert (piece.text, piece.places, piece.how) == ("A good text.", (), How.WHOLE)
    assert [left.reason for left in reading.left_off] == [Role.ATTRIBUTION]


def test_an_answer_in_an_unmarked_copy_is_found_by_what_we_mailed() -> None:
    copy = printed(DRAFT).replace("lasts.", "lasts. [Ana] Why only?")
    head = "From: X <x@example.org>\nSent: Monday\nTo: Ana\nSubject: Draft\n\n"
    (piece,) = read(head + copy, [DRAFT]).pieces
    assert (piece.text, [one.number for one in piece.places]) == ("[Ana] Why only?", ["3"])


def test_a_changed_copy_is_suggested_wording() -> None:
    changed = PARAGRAPHS[3].text.replace("access and transit", "access, transit and peering")
    (piece,) = read(below(3, f"Better:\n\n{changed}"), [DRAFT]).pieces
    assert (piece.text, piece.wording, piece.replaces) == ("Better:", changed, "")
