"""
The language of a message: from its script, what it declares, and its commonest small words.

No model, no list of more than a few words: the six languages of the United Nations, and those that
would be taken for one of them. Empty where it cannot be told.
"""

import re
from collections import Counter

SAMPLE = 1000
"""Characters that are looked at."""
_ASCII = bytes(range(128))
_LETTERS = re.compile(r"[^\W\d_]")
_QUOTE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
SHARE = {"ja": 0.05, "ko": 0.15, "zh": 0.15}
"""How much of the letters must be of the script; half, where nothing is said."""
_SMALL = {
    "en": "the of and to in is that we for it this with not are have be would which they from can",
    "fr": "le la les des et un une que est pour qui dans pas au sur ne ce il sont nous avec du par",
    "es": "el la los las que y en un una por con no su para es al como más pero se del lo de",
    "pt": "o os as que e em um uma para com não por mais do da dos no na se ao como mas é de",
    "it": "il la che di e un per è una sono con non del si da come le dei nel alla più anche gli",
    "de": "der die und den von zu das mit sich des auf für ist im dem nicht ein eine als auch",
    "nl": "de het een en van ik te dat niet is op aan met voor zijn er maar om dan bij ook",
    "pl": "w i na z do nie się że jest to przez jak po dla od co oraz ale",
    "uk": "і що не на це як але його від щоб та є у для або",
}
_TELLS: dict[str, tuple[str, ...]] = {}
for _language, _words in _SMALL.items():
    for _one in _words.split():
        _TELLS[_one] = (*_TELLS.get(_one, ()), _language)
_DECLARED = {
    "koi8-r": "ru", "gb2312": "zh", "gbk": "zh", "gb18030": "zh", "big5": "zh", "hz-gb-2312": "zh",
    "iso-2022-jp": "ja", "shift_jis": "ja", "euc-jp": "ja", "euc-kr": "ko", "ks_c_5601-1987": "ko",
    "windows-1256": "ar", "iso-8859-6": "ar", "koi8-u": "uk", "iso-2022-kr": "ko",
}  # fmt: skip
_KNOWN = frozenset((*_SMALL, *(name for name, _ in _SCRIPTS)))


def language(text: str, declared: str = "") -> str:
    """Tell the language of a text as a two-letter code; `declared` is a language or a charset."""
    sample = text[: SAMPLE * 2]
    if ">" in sample:
        sample = _QUOTE.sub("", sample)
    sample = sample[:SAMPLE]
    if not sample.isascii() and (found := _by_script(sample)):
        return "uk" if found == "ru" and re.search("[іїєґ]", sample) else found
    return _by_words(sample) or _by_declaration(declared)


def _by_script(sample: str) -> str:
    others = sample.encode("utf-8", "replace").translate(None, _ASCII).decode()
    if len(others) * 20 < len(sample):
        return ""
    letters = 0
    for name, script in _SCRIPTS:
        if found := len(script.findall(others)):
            letters = letters or len(_LETTERS.findall(sample)) or 1
            if found / letters > SHARE.get(name, 0.4):
                return name
    return ""


def _by_words(sample: str) -> str:
    votes: dict[str, int] = {}
    words = sample.lower().split()
    for word, times in Counter(filter(_TELLS.__contains__, words)).items():
        for name in _TELLS[word]:
            votes[name] = votes.get(name, 0) + times
    best = max(votes, key=lambda name: votes[name], default="")
    return best if best and votes[best] * 12 >= len(words) else ""


def _by_declaration(declared: str) -> str:
    label = declared.strip().lower()
    code = label.partition(",")[0].partition("-")[0].strip()
    return _DECLARED.get(label, code if code in _KNOWN else "")
