"""The words that dates are made of in the four languages, in canonical form, as pieces of regular expressions.

Months by their Moroccan, Mashreqi, Levantine and Maghrebi names; weekdays; what makes a date past, present or next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

_MONTH_NAMES = (
    "يناير|كانون الثاني|كانون ثاني|ك2|جانفي|janvier|enero|january",
    "فبراير|شباط|فيفري|fevrier|febrero|february",
    "مارس|اذار|mars|marzo|march",
    "ابريل|نيسان|افريل|avril|abril|april",
    "ماي|مايو|ايار|mai|mayo|may",
    "يونيو|يونيه|حزيران|جوان|juin|junio|june",
    "يوليوز|يوليو|يوليه|تموز|جويليه|juillet|julio|july",
    "غشت|اغسطس|اب|اوت|aout|agosto|august",
    "شتنبر|سبتمبر|ايلول|septembre|septiembre|setiembre|september",
    "اكتوبر|تشرين الاول|تشرين اول|ت1|octobre|octubre|october",
    "نونبر|نوفمبر|تشرين الثاني|تشرين ثاني|ت2|novembre|noviembre|november",
    "دجنبر|ديسمبر|كانون الاول|كانون اول|ك1|decembre|diciembre|december",
)
_SHORT_NAMES = (
    "janv|jan|ene",
    "fevr|fev|feb",
    "mar",
    "avr|abr|apr",
    "",
    "jun",
    "juil|jul",
    "aug|ago",
    "sept|sep",
    "oct",
    "nov",
    "dec|dic",
)
_WEEKDAY_NAMES = (
    "الاثنين|lundi|lunes|monday",
    "الثلاثاء|الثلاتاء|mardi|martes|tuesday",
    "الاربعاء|mercredi|miercoles|wednesday",
    "الخميس|jeudi|jueves|thursday",
    "الجمعه|vendredi|viernes|friday",
    "السبت|samedi|sabado|saturday",
    "الاحد|dimanche|domingo|sunday",
)
# English writes the month first, without a year too; these two are also common words when they have no capital.
ENGLISH_MONTHS = frozenset(names.rsplit("|", 1)[1] for names in _MONTH_NAMES)
ENGLISH_WORDS = frozenset({"may", "march"})


class Turn(StrEnum):
    """Which of the dates of that name is meant, seen from the day of publication."""

    PAST = "past"
    NEXT = "next"
    THIS = "this"
    LAST_YEAR = "last year"
    THIS_YEAR = "this year"
    NEXT_YEAR = "next year"


_TURNS = {
    Turn.PAST: "الماضي|الماضيه|الماضيين|المنصرم|المنصرمه|الفارط|المنقضي|السالف|"
    "dernier|derniere|derniers|dernieres|ecoule|passe|pasado|ultimo|last",
    Turn.NEXT: "المقبل|المقبله|المقبلين|القادم|القادمه|prochain|prochaine|prochains|proximo|que viene|next",
    Turn.THIS: "الجاري|الحالي|courant|de ce mois|corriente|of this month|من الشهر الجاري|من الشهر الحالي",
    Turn.LAST_YEAR: "من السنه الماضيه|من العام الماضي|من السنه المنصرمه|من العام المنصرم|العام الماضي|السنه الماضيه|"
    "السنه المنصرمه|العام المنصرم|de l'annee derniere|de l'an dernier|l'annee derniere|l'an dernier|"
    "del ano pasado|el ano pasado|of last year|last year",
    Turn.THIS_YEAR: "من السنه الجاريه|من العام الجاري|من السنه الحاليه|من العام الحالي|من هذه السنه|السنه الجاريه|"
    "العام الجاري|السنه الحاليه|العام الحالي|هذه السنه|هذا العام|de cette annee|de l'annee en cours|cette annee|"
    "de este ano|este ano|of this year|this year",
    Turn.NEXT_YEAR: "من السنه المقبله|من العام المقبل|من العام القادم|السنه المقبله|العام المقبل|العام القادم|"
    "de l'annee prochaine|de l'an prochain|l'annee prochaine|l'an prochain|del proximo ano|el proximo ano|"
    "of next year|next year",
}


def _numbered(names: Iterable[str], first: int) -> dict[str, int]:
    return {name: number for number, group in enumerate(names, first) for name in group.split("|") if name}


def _either(names: Iterable[str]) -> str:
    """Match any of the names, the longest first."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


