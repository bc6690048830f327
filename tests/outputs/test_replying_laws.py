"""What holds for every reply, whatever it says and however it quotes."""

import re
from collections import Counter
from textwrap import wrap
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from intersession.lists.rules.plain import plain
from intersession.outputs.rules.replying import (
    Draft,
    Paragraph,
    Reading,
    Reply,
    Role,
    printed,
    read,
    reply_of,
)
from tests.outputs.replies.corpus import drafts

VOCABULARY = """
    network open access may every state user measure publish year region school market price licence
    spectrum rule small large promise server traffic language réseau ouvert chaque été доступ сеть
    каждый язык правило الشبكة حق كل مستخدم نص 网络 儿童 保护 规则 公开 must shall not the of and to
    in for by with from this that which is are be it as at on or an a
"""
ANSWERS = [
    "disagree strongly because nobody asked us", "Pourquoi donc ?", "+1", "لا أوافق", "不同意",
    "Why?\n\nSecond thought: fine.", "ok", "50% of it > nothing", "Это неверно.",
]  # fmt: skip
LETTER = "Dear Nadia,\n\nsome draft waits for comments.", "You get this because you belong."
HEAD = "From: Drafts <d@example.org>\nSent: Monday, 1 June 2026\nTo: Nadia\nSubject: Draft\n"
STYLES = {
    "arrow": "> ", "tight": ">", "bar": "| ", "escaped": "&gt; ", "spaced": " > ", "double": "> > ",
    "initials": "NH> ", "hidden": "\u200f>\u00a0", "tab": ">\t", "copy": "", "indented": "    ",
}  # fmt: skip

words = st.sampled_from(VOCABULARY.split())
sentences = st.lists(words, min_size=8, max_size=40, unique=True).map(" ".join)


@st.composite
def texts(draw: st.DrawFn) -> Draft:
    several = draw(st.lists(sentences, min_size=4, max_size=12, unique=True))
    paragraphs = tuple(Paragraph(f"k{n}", str(n), text) for n, text in enumerate(several, 1))
    return Draft(3, paragraphs, *LETTER)


def rewrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for block in text.split("\n\n"):
        lines += [*wrap(" ".join(block.split()), width, break_long_words=False), ""]
    return lines[:-1]


def answered(draft: Draft, place: int, answer: str, mark: str, width: int) -> str:
    """Quote the whole letter in a style, with an answer below one paragraph."""
    letter = printed(draft)
    following = re.search(rf"\n\n\u200f?\[{place + 2}\] ", letter)
    cut = following.start() if following else letter.index("\n\n" + LETTER[1])
    head, tail = (rewrapped(part.strip("\n"), width) for part in (letter[:cut], letter[cut:]))
    above = HEAD if not mark.strip() else "On 1/2/2026 10:00, Drafts wrote:"
    lines = [
        above,
        *(mark + line for line in head),
        "",
        answer,
        "",
        *(mark + line for line in tail),
    ]
    return "\n".join(lines)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@given(texts(), st.data(), st.sampled_from(sorted(STYLES)), st.integers(25, 100))
def test_an_answer_in_a_whole_quotation_is_placed_where_it_stands(
    draft: Draft, data: st.DataObject, style: str, width: int
) -> None:
    place = data.draw(st.integers(0, len(draft.paragraphs) - 1))
    answer = data.draw(st.sampled_from(ANSWERS))
    reading = read(answered(draft, place, answer, STYLES[style], width), [draft])
    assert [squeezed(piece.text) for piece in reading.pieces] == [squeezed(answer)]
    assert [one.key for one in reading.pieces[0].places] == [f"k{place + 1}"]


@given(texts(), st.data(), st.integers(25, 100))
def test_an_answer_in_html_is_placed_where_it_stands(
    draft: Draft, data: st.DataObject, width: int
) -> None:
    place = data.draw(st.integers(0, len(draft.paragraphs) - 1))
    head, tail = answered(draft, place, "@@", "", width).removeprefix(HEAD).split("@@")
    page = "On 1/2/2026 10:00, Drafts wrote:<blockquote>%s</blockquote><p>So?</p><blockquote>%s"
    html = page % (head.replace("\n", "<br>"), tail.replace("\n", "<br>"))
    (piece,) = read(plain(html), [draft]).pieces
    assert (piece.text, [one.key for one in piece.places]) == ("So?", [f"k{place + 1}"])


@given(texts(), st.data())
def test_an_answer_at_the_end_of_a_copied_paragraph_is_told_from_it(
    draft: Draft, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(draft.paragraphs) - 1))
    aside = data.draw(st.sampled_from(["[NH] Why so?", "<<NH: not so>>", "(NH: no, the rule)"]))
    text = answered(draft, place, "@@", "", data.draw(st.integers(25, 100)))
    head, tail = text.split("\n\n@@\n")
    (piece,) = read(f"{head} {aside}\n{tail}", [draft]).pieces
    assert (piece.text, [one.key for one in piece.places]) == (aside, [f"k{place + 1}"])


@given(texts(), st.data(), st.sampled_from(sorted(STYLES)), st.integers(25, 100))
def test_a_trimmed_quotation_of_one_paragraph_is_found(
    draft: Draft, data: st.DataObject, style: str, width: int
) -> None:
    place = data.draw(st.integers(0, len(draft.paragraphs) - 1))
    paragraph = draft.paragraphs[place]
    mark = STYLES[style]
    lines = [mark + line for line in rewrapped(f"[{paragraph.number}] {paragraph.text}", width)]
    (piece,) = read("\n".join([*lines, "", "Why?"]), [draft]).pieces
    assert (piece.text, [one.key for one in piece.places]) == ("Why?", [paragraph.key])


