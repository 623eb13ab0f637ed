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
    Turn.PAST: "الماضي|الماضيه|المنصرم|المنصرمه|الفارط|المنقضي|السالف|"
    "dernier|derniere|derniers|dernieres|ecoule|passe|pasado|ultimo|last",
    Turn.NEXT: "المقبل|المقبله|القادم|القادمه|prochain|prochaine|prochains|proximo|que viene|next",
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
DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
DAY = rf"(?:{DAY_NUMBER}(?: ?(?:er|st|nd|rd|th|o)\b)?|(?:ال)?فاتح|الاول(?= من)|premier|primero|first(?= of))"
YESTERDAY = (
    r"(?:يوم )?(?:اول (?:من )?امس|امس)|avant-hier|hier|anteayer|antes de ayer|ayer|the day before yesterday|yesterday"
)
TODAY = r"اليوم|يومه|aujourd'hui|ce|hoy|este|today|this"
TOMORROW = r"يوم غد|غدا|غد|demain|manana|tomorrow"
SPOKEN_DAYS = {
    r"اول (?:من )?امس|avant-hier|anteayer|antes de ayer|the day before": -2,
    YESTERDAY: -1,
    TOMORROW: 1,
    TODAY: 0,
}
# a weekday after these is an end without a beginning
UNTIL = re.compile(r"(?:\bjusqu'(?:a|au)|\buntil|\bhasta(?: el)?|\bالي غايه|\bحتي) (?:يوم )?$")
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
    r"|\b(?:mouvement|rue|avenue|boulevard|place|stade|attentats|hopital|appel|souk)(?: du)? )$"
)


def day_numbers(printed: str) -> list[int]:
    """Read the days of "26, 27 et 28" or "فاتح": a day without digits is the first of its month."""
    return [int(number) for number in re.findall(r"\d+", printed)] or [1]
