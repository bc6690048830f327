"""What may be derived from what a person says. Plain values, no database."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intersession.people.states import VERSIONS, Region, Text

MEMBERS_OF: Mapping[Region, str] = {
    Region.AFRICA: (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG "
        "ML MR MU MW MZ NA NE NG RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG ZA ZM ZW"
    ),
    Region.ASIA_PACIFIC: (
        "AE AF BD BH BN BT CN CY FJ FM ID IN IQ IR JO JP KG KH KI KP KR KW KZ LA LB LK MH MM MN "
        "MV MY NP NR OM PG PH PK PW QA SA SB SG SY TH TJ TL TM TO TV UZ VN VU WS YE"
    ),
    Region.EASTERN_EUROPE: ("AL AM AZ BA BG BY CZ EE GE HR HU LT LV MD ME MK PL RO RS RU SI SK UA"),
    Region.LATIN_AMERICA: (
        "AG AR BB BO BR BS BZ CL CO CR CU DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PY SR SV "
        "TT UY VC VE"
    ),
    Region.WESTERN_EUROPE: (
        "AD AT AU BE CA CH DE DK ES FI FR GB GR IE IL IS IT LI LU MC MT NL NO NZ PT SE SM TR US"
    ),
}
"""Members of the UN regional groups by ISO 3166-1 code (UN DGACM, 'Regional groups of Member
States'). Turkey counts in WEOG for elections; the United States is in no group and counted there.
Countries and territories on no list have no region until the person says one."""

_REGION_OF = {code: region for region, codes in MEMBERS_OF.items() for code in codes.split()}


@dataclass(frozen=True, slots=True)
class Description:
    """How a person describes themselves. `shown` lists what is public (`states.Shown`)."""

    name: str = ""
    group: str = ""
    region: str = ""
    country: str = ""
    affiliation: str = ""
    languages: tuple[str, ...] = ()
    zone: str = "UTC"
    shown: tuple[str, ...] = ()


def region_of(country: str) -> str:
    """Return the UN regional group of a country (ISO 3166-1 alpha-2), or nothing."""
    return _REGION_OF.get(country, "")


def tidy(words: str) -> str:
    """Put a name on one line, without control characters and without turned directions."""
    kept = (" " if unicodedata.category(sign) == "Cc" else sign for sign in words)
    return " ".join("".join(sign for sign in kept if not _turns(sign)).split())


def _turns(sign: str) -> bool:
    return "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"


def current_version(text: Text) -> str:
    """Return the version of a text that is asked for today."""
    return VERSIONS[text][-1]


def still_open(given: Sequence[tuple[str, str]]) -> list[Text]:
    """List the texts whose current version is not among the given (text, version)."""
    return [text for text in Text if (text.value, current_version(text)) not in given]