@given(texts(), st.data(), st.sampled_from(["> ", "| ", ">"]))
def test_a_copy_with_words_cut_out_or_put_in_is_suggested_wording(
    draft: Draft, data: st.DataObject, mark: str
) -> None:
    place = data.draw(st.integers(0, len(draft.paragraphs) - 1))
    told = draft.paragraphs[place].text.split()
    at = data.draw(st.integers(4, len(told) - 4))
    put_in = data.draw(st.sampled_from([["hardly"], ["hardly", "ever"], []]))
    new = " ".join([*told[:at], *put_in, *told[at if put_in else at + 1 :]])
    assume(not any(new in paragraph.text for paragraph in draft.paragraphs))
    (piece,) = read(answered(draft, place, new, mark, 72), [draft]).pieces
    assert [one.key for one in piece.places] == [f"k{place + 1}"]
    assert (piece.text, piece.wording) == ("", new)


def accounted(reading: Reading) -> None:
    """Every line stands in exactly one place: own ones in the piece they name, others in none."""
    said = [Counter(squeezed(f"{one.text} {one.wording}").split()) for one in reading.pieces]
    for line in reading.lines:
        is_own = line.role in (Role.OWN, Role.WORDING)
        assert is_own == (line.piece >= 0)
        if line.role is Role.OWN:
            assert Counter(line.text.split()) <= said[line.piece]
        if line.role is Role.WORDING:  # all but the label, and marks around what is suggested
            assert (Counter(line.text.split()) - said[line.piece]).total() <= 4
    assert all(one.text or one.wording for one in reading.pieces)


PIECES = [
    "-- ", "--", "> ", ">", "[6]", "[6] no", "> [9] Regulators should measure what is promised.",
    "On 1/2/2026 10:00, X wrote:", "From: X <x@example.org>", "Sent: y", "To: z", "PS: no", "Hi,",
    "-----Original Message-----", "Regards,", "Nadia", "Sent from my iPhone", "> > +1", "+1",
    "Suggested wording: this", "建议修改为：", "_" * 47, "x mailing list", "Paragraph 7:",
    "This e-mail is confidential", ">From now on", "| a | b |", "No mobile network",
    "Networks are open when anybody may connect to them, send over them and build upon",
    "[3] Where we write of users we mean people, whether they pay for their",
    "access or use that of a school, a library or a neighbour. Why?", "You get this because",
]  # fmt: skip
lines = st.lists(st.one_of(st.text(max_size=60), st.sampled_from(PIECES)), max_size=25)


@given(lines, st.booleans(), st.booleans(), st.sampled_from(["", "Nadia", "Nadia Haddad"]))
def test_nothing_written_is_lost(several: list[str], flowed: bool, joins: bool, name: str) -> None:
    text = "\n".join(several)
    reading = read(Reply(text, name, flowed, joins), drafts()["open"])
    accounted(reading)
    if not flowed:
        given_back = Counter("".join(line.text for line in reading.lines).replace(" ", ""))
        lost = Counter(text) - given_back
        assert not [sign for sign in lost if sign.isalnum() and sign not in "gt"]


@given(st.text(max_size=2000), st.binary(max_size=2000))
def test_nothing_raises(text: str, raw: bytes) -> None:
    accounted(read(text, drafts()["open"]))
    accounted(read(reply_of(raw), drafts()["open"]))
    read(text, [])


@given(lines)
def test_the_same_reply_is_read_the_same(several: list[str]) -> None:
    text = "\n".join(several)
    assert read(text, drafts()["open"]) == read(text, drafts()["open"])


@given(st.sampled_from(ANSWERS))
def test_what_was_read_out_is_read_again_as_it_is(answer: str) -> None:
    (piece,) = read(answer, drafts()["open"]).pieces
    (again,) = read(piece.text, drafts()["open"]).pieces
    assert again == piece


NASTY = {
    "one word": "network " * 25_000,
    "one line": "a" * 200_000,
    "marks": "> " * 100_000,
    "quoted blank lines": ">\n" * 100_000,
    "numbers": "> [1]\n\nx\n\n" * 20_000,
    "own numbers": "[6] x\n\n" * 30_000,
    "asides": "networks are open when anybody [a [b [c " * 4_000,
    "heads": "From: a\nSent: b\nTo: c\n" * 9_000,
    "attributions": "On 1/2/2026 10:00, wrote wrote wrote\n" * 5_000,
    "colons": "On a@b 10:00 " * 16_000 + ":",
    "short quotations": "> networks\n\nno\n\n" * 12_000,
    "blanks": " " * 200_000 + ".",
    "dashes": "-" * 200_000,
    "the draft again and again": printed(drafts()["open"][-1]) * 70,
    "its first words": "> Networks are open when anybody\n\nno\n\n" * 5_000,
    "Suggested wording": "Suggested wording: x\n" * 9_000,
}


@pytest.mark.parametrize("name", sorted(NASTY))
def test_the_time_is_bounded(name: str) -> None:
    began = process_time()
    read(NASTY[name], drafts()["open"])
    assert process_time() - began < 3.0
