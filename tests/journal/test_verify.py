import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from intersession.journal import verify
from tests.journal.chains import a_chain

CHAIN = a_chain(12, private=(4, 9))
REWRITTEN = a_chain(12, private=(4, 9), title="Another draft")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "export").write_bytes(b"".join(CHAIN.lines))
    (tmp_path / "checkpoint").write_text(CHAIN.checkpoint(10))
    return tmp_path


def check(folder: Path, lines: list[bytes] | None = None) -> tuple[int, str]:
    if lines is not None:
        (folder / "export").write_bytes(b"".join(lines))
    code, report = verify.answer(str(folder / "export"), [str(folder / "checkpoint")])
    return code, report.sentence


def test_a_record_that_holds(folder: Path) -> None:
    code, words = check(folder)

    assert code == 0
    assert words == (
        "The record holds: 12 entries, each linked to the one before; 1 of 1 checkpoints agree. "
        "The last 2 entries are younger than the last checkpoint."
    )


def test_without_a_checkpoint_it_says_what_cannot_show() -> None:
    report = verify.verify(CHAIN.lines, [])

    assert not report.problem
    assert "No checkpoint was given" in report.sentence


def test_an_altered_entry_is_named(folder: Path) -> None:
    lines = [*CHAIN.lines]
    lines[6] = lines[6].replace(b"Entwurf", b"Entwvrf")

    assert check(folder, lines) == (
        1, "Entry 7 was altered: its text does not match its hash.",
    )  # fmt: skip


def test_an_altered_private_entry_is_named(folder: Path) -> None:
    lines = [*CHAIN.lines]
    lines[3] = lines[3].replace(CHAIN.lines[3][15:17], b"00" if lines[3][15:17] != b"00" else b"11")

    assert check(folder, lines)[1].startswith("Entry 4 was altered")


def test_a_removed_entry_is_named(folder: Path) -> None:
    assert check(folder, CHAIN.lines[:4] + CHAIN.lines[5:]) == (
        1, "Entry 5 is missing: in its place stands entry 6.",
    )  # fmt: skip


def test_a_cut_tail_is_named(folder: Path) -> None:
    code, words = check(folder, CHAIN.lines[:8])

    assert code == 1
    assert words == (
        "The end was cut off: the checkpoint of 2026-03-01T12:00:00+00:00 counts 10 entries, and "
        "the export ends with entry 8. The first one missing is entry 9."
    )


def test_a_rewritten_chain_is_found_and_narrowed_down_by_older_checkpoints(folder: Path) -> None:
    code, words = check(folder, REWRITTEN.lines)
    assert code == 1
    assert "The chain was rewritten" in words
    assert "lies between 1 and 10" in words

    forked = a_chain(6).lines  # not private where ours is: the chains part at entry 4
    points = verify.read_checkpoints(CHAIN.checkpoint(3) + CHAIN.checkpoint(6))
    report = verify.verify(forked, points)
    assert (report.problem, report.entry, report.checkpoints) == ("rewritten", 4, 1)


def test_a_spliced_chain_is_named_where_it_was_spliced(folder: Path) -> None:
    code, words = check(folder, CHAIN.lines[:5] + REWRITTEN.lines[5:])

    assert code == 1
    assert words == "Entry 6 does not follow from the one before: the link is broken."


def test_another_way_of_writing_the_same_json_holds_too(folder: Path) -> None:
    lines = [json.dumps(json.loads(line)).encode() + b"\r\n\r\n" for line in CHAIN.lines]

    assert check(folder, lines)[0] == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The export is empty: there is no entry in it."),
        (b"\n\n", "The export is empty: there is no entry in it."),
        (b"From ada@example.org\n", "This is no export of a record: its first line is no entry."),
        (b"\x89PNG\r\n\x1a\n\xff", "This is no export of a record: its first line is no entry."),
        (b"[]\n", "This is no export of a record: its first line is no entry."),
        (b'{"count": 1}\n', "This is no export of a record: its first line is no entry."),
        (b"[" * 100_000, "This is no export of a record: its first line is no entry."),
    ],
)
def test_what_is_no_export_is_said_to_be_none(folder: Path, content: bytes, words: str) -> None:
    assert check(folder, [content]) == (2, words)


def test_a_line_that_is_no_entry_is_named(folder: Path) -> None:
    code, words = check(folder, [*CHAIN.lines[:6], CHAIN.lines[6][:40]])

    assert (code, words) == (1, "Entry 7 cannot be read: its line is no entry of a record.")


@pytest.mark.parametrize("content", ["", "{}", "Good day,", '{"count": "x", "hash": 4}', "[1]"])
def test_what_is_no_checkpoint_is_said_to_be_none(folder: Path, content: str) -> None:
    (folder / "checkpoint").write_text(content)

    code, words = check(folder)

    assert code == 2
    assert words == f"There is no checkpoint in {folder / 'checkpoint'}."


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    code, report = verify.answer(str(tmp_path / "gone"), [])

    assert code == 2
    assert report.sentence == f"{tmp_path / 'gone'} cannot be opened: No such file or directory."


def test_a_saved_letter_serves_as_checkpoint() -> None:
    letter = (
        "Good day,\n\n" + CHAIN.checkpoint(5).replace(',"hash"', ',\n"hash"') + "\n-- \nYou asked."
    )

    (point,) = verify.read_checkpoints(letter)

    assert (point.count, point.hash) == (5, CHAIN.hashes[4])


def test_the_file_runs_by_itself(folder: Path) -> None:
    """Python alone, isolated, outside the repository: no Django, none of our code."""
    copy = folder / "verify.py"
    copy.write_bytes(Path(verify.__file__).read_bytes())
    arguments = ["--export", "export", "--checkpoint", "checkpoint", "--json"]

    done = subprocess.run(
        [sys.executable, "-I", "-S", str(copy), *arguments],
        cwd=folder,
        capture_output=True,
        check=True,
    )

    assert json.loads(done.stdout)["holds"] is True


def test_the_command_says_the_same_and_ends_with_the_same_code(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = {"export": str(folder / "export"), "checkpoint": [str(folder / "checkpoint")]}
    call_command("verify-journal", **arguments)
    assert "The record holds" in capsys.readouterr().out

    (folder / "export").write_bytes(b"".join(CHAIN.lines[:8]))
    with pytest.raises(SystemExit) as ended:
        call_command("verify-journal", **arguments, json=True)
    assert ended.value.code == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["holds"], found["problem"], found["entry"]) == (False, "cut", 9)


@given(st.data())
def test_whatever_one_byte_becomes_the_record_no_longer_holds(data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(CHAIN.lines) - 1))
    place = data.draw(st.integers(0, len(CHAIN.lines[index]) - 2))
    byte = data.draw(st.integers(33, 126))
    line = bytearray(CHAIN.lines[index])
    if line[place] == byte:
        return
    line[place] = byte
    lines = [*CHAIN.lines[:index], bytes(line), *CHAIN.lines[index + 1 :]]

    try:
        assert verify.verify(lines, []).problem
    except verify.Unreadable:
        assert index == 0


def test_a_hash_in_capital_letters_is_no_hash_as_it_was_written() -> None:
    lines = [*CHAIN.lines]
    written = str(json.loads(lines[3])["body_hash"])
    lines[3] = lines[3].replace(written.encode(), written.upper().encode())

    assert verify.verify(lines, []).problem == "unreadable"


def test_a_record_does_not_vouch_for_itself(folder: Path) -> None:
    itself = str(folder / "export")

    code, report = verify.answer(itself, [itself])

    assert (code, report.problem) == (2, "no checkpoint")
