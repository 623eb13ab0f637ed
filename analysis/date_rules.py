"""How the four languages print dates in running text: patterns over canonical text, the first that matches wins."""

from __future__ import annotations

import re

from analysis import date_hijri as hijri
from analysis import date_readers as read
from analysis.date_words import (
    AFTER_TOMORROW,
    BEFORE_YESTERDAY,
    COUNT,
    DAY,
    DAY_NUMBER,
    LAST_MONTH,
    LAST_WEEK,
    MONTH,
    MONTH_TWICE,
    NEXT_MONTH,
    NEXT_WEEK,
    NO_NUMBER_BEFORE,
    OF,
    ORDINAL,
    SEASONS,
    THIS_MONTH,
    THIS_WEEK,
    TODAY,
    TOMORROW,
    TOMORROW_ALONE,
    TURN,
    WEEK,
    WEEKDAY,
    YEAR,
    YEAR_AFTER,
    YEAR_TURN,
    YESTERDAY,
)
from analysis.hijri import HIJRI_MONTHS

_AND_WEEKDAY = rf"(?:يوم )?(?:\b{WEEKDAY},? )?"
_LIST = rf"(?: ?[,&-] ?| ?و ?| et (?:le )?| y (?:el )?| and | a | au | al | to | الي (?:غايه )?| حتي ){_AND_WEEKDAY}"
_TO = rf"(?: ?- ?| a | au | al | to | until | الي (?:غايه )?| وحتي | حتي ){_AND_WEEKDAY}"
_AND = rf"(?: et (?:le )?| y (?:el )?| and | ?و ?){_AND_WEEKDAY}"
_TAIL = rf"(?:{YEAR_AFTER}|,? (?P<turn>{TURN}))?"
_TIME_BEFORE = r"\b(?:سنه|عام|العام|في|منذ|خلال|en|in|depuis|since|desde|annee|ano|year)"
_MONTH_BEFORE = r"\b(?:شهر|في|خلال|منذ|en|in|depuis|since|desde|au mois de|mes de)"
_NUMBER = rf"(?P<days>{DAY}(?:{_LIST}{DAY}){{0,6}})"
_FIRST_YEAR = rf"(?:,? (?:de )?(?P<first_year>{YEAR})| {TURN})?"
_FIRST = rf"(?P<first>{DAY}){OF}(?P<first_month>{MONTH}){_FIRST_YEAR}"
_LAST = rf"(?P<last>{DAY}){OF}(?P<month>{MONTH}){_TAIL}"
_OF_WEEK = r"(?:من |de |du |d'|of )(?:شهر |mois de |mes de )?"
_SEASON = rf"(?P<season>{'|'.join(SEASONS)})"
_HIJRI_YEAR = r"(?P<hijri_year>1[34]\d\d)(?!\d)(?: ?(?:ه|هجريه|هجري|h|ah)\b)?"
_HIJRI_MONTH = rf"(?P<hijri_month>{'|'.join(sorted(map(re.escape, HIJRI_MONTHS), key=len, reverse=True))})\b"
# What follows the number of a day, and not the number of some things: "mardi 12 policiers".
_NO_COUNT = (
    r"(?= ?[,.;:)\n](?!\d)| ?$| (?:a|au|aux|al|en|et|y|and|in|at|dans|para|pour|por|con|avec|with)\b| (?:ب|في\b|الي\b))"
)

Rule = tuple[re.Pattern[str], read.Reader]


def _rule(reader: read.Reader, *pattern: str) -> Rule:
    return re.compile("".join(pattern)), reader