SHORT_MONTHS = _numbered(_SHORT_NAMES, 1)
MONTHS = {**_numbered(_MONTH_NAMES, 1), **SHORT_MONTHS}
WEEKDAYS = _numbered(_WEEKDAY_NAMES, 0)
TURNS = {name: turn for turn, names in _TURNS.items() for name in names.split("|")}

# Pieces. Numbers may touch Arabic letters (و27, ال21) but no Latin ones, digits or signs of a longer number.
NO_NUMBER_BEFORE = r"(?<![\da-z/:.,])"
MONTH = rf"(?:{_either(MONTHS)})\b"
WEEKDAY = rf"(?:{_either(WEEKDAYS)})\b"
YEAR = r"(?:19|20)\d\d(?!\d|[-/.:]\d)"
TURN = rf"(?:{_either(TURNS)})\b"
YEAR_TURN = rf"(?:{_either(name for name, turn in TURNS.items() if turn.value.endswith('year'))})\b"
# "السادس من أكتوبر": the days of a month in words
_UNITS = ("الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع")
ORDINALS = {
    "الاول": 1,
    **{name: number for number, name in enumerate(_UNITS, 2)},
    "العاشر": 10,
    "الحادي عشر": 11,
    **{f"{name} عشر": number for number, name in enumerate(_UNITS, 12)},
    "العشرين": 20,
    "الحادي والعشرين": 21,
    **{f"{name} والعشرين": number for number, name in enumerate(_UNITS, 22)},
    "الثلاثين": 30,
    "الحادي والثلاثين": 31,
}
ORDINAL = rf"(?:{_either(ORDINALS)})"
DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
DAY = rf"(?:{DAY_NUMBER}(?: ?(?:er|st|nd|rd|th|o)\b)?|(?:ال)?فاتح|الاول(?= من)|premier|primero|first(?= of))"
BEFORE_YESTERDAY = (
    r"(?:يوم )?(?:(?:اول|قبل) (?:من )?امس|امس الاول)|avant-hier|anteayer|antes de ayer|the day before yesterday"
)
YESTERDAY = r"(?:يوم )?امس|البارحه|hier|ayer|yesterday"
TODAY = r"اليوم|يومه|aujourd'hui|ce|hoy|este|today|this"
OF_THIS_WEEK = frozenset({"ce", "este", "this"})  # of TODAY: with a weekday they need not mean the day itself
TOMORROW = r"يوم غد|غدا|غد|demain|manana|tomorrow"
AFTER_TOMORROW = r"بعد غد|apres-demain|pasado manana|the day after tomorrow"
TOMORROW_ALONE = r"(?:يوم )?غدا|(?<!de )demain|(?<=hasta )manana|tomorrow"
SPOKEN_DAYS = {BEFORE_YESTERDAY: -2, YESTERDAY: -1, AFTER_TOMORROW: 2, TOMORROW: 1, TODAY: 0}
_COUNTS = (
    "يومين|deux|dos|two",
    "ثلاثه ايام|trois|tres|three",
    "اربعه ايام|quatre|cuatro|four",
    "خمسه ايام|cinq|cinco|five",
    "سته ايام|six|seis",
    "سبعه ايام|sept|siete|seven",
    "ثمانيه ايام|huit|ocho|eight",
    "تسعه ايام|neuf|nueve|nine",
    "عشره ايام|dix|diez|ten",
)
# a weekday after these is an end without a beginning
UNTIL = re.compile(
    r"(?:\bjusqu'(?:a|au)|\bd'ici(?: a| au)?|\bavant(?: le)?|\buntil|\bby|\bbefore|\bhasta(?: el)?|\b(?:de |d')aqui al?"
    r"|\bantes del|\bالي غايه|\bحتي) (?:يوم )?$"
)
_PART_OF_MONTH = "مطلع|بدايه|اوائل|مستهل|منتصف|اواسط|نهايه|اواخر|متم"
THIS_MONTH = (
    rf"(?:(?:هذا|{_PART_OF_MONTH}) الشهر|الشهر (?:الجاري|الحالي))(?! (?:نفسه|الماضي|المقبل|القادم|المنصرم|الموالي))"
    r"|(?:ce|du|de ce) mois(?:[- ]ci| en cours| courant)|(?:debut|fin|milieu) du mois\b(?! (?:d|dernier|prochain))"
    r"|(?:a la )?mi[- ]mois\b|(?:de )?este mes\b|a (?:principios|mediados|finales) de(?:l)? mes\b(?! (?:de|pasado|que))"
    r"|(?:earlier |late |later )?this month\b"
)
LAST_MONTH = (
    r"الشهر (?:الماضي|المنصرم|الفارط|المنقضي)|(?:le|du) mois (?:dernier|passe)\b|(?:el|del) mes pasado\b|last month\b"
)
NEXT_MONTH = (
    r"الشهر (?:المقبل|القادم|الموالي)|(?:le|du) mois prochain\b|(?:el|del) (?:proximo mes|mes (?:que viene|proximo))\b"
    r"|next month\b"
)
LAST_WEEK = (
    r"(?:ال)?اسبوع (?:الماضي|المنصرم|الفارط)|la semaine (?:derniere|passee)\b|la (?:semana pasada|pasada semana)\b"
    r"|last week\b(?! of)"
)
THIS_WEEK = r"(?:هذا )?الاسبوع (?:الجاري|الحالي)|cette semaine\b|esta semana\b|this week\b"
NEXT_WEEK = (
    r"الاسبوع (?:المقبل|القادم)|la semaine prochaine\b|la (?:proxima semana|semana (?:que viene|proxima))\b|next week\b"
)
_WEEKS = (
    "الاسبوع الاول|premiere semaine|primera semana|first week",
    "الاسبوع الثاني|deuxieme semaine|seconde semaine|segunda semana|second week",
    "الاسبوع الثالث|troisieme semaine|tercera semana|third week",
    "الاسبوع الرابع|quatrieme semaine|cuarta semana|fourth week",
)
# Not winter: that of 2024 began in 2023, or ended in 2025. "été" is also a form of "être" but after these.
_SEASONS = (
    "(?:ال)?ربيع|printemps|primavera|spring",
    "(?:ال)?صيف|(?<=l')ete|(?<=d')ete|(?<=en )ete|verano|summer",
    "(?:ال)?خريف|automne|otono|autumn|fall",
)
# "21 فبراير", "21 من شهر فبراير", "21 de febrero", "21 of February"
OF = r" ?(?:(?:من|de|of|d'|du mois de) ?)?(?:شهر |mes de )?"
# Two names of one month: "شباط/فبراير", "شباط (فبراير)"
MONTH_TWICE = rf"(?P<month>{MONTH})(?:\.(?= \d))?(?: ?[/(] ?(?P<twin>{MONTH})\)?)?"
YEAR_AFTER = (
    r"(?:,? ?(?:(?:من )?(?:سنه|عام|لسنه|لعام) |من |de |del |del ano |of )?"
    rf"(?P<year>{YEAR}))"
)

