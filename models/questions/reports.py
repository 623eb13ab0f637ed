"""What articles say happened, each with the sentence that says so; and where the reports of one event differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Protocol

from sqlalchemy import text

from analysis.events import disagreements
from analysis.records import Account, Direction, EventKind, Field, Precision, Report, Span, Told, When
from models.desk import Desk
from models.questions.filters import ReportFilters

COLUMNS = """
    said.event, said.report, said.article, said.source, sources.name AS outlet, sources.name_ar AS outlet_ar,
    said.language, said.url, said.title, said.told_on, said.copy_kind, said.kind, said.direction, said.told,
    said.people, said.bodies, said.countries, said.city, said.first_on, said.last_on, said.precision, said.evidence,
    said.field, said.span_start, said.span_end, said.rule
"""
CHOSEN = """
    FROM analyst.event_reports AS said
    JOIN analyst.sources ON sources.source = said.source
    WHERE (CAST(:kind AS text) IS NULL OR said.kind = :kind)
        AND (CAST(:told AS text) IS NULL OR said.told = :told)
        AND (CAST(:country AS text) IS NULL OR said.countries @> ARRAY[CAST(:country AS text)])
        AND (CAST(:since AS date) IS NULL OR said.told_on >= :since)
        AND (CAST(:source AS text) IS NULL OR said.source = :source)
        AND (CAST(:article AS bigint) IS NULL OR said.article = :article)
"""
REPORTS = text(f"SELECT {COLUMNS} {CHOSEN} ORDER BY said.told_on DESC, said.article DESC, said.report LIMIT :most")
COUNT = text(f"SELECT count(*) {CHOSEN}")
OF_EVENT = text(f"""
    SELECT {COLUMNS},
        CASE said.field WHEN 'text' THEN substr(articles.text, greatest(said.span_start - 600, 0) + 1,
            least(said.span_end - said.span_start, 2000) + 1200) ELSE said.title END AS around,
        CASE said.field WHEN 'text' THEN greatest(said.span_start - 600, 0) ELSE 0 END AS around_from
    FROM analyst.event_reports AS said
    JOIN analyst.articles USING (article)
    JOIN analyst.sources ON sources.source = said.source
    WHERE said.event = :event ORDER BY said.told_on, said.article, said.report LIMIT :most
""")  # noqa: S608 nothing of a question stands in it


class WithDays(Protocol):
    """What gives the days of something that happened, where they are known."""

    @property
    def first_on(self) -> date | None:
        """The first day."""

    @property
    def last_on(self) -> date | None:
        """The last one."""

    @property
    def precision(self) -> str | None:
        """How exact they are: day, month or year."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportFacts:
    """What one article says happened, and where it says so; `event` is None for what cannot be told apart."""

    event: int | None
    report: int
    article: int
    source: str
    outlet: str
    outlet_ar: str | None
    language: str
    url: str
    title: str
    told_on: date
    copy_kind: str | None
    kind: str
    direction: str | None
    told: str
    people: tuple[str, ...]
    bodies: tuple[str, ...]
    countries: tuple[str, ...]
    city: str | None
    first_on: date | None
    last_on: date | None
    precision: str | None
    evidence: str
    field: str
    span_start: int
    span_end: int
    rule: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedReport(ReportFacts):
    """A report with `around`, the text about its sentence, from character `around_from` of the article on."""

    around: str
    around_from: int


def list_reports(desk: Desk, wanted: ReportFilters) -> tuple[ReportFacts, ...]:
    """List what articles say happened, the newest articles first."""
    return desk.all(ReportFacts, REPORTS, wanted.model_dump())


def count_reports(desk: Desk, wanted: ReportFilters) -> int:
    """Count the reports that a list without a limit would have."""
    found: int = desk.value(COUNT, wanted.model_dump())
    return found


def reports_of_event(desk: Desk, event: int, most: int) -> tuple[PlacedReport, ...]:
    """List what was reported of an event, the first first."""
    return desk.all(PlacedReport, OF_EVENT, {"event": event, "most": most})


def when_of(facts: WithDays) -> When | None:
    """Return the days of an event or report, None where nobody says."""
    if facts.first_on is None or facts.last_on is None or facts.precision is None:
        return None
    return When(first=facts.first_on, last=facts.last_on, precision=Precision(facts.precision))


def differing(
    reports: Sequence[ReportFacts], stands: Mapping[str, object] = MappingProxyType({})
) -> Mapping[str, Mapping[object, tuple[str, ...]]]:
    """Return the facts that sources print differently, or not as they `stand`, each value with the outlets."""
    return disagreements([_account(each) for each in reports], stands)


def _account(said: ReportFacts) -> Account:
    report = Report(
        kind=EventKind(said.kind),
        direction=Direction(said.direction) if said.direction else None,
        told=Told(said.told),
        people=said.people,
        bodies=said.bodies,
        countries=said.countries,
        city=said.city,
        when=when_of(said),
        evidence=said.evidence,
        span=Span(field=Field(said.field), start=said.span_start, end=said.span_end),
        rule=said.rule,
    )
    return Account(report=report, source_id=said.source, told_on=said.told_on, copied=said.copy_kind is not None)