_HIJRI_RULES = (
    _rule(
        hijri.read_hijri_days,
        rf"{NO_NUMBER_BEFORE}{_NUMBER}{OF}{_HIJRI_MONTH}",
        rf"(?:,? ?(?:من )?(?:سنه |عام |لعام |لسنه )?{_HIJRI_YEAR}| (?P<turn>{TURN}))?(?! ?\d)",
    ),
    _rule(
        hijri.read_hijri_month,
        rf"\b{_HIJRI_MONTH}(?:,? (?:من )?(?:سنه |عام |لعام |لسنه )?{_HIJRI_YEAR}| (?P<turn>{TURN}))(?! ?\d)",
    ),
    _rule(
        hijri.read_hijri_year, r"\b(?:(?:سنه|عام|العام) )?(?P<hijri_year>1[34]\d\d) ?(?:ه|هجريه|هجري|de l'hegire|ah)\b"
    ),
)
RULES = (
    # A period of years, and a day of every year, are no times of an event.
    _rule(read.read_nothing, NO_NUMBER_BEFORE, r"(?:19|20)\d\d ?[-/] ?(?:(?:19|20)\d\d|\d\d(?! ?h|[\d/.:-]))(?!\d)"),
    _rule(read.read_nothing, rf"\b(?:من|بين|de|du|between|from|entre) {YEAR}(?:{_TO}| ?و ?| et | y | and ){YEAR}"),
    _rule(read.read_two_months, rf"{NO_NUMBER_BEFORE}{_FIRST}{_TO}{_LAST}"),
    _rule(read.read_two_months, rf"\b(?:بين|entre|between)(?: le| el)? {_AND_WEEKDAY}{_FIRST}{_AND}{_LAST}"),
    _rule(
        read.read_two_months,
        rf"\b(?P<first_month>{MONTH}) (?P<first>{DAY}){_FIRST_YEAR}{_TO}(?P<month>{MONTH}) (?P<last>{DAY}){_TAIL}",
    ),
    _rule(
        read.read_nothing,
        rf"{NO_NUMBER_BEFORE}{DAY}{OF}{MONTH} (?:من كل|كل|de chaque|of every|de cada) (?:سنه|عام|annee|year|ano)",
    ),
    _rule(read.read_days, NO_NUMBER_BEFORE, _NUMBER, OF, MONTH_TWICE, _TAIL),
    _rule(
        read.read_days,
        r"(?<!الاسبوع )(?<!النصف )(?<!الثلث )(?<!الربع )(?<!الشطر )(?<!العقد )",
        rf"(?P<days>{ORDINAL}(?:(?: و| الي | الي غايه | حتي ){ORDINAL}){{0,3}}) من (?:شهر )?{MONTH_TWICE}",
        _TAIL,
    ),
    _rule(read.read_english_days, rf"\b(?P<month>{MONTH})\.? {_NUMBER}(?!\d|[.:/%]\d){_TAIL}"),
    _rule(read.read_iso, NO_NUMBER_BEFORE, r"(?P<year>(?:19|20)\d\d)([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)(?![\d/-])"),
    _rule(read.read_iso, NO_NUMBER_BEFORE, r"(?P<day>\d\d?)([-/.])(?P<month>\d\d?)\2(?P<year>(?:19|20)\d\d)(?![\d/-])"),
    *_HIJRI_RULES,
    _rule(
        read.read_days_of_month,
        NO_NUMBER_BEFORE,
        rf"{_NUMBER} (?:من (?:هذا )?الشهر|du mois|del mes|of(?= (?:last|next) month)) (?P<turn>{TURN})(?: month)?",
    ),
    _rule(
        read.read_days_of_month,
        NO_NUMBER_BEFORE,
        rf"{_NUMBER} (?:الجاري|من هذا الشهر|courant|de ce mois|del corriente|de este mes|of this month)\b",
    ),
    _rule(
        read.read_week_of_month,
        rf"\b(?:(?P<week>{WEEK})|الاسبوع الاخير|derniere semaine|ultima semana|last week) {_OF_WEEK}{MONTH_TWICE}",
        rf"(?:{YEAR_AFTER}|,? (?P<turn>{TURN}))?",
    ),
    _rule(
        read.read_week,
        rf"(?:\b(?P<weekday>{WEEKDAY}) (?:من |de |of )?)?\b(?:(?P<past>{LAST_WEEK})|(?P<next>{NEXT_WEEK})|{THIS_WEEK})",
    ),
    _rule(read.read_spoken_month, rf"\b(?:(?P<past>{LAST_MONTH})|(?P<next>{NEXT_MONTH})|{THIS_MONTH})"),
    _rule(read.read_season, rf"\b{_SEASON}(?:{YEAR_AFTER})"),
    _rule(read.read_month, rf"\b{MONTH_TWICE}(?:{YEAR_AFTER}|,? (?P<turn>{TURN}))"),
    _rule(
        read.read_month,
        rf"\b(?P<turn>pasado|ultimo|proximo|last|next) (?:mes de )?(?P<month>{MONTH})(?P<year>)",
    ),
    _rule(read.read_month, rf"{_MONTH_BEFORE} (?:شهر )?(?P<month>{MONTH})(?P<year>)(?! \d)"),
    _rule(read.read_days_ago, rf"\bقبل (?P<count>{COUNT}|\d\d?(?= (?:ايام|يوما)\b))(?! (?:(?:ايام|يوما) )?من\b)"),
    _rule(read.read_days_ago, rf"\b(?:il y a|hace) (?P<count>{COUNT}|\d\d?)(?= (?:jours|dias)\b)"),
    _rule(read.read_days_ago, rf"\b(?P<count>{COUNT}|\d\d?)(?= days ago\b)"),
    _rule(
        read.read_spoken_day,
        rf"\bو?(?P<spoken>{BEFORE_YESTERDAY}|{YESTERDAY}|{AFTER_TOMORROW})\b",
        rf"(?:,? \(?(?:يوم )?(?P<weekday>{WEEKDAY})\)?)?",
    ),
    _rule(
        read.read_spoken_day,
        rf"\bو?(?P<spoken>{TODAY}|{TOMORROW}),? \(?(?:يوم )?(?P<weekday>{WEEKDAY})\)?(?! (?:المقبل|القادم|prochain))",
    ),
    _rule(read.read_spoken_day, rf"\bو?(?P<spoken>{TOMORROW_ALONE})\b"),
    _rule(read.read_numbered_weekday, rf"\b(?P<weekday>{WEEKDAY}),? (?P<number>{DAY_NUMBER}){_NO_COUNT}"),
    _rule(read.read_weekdays, rf"\b(?P<weekdays>{WEEKDAY}(?:{_LIST}{WEEKDAY}){{0,6}})(?: (?P<turn>{TURN}))?"),
    _rule(read.read_year, rf"{_TIME_BEFORE} (?P<turn>)(?P<year>{YEAR})(?! ?[-/] ?\d)"),
    _rule(read.read_year, rf"\b(?P<year>)(?P<turn>{YEAR_TURN})"),
)
# Days of the Islamic calendar: the moon may make each of them a day later.
MOON_PATTERNS = frozenset(pattern for pattern, _ in _HIJRI_RULES)
# A word or digit that every date holds: most sentences hold none, and need not be held against the rules.
TRIGGER = re.compile(
    rf"\d|\b(?:{MONTH}|{WEEKDAY}|{_HIJRI_MONTH}|{BEFORE_YESTERDAY}|{YESTERDAY}|{AFTER_TOMORROW}|{TOMORROW}|{LAST_WEEK}"
    rf"|{THIS_WEEK}|{NEXT_WEEK}|{LAST_MONTH}|{THIS_MONTH}|{NEXT_MONTH}|{YEAR_TURN}|{WEEK}|{COUNT})"
)