# What stands before a day or weekday that is only a name: "حركة 20 فبراير", "صلاة الجمعة".
NAMESAKE = re.compile(
    r"(?:\b(?:ال)?(?:حركه|شارع|ساحه|زنقه|مستشفي|ملعب|جامعه|ثانويه|اعداديه|مدرسه|دستور|ثوره|هجمات|احداث|صلاه|خطبه|سوق) "
    r"|\b(?:mouvement|rue|avenue|boulevard|place|stade|attentats|hopital|appel|souk)(?: du)? "
    r"|\b(?:calle|avenida|plaza|estadio|hospital)(?: (?:de|del))? )$"
)

COUNTS = _numbered(_COUNTS, 2)
COUNT = rf"(?:{_either(COUNTS)})"
WEEKS = _numbered(_WEEKS, 1)
WEEK = rf"(?:{_either(WEEKS)})"
SEASONS = {pattern: 3 * number for number, pattern in enumerate(_SEASONS, 1)}


def day_numbers(printed: str) -> list[int]:
    """Read the days of "26, 27 et 28", "السادس والسابع" or "فاتح": any other day without digits is the first."""
    in_words = [ORDINALS[name] for name in re.findall(ORDINAL, printed)]
    return [int(number) for number in re.findall(r"\d+", printed)] or in_words or [1]
