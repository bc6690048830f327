"""Replies taken apart: single rules, each by a small mail."""

from intersession.kit.markdown import paragraphs
from intersession.outputs.rules.replying import (
    Draft,
    How,
    Paragraph,
    Place,
    Role,
    owners,
    printed,
    read,
)

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
    head = "From: X <x@example.org>\nSent: Monday, 1 June 2026\nTo: Ana\nSubject: Draft\n\n"
    (piece,) = read(head + copy, [DRAFT]).pieces
    assert (piece.text, [one.number for one in piece.places]) == ("[Ana] Why only?", ["3"])


def test_a_changed_copy_is_suggested_wording() -> None:
    changed = PARAGRAPHS[3].text.replace("access and transit", "access, transit and peering")
    (piece,) = read(below(3, f"Better:\n\n{changed}"), [DRAFT]).pieces
    assert (piece.text, piece.wording, piece.replaces) == ("Better:", changed, "")


def test_a_footnote_is_printed_below_its_paragraph_and_read_there() -> None:
    note = Paragraph("nnnnnn", "6", "Apart means on lines of their own.", "note", "bbbbbb")
    draft = Draft(2, (*PARAGRAPHS, note))
    assert [line[:3] for line in printed(draft).splitlines() if line.startswith("[")] == [
        "[2]", "[6]", "[3]", "[4]", "[5]",
    ]  # fmt: skip
    (piece,) = read(f"{quoted('[6] Apart means on lines of their own.')}\n\nWhose?", [draft]).pieces
    assert piece.places == (Place("nnnnnn", "6"),)


def test_arabic_is_printed_from_the_right_in_every_line() -> None:
    text = "لا ثقة من غير وضوح: على كل خدمة أن تقول لمستخدميها ما الذي تجمعه عنهم، ولماذا، وإلى متى"
    lines = printed(Draft(1, (Paragraph("aa", "1", f"{text} HTTP {text}"),))).splitlines()
    assert len(lines) > 2
    assert all(line.startswith("\u200f") for line in lines)


def test_nothing_printed_looks_like_a_quotation() -> None:
    text = printed(
        Draft(1, (Paragraph("aa", "", "> is greater"), Paragraph("bb", "", "From a to b")))
    )
    assert text == " > is greater\n\n From a to b\n"


def test_code_is_printed_as_it_stands() -> None:
    text = printed(Draft(1, (Paragraph("aa", "1", "if x:\n    y()", "code"),)))
    assert text == "[1]\n    if x:\n        y()\n"


def test_two_paragraphs_quoted_alone_are_answered_together() -> None:
    text = quoted(printed(Draft(2, PARAGRAPHS[2:4])))
    (piece,) = read(f"{text}\n\nBoth are one.", [DRAFT]).pieces
    assert [place.number for place in piece.places] == ["3", "4"]


def test_a_wrong_number_gives_way_to_the_words() -> None:
    text = quoted("[5] A provider may interfere only where this is strictly necessary")
    (piece,) = read(f"{text}\n\nNo.", [DRAFT]).pieces
    assert (piece.places, piece.how) == ((Place("cccccc", "3"),), How.WORDS)


def test_a_number_alone_is_believed() -> None:
    (piece,) = read("> [4] [...]\n\nNo.", [DRAFT]).pieces
    assert (piece.places, piece.how) == ((Place("dddddd", "4"),), How.NUMBER)


def test_an_older_version_is_known_by_its_words() -> None:
    older = Draft(1, (Paragraph("bbbbbb", "7", "Traffic is to be treated alike, always."),))
    (piece,) = read("> Traffic is to be treated alike, always.\n\nYes.", [DRAFT, older]).pieces
    assert (piece.version, piece.places) == (1, (Place("bbbbbb", "7"),))


def test_labelled_wording_is_taken_in_six_languages() -> None:
    labels = ("Suggested wording:", "Formulation proposée :", "Texto propuesto:",
              "Предлагаемая формулировка:", "الصياغة المقترحة:", "建议措辞：")  # fmt: skip
    for label in labels:
        (piece,) = read(below(2, f"Why?\n\n{label} “A provider may not.”"), [DRAFT]).pieces
        assert (piece.text, piece.wording) == ("Why?", "A provider may not.")


