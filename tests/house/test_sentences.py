"""What Django leaves empty without a word."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "intersession"
BLOCK = re.compile(r"{%\s*blocktranslate.*?%}(.*?){%\s*endblocktranslate\s*%}", re.S)


def test_no_sentence_to_translate_holds_a_dotted_name() -> None:
    dotted = [
        f"{template.relative_to(SOURCE)}: {name}"
        for kind in ("*.html", "*.txt")
        for template in SOURCE.rglob(kind)
        for block in BLOCK.findall(template.read_text())
        for name in re.findall(r"{{\s*(\w+\.[\w.]+)", block)
    ]

    assert dotted == []
