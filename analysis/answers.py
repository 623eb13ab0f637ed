"""What `marsad analyse` says of a text: a reading as an object of JSON, whose fields `docs/analyse.md` explains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.reading import Reading
from analysis.records import Language, Report, Tag, TagKind
from analysis.texts import Framed, GivenText, TextId
from analysis.vocabulary import City

Answer = dict[str, object]

_SHOWN_FIRST = (Language.ENGLISH, Language.FRENCH, Language.SPANISH, Language.ARABIC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """What the texts before this one make of it: whose copy it is, its story, and the event of each report."""

    copy_of: TextId | None
    story: str | None = None
    events: tuple[str | None, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A text, the article in it and what was read there."""

    given: GivenText
    framed: Framed
    reading: Reading


def answer(told: Told, resolved: Resolved, cities: Mapping[str, City]) -> Answer:
    """Say all of a text that was read; ids in the order in which they are first named."""
    reading = told.reading
    events = resolved.events or (None,) * len(reading.reports)
    reports = zip(reading.reports, events, strict=True)
    return {
        "id": told.given.id,
        "language": reading.article.language,
        "relevant": reading.judgement.relevant,
        "score": reading.judgement.score,
        "because": reading.judgement.because,
        "tags": _ids(reading.tags, TagKind.THEME),
        "people": _ids(reading.tags, TagKind.PERSON),
        "bodies": _ids(reading.tags, TagKind.BODY),
        "countries": _ids(reading.tags, TagKind.COUNTRY),
        "reports": [_report(report, event, told.framed, cities) for report, event in reports],
        "copy_of": resolved.copy_of,
        "story": resolved.story,
    }


def refusal(text_id: TextId | None, error: str) -> Answer:
    """Say why a line was not read."""
    return {"id": text_id, "error": error}


def _ids(tags: Iterable[Tag], kind: TagKind) -> list[str]:
    return list(dict.fromkeys(tag.id for tag in tags if tag.kind is kind))


def _report(report: Report, event: str | None, framed: Framed, cities: Mapping[str, City]) -> Answer:
    field, start, end = framed.place(report.span)
    when = report.when
    return {
        "kind": report.kind,
        "direction": report.direction,
        "told": report.told,
        "people": report.people,
        "bodies": report.bodies,
        "countries": report.countries,
        "city": _city(report.city, cities),
        "from": when.first.isoformat() if when else None,
        "to": when.last.isoformat() if when else None,
        "precision": when.precision if when else None,
        "evidence": report.evidence,
        "field": field,
        "start": start,
        "end": end,
        "rule": report.rule,
        "event": event,
    }


def _city(city_id: str | None, cities: Mapping[str, City]) -> str | None:
    """Return the name of a city in English, or in the first of our languages that has one of its own."""
    if city_id is None or city_id not in cities:
        return city_id
    names = cities[city_id].names
    return next((names[language][0] for language in _SHOWN_FIRST if names.get(language)), city_id)
