"""`marsad overview`: what an analyst wants to read after a round: what came, what became of it, and what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from analysis.records import EventKind, OutcomeKind, TagKind, Told
from cli.context import database, say, say_json, say_table
from models.answers import CopySummary, FailedVisit, OutcomeCount, ReportSummary, SettledPage, TagCount
from models.queries import Queries
from models.totals import WAITING

SHOWN = 12
EXAMPLES = 500
TOLD_KINDS = (EventKind.VISIT, EventKind.AGREEMENT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """All that is shown, read in one go."""

    outcomes: tuple[OutcomeCount, ...]
    failed_visits: tuple[FailedVisit, ...]
    rejected: tuple[SettledPage, ...]
    copies: tuple[CopySummary, ...]
    tags: tuple[TagCount, ...]
    reports: tuple[ReportSummary, ...]


def overview(as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False) -> None:
    """Show what was fetched, filed and rejected and why, which copies were found, which tags, and what happened."""
    with database() as opened:
        found = read_overview(Queries(opened.engine))
    if as_json:
        say_json(found)
        return
    _tell_sources(found.outcomes)
    _tell_rejected(found.outcomes, found.rejected)
    _tell_failed_visits(found.failed_visits)
    _tell_copies(found.copies)
    _tell_tags(found.tags)
    _tell_reports(found.reports)


def read_overview(queries: Queries) -> Overview:
    """Ask Postgres for everything that is shown."""
    return Overview(
        outcomes=queries.outcomes(),
        failed_visits=queries.failed_visits(limit=SHOWN),
        rejected=queries.settled(OutcomeKind.REJECTED, limit=EXAMPLES),
        copies=queries.copies(limit=SHOWN),
        tags=queries.tags(),
        reports=queries.reports(told=Told.NEWS, kinds=TOLD_KINDS, limit=SHOWN),
    )


def _tell_sources(outcomes: Sequence[OutcomeCount]) -> None:
    kinds = [*OutcomeKind, WAITING]
    counts: dict[str, Counter[str]] = {}
    for each in outcomes:
        counts.setdefault(each.source_id, Counter())[each.outcome or WAITING] += each.pages
    rows = [(source, count.total(), *(count[kind] or "" for kind in kinds)) for source, count in counts.items()]
    total = sum(counts.values(), Counter())
    rows.append(("all", total.total(), *(total[kind] for kind in kinds)))
    say_table("What became of the pages", ("source", "pages", *kinds), rows)
    say("")


def _tell_rejected(outcomes: Sequence[OutcomeCount], rejected: Sequence[SettledPage]) -> None:
    reasons = Counter[str]()
    for each in outcomes:
        if each.outcome == OutcomeKind.REJECTED:
            reasons[each.reason] += each.pages
    last = {page.reason: " ".join((page.detail or page.url).split()) for page in reversed(rejected)}
    rows = ((count, reason, last.get(reason)) for reason, count in reasons.most_common())
    say_table("Rejected, and why", ("pages", "reason", "for example"), rows)
    say("")


def _tell_failed_visits(visits: Sequence[FailedVisit]) -> None:
    rows = ((visit.source_id, visit.state, visit.status, visit.url) for visit in visits)
    say_table("Addresses that gave no page", ("source", "why", "status", "address"), rows)
    say("")


def _tell_copies(copies: Sequence[CopySummary]) -> None:
    rows = (
        (each.source_id, each.title, each.kind, f"{each.share:.0%}", _original(each), each.original_title)
        for each in copies
    )
    say_table("Copies", ("source", "title", "kind", "share", "of", "whose title is"), rows)
    say("")


def _original(copy: CopySummary) -> str:
    if copy.original_seed_id is not None:
        return f"seed {copy.original_seed_id}"
    return f"{copy.original_source_id} {copy.original_article_id}"


def _tell_tags(tags: Sequence[TagCount]) -> None:
    rows = (
        (kind, ", ".join([f"{tag.id} {tag.articles}" for tag in tags if tag.kind == kind][:SHOWN])) for kind in TagKind
    )
    say_table("Tags, and in how many articles", ("kind", "tags"), rows)
    say("")


def _tell_reports(reports: Iterable[ReportSummary]) -> None:
    rows = (
        (
            _when(each),
            f"{each.direction or ''} {each.kind}".strip(),
            " ".join(each.countries),
            each.source_id,
            each.evidence,
        )
        for each in reports
    )
    say_table("New visits and agreements", ("when", "what", "with", "source", "the sentence that says so"), rows)


def _when(report: ReportSummary) -> str:
    if report.first_on is None:
        return "not said"
    if report.last_on is None or report.last_on == report.first_on:
        return f"{report.first_on}"
    return f"{report.first_on} to {report.last_on:%d}" if report.precision == "day" else f"{report.first_on:%Y-%m}"