def test_a_changed_sentence_says_what_it_replaces() -> None:
    changed = "only where this is strictly necessary, lawful and proportionate"
    (piece,) = read(below(2, changed), [DRAFT]).pieces
    replaced = "only where this is strictly necessary and proportionate"
    assert (piece.wording, piece.replaces) == (changed, replaced)


def test_words_cut_out_of_a_copy_are_suggested_wording() -> None:
    shorter = PARAGRAPHS[2].text.replace("strictly ", "")
    (piece,) = read(below(2, shorter), [DRAFT]).pieces
    assert (piece.text, piece.wording) == ("", shorter)


def test_words_of_a_third_person_are_not_those_of_the_writer() -> None:
    text = f"{quoted(PARAGRAPHS[3].text, '>> ')}\n> I like it.\n\nSo do I."
    reading = read(text, [DRAFT])
    (piece,) = reading.pieces
    assert (piece.text, piece.places) == ("So do I.", (Place("dddddd", "4"),))
    assert [(left.text, left.reason) for left in reading.left_off] == [("I like it.", Role.OTHER)]


def test_a_short_answer_after_a_greeting_is_no_courtesy() -> None:
    assert [piece.text for piece in read("Hello, no.", [DRAFT]).pieces] == ["Hello, no."]


def test_a_signature_is_left_off_and_said_so() -> None:
    reading = read("Fine.\n\nBest regards\nAna Ruiz\n+1 202 555 0100\n\nPS: thank you!", [DRAFT])
    assert [piece.text for piece in reading.pieces] == ["Fine.\n\n\nPS: thank you!"]
    assert [left.reason for left in reading.left_off] == [Role.SIGNATURE]


def test_answers_above_chosen_passages_are_on_what_follows() -> None:
    more = tuple(
        Paragraph(f"m{n}", str(n), f"Number {n} is said in words of {n}.") for n in range(6, 10)
    )
    text = f"On this:\n\n{quoted(PARAGRAPHS[2].text)}\n\nAnd this:\n\n{quoted(PARAGRAPHS[3].text)}"
    pieces = read(text, [Draft(2, (*PARAGRAPHS, *more))]).pieces
    assert [piece.places[0].number for piece in pieces] == ["3", "4"]


def test_a_sentence_rewritten_says_which_one_it_replaces() -> None:
    text = "Internet traffic is to be treated equally, whoever sends it. No exceptions."
    (piece,) = read(below(1, text), [DRAFT]).pieces
    assert piece.wording == text
    assert piece.replaces == "Internet traffic is to be treated equally, whoever sends it"


def test_thanks_below_a_quotation_are_said() -> None:
    assert [piece.text for piece in read(below(2, "Thanks"), [DRAFT]).pieces] == ["Thanks"]


def test_words_between_the_attribution_and_the_quotation_are_said() -> None:
    text = f"On 1/2/2026 10:00, X wrote:\n\nTwo things.\n\n{quoted(PARAGRAPHS[2].text)}\n\nNo.\n"
    assert [piece.text for piece in read(text, [DRAFT]).pieces] == ["Two things.", "No."]


def test_a_few_words_that_the_draft_has_too_are_an_answer() -> None:
    (piece,) = read(below(2, "only where this is"), [DRAFT]).pieces
    assert piece.text == "only where this is"


def test_footnotes_are_told_to_the_first_paragraph_that_refers_to_them() -> None:
    source = "A[^1] and b[^x].\n\nC[^1].\n\n[^1]: Note.\n[^x]: Other note.\n"
    pages = [(f"k{n}", block.html) for n, block in enumerate(paragraphs(source))]
    assert owners(pages) == {"k2": "k0", "k3": "k0"}


def test_a_number_above_other_words_is_that_of_something_else() -> None:
    (piece,) = read("> [3] https://example.org/a-study-of-prices.pdf\n\nRead it.", [DRAFT]).pieces
    assert (piece.text, piece.places) == ("Read it.", ())


def test_an_attribution_is_told_from_the_words_that_follow_in_its_line() -> None:
    letter = printed(DRAFT).replace("more.", "more.\n\nToo much.", 1)
    text = f"  On Mon, 30 Dec 2026 at 15:45, Drafts<d@example.org> wrote:   {letter}"
    reading = read(text, [DRAFT])
    (piece,) = reading.pieces
    assert (piece.text, piece.places) == ("Too much.", (Place("bbbbbb", "2"),))
