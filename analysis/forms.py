"""The forms that words and numbers of the seeds must have: a string that must have one says so in its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from analysis.records import Language

# ISO 3166-1 alpha-2 as of 2026, and XK, which Kosovo uses though ISO gave it none.
COUNTRY_CODES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
    CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
    GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
    KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
    MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
    SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
    UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """.split(),  # noqa: SIM905 a table of codes reads better than 250 quoted strings
)


@dataclass(frozen=True, slots=True)
class Must:
    """A form that a string of the seeds must have: the test, and its name in plain words."""

    holds: Callable[[str], object]
    be: str


def is_country_code(text: str) -> bool:
    """Tell whether the text is a code of ISO 3166-1 alpha-2 (or XK)."""
    return text in COUNTRY_CODES


Slug = Annotated[str, Must(re.compile(r"[a-z0-9]+(-[a-z0-9]+)*").fullmatch, "small letters, digits and hyphens")]
CountryCode = Annotated[str, Must(is_country_code, "a country code of two capital letters (ISO 3166-1 alpha-2)")]
WebAddress = Annotated[str, Must(re.compile(r"https?://[^\s/]+(/\S*)?").fullmatch, "an http or https address")]
Words = Annotated[str, Must(re.compile(r"(?s)\S(.*\S)?").fullmatch, "words, without blanks around them")]
Weight = Annotated[float, Must(lambda weight: 0 <= weight < 1, "a weight from 0 to less than 1")]

Names = Mapping[Language, tuple[Words, ...]]
"""Words of each language."""
