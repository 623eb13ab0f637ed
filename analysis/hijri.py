"""Days of the Islamic calendar as civil days: by the Umm al-Qura tables, and a day later where the moon is sighted."""

from __future__ import annotations

from datetime import date, timedelta

from hijridate import Gregorian, Hijri

# Morocco begins a month on the day of the tables or on the next: its own sighting decides, which no table foretells.
SIGHTING = timedelta(days=1)
_NAMES = (
    "محرم|محرم الحرام|moharram|muharram|mouharram",
    "صفر|صفر الخير|safar",
    "ربيع الاول|ربيع الاول الانور|ربيع اول|rabi al-awal|rabi al-awwal|rabia i|rabi i|rabii i|rabie i",
    "ربيع الثاني|ربيع الاخر|ربيع ثاني|rabi al-thani|rabi ath-thani|rabia ii|rabi ii|rabii ii|rabie ii",
    "جمادي الاولي|جمادي الاول|jumada al-ula|joumada i|jumada i|joumada al oula",
    "جمادي الثانيه|جمادي الاخره|جمادي الاخر|جمادي الثاني|jumada al-thani|joumada ii|jumada ii|joumada attania",
    "رجب|رجب الفرد|rajab|rejeb",
    "شعبان|شعبان الابرك|chaabane|chaaban|shaaban|sha'ban",
    "رمضان|رمضان المبارك|رمضان الابرك|رمضان المعظم|ramadan|ramadhan|ramazan",
    "شوال|شوال الابرك|chaoual|chawwal|shawwal|chaoual",
    "ذي القعده|ذو القعده|ذي قعده|ذو قعده|dou al qiida|dhou al qi'da|dhu al-qa'da|dhul qadah",
    "ذي الحجه|ذو الحجه|ذي حجه|ذو حجه|dou al hijja|dhou al hijja|dhu al-hijja|dhul hijjah",
)
HIJRI_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split("|")}


def hijri_day(year: int, month: int, day: int) -> tuple[date, date] | None:
    """Return the two civil days it may be; None for a day the tables have not (1343 to 1500)."""
    try:
        first = _civil(year, month, day)
    except (ValueError, OverflowError):
        return None
    return first, first + SIGHTING


def hijri_month(year: int, month: int) -> tuple[date, date] | None:
    """Return the first and the last civil day that may belong to the month."""
    begins = hijri_day(year, month, 1)
    ends = hijri_day(*((year, month + 1) if month < len(_NAMES) else (year + 1, 1)), 1)
    return (begins[0], ends[1] - timedelta(days=1)) if begins and ends else None


def hijri_year(day: date) -> int | None:
    """Return the year a civil day lies in; None outside the tables."""
    try:
        return Gregorian.fromdate(day).to_hijri().year
    except OverflowError:
        return None


def _civil(year: int, month: int, day: int) -> date:
    return date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal())
