import re
from pathlib import Path

import intersession
from intersession.site.wiring import PHRASES

HOUSE = Path(intersession.__file__).parent
RECORDED = re.compile(r"""\brecord\(\s*[\w.]+,\s*"([a-z]+\.[a-z_]+)",""")


def test_every_act_that_is_recorded_reads_as_a_sentence() -> None:
    verbs = {verb for path in HOUSE.rglob("*.py") for verb in RECORDED.findall(path.read_text())}

    assert {verb for verb in verbs if verb not in PHRASES} == set()
    assert {"membership.join", "journal.checkpoint"} <= verbs


def test_every_sentence_names_only_who_and_what() -> None:
    told = {verb: str(phrase) % {"actor": "Ada", "title": "x"} for verb, phrase in PHRASES.items()}

    assert [verb for verb, words in told.items() if "%" in words] == []
