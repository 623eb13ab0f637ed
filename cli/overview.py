"""`marsad overview`: what an analyst wants to read after a round: what came, what became of it, and what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer
from sqlalchemy import Engine

from analysis.records import EventKind, OutcomeKind, RejectionReason, TagKind
from cli.context import PLURALS, database, say, say_json
from cli.events import tellers
from cli.names import country_names, read_vocabulary
from cli.reports import days_of, what_of
from cli.tables import say_table
from models.answers import CopySummary, FailedVisit, OutcomeCount, SettledPage
from models.desk import PATIENT, Desk, open_desk
from models.queries import Queries
from models.questions.events import EventFacts, list_events
from models.questions.filters import MOST, EventFilters, TagFilters
from models.questions.tags import TagCount, list_tags
from models.totals import WAITING

SHOWN = 12
EXAMPLES = 500
MOST_EVENTS = 1000
TOLD_KINDS = (EventKind.VISIT, EventKind.AGREEMENT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """All that is shown, read in one go."""

    outcomes: tuple[OutcomeCount, ...]
    failed_visits: tuple[FailedVisit, ...]
    rejected: tuple[SettledPage, ...]
    nearest_misses: tuple[SettledPage, ...]
    copies: tuple[CopySummary, ...]
    tags: tuple[TagCount, ...]
    events: tuple[EventFacts, ...]


def overview(as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False) -> None:
    """Show what was fetched, filed and rejected and why, which copies were found, which tags, and what happened."""
    with database() as opened:
        found = read_overview(opened.engine)
    if as_json:
        say_json(found)
        return
    seeds = read_vocabulary()
    _tell_sources(found.outcomes)
    _tell_rejected(found, seeds.topic.threshold)
    _tell_failed_visits(found.failed_visits)
    _tell_copies(found.copies)
    _tell_tags(found.tags)
    _tell_events(found.events, country_names(seeds))


def read_overview(engine: Engine) -> Overview:
    """Ask Postgres for everything that is shown."""
    queries = Queries(engine)
    with open_desk(engine, PATIENT) as desk:
        tags, events = list_tags(desk, TagFilters(most=MOST)), _new_events(desk)
    return Overview(
        outcomes=queries.outcomes(),
        failed_visits=queries.failed_visits(limit=SHOWN),
        rejected=queries.settled(OutcomeKind.REJECTED, limit=EXAMPLES),
        nearest_misses=queries.nearest_misses(),
        copies=queries.copies(limit=SHOWN),
        tags=tags,
        events=events,
    )


def _new_events(desk: Desk) -> tuple[EventFacts, ...]:
    """List the new visits and agreements, the newest first."""
    wanted = [EventFilters(kind=kind, news_only=True, most=MOST_EVENTS) for kind in TOLD_KINDS]
    found = [event for each in wanted for event in list_events(desk, each)]
    return tuple(sorted(found, key=lambda each: (each.happened_on, each.event), reverse=True)[:MOST_EVENTS])


def _tell_sources(outcomes: Sequence[OutcomeCount]) -> None:
    kinds = [*OutcomeKind, WAITING]
    counts: dict[str, Counter[str]] = {}
    for each in outcomes:
        counts.setdefault(each.source_id, Counter())[each.outcome or WAITING] += each.pages
    rows = [(source, count.total(), *(count[kind] or "" for kind in kinds)) for source, count in counts.items()]
    total = sum(counts.values(), Counter())
    rows.append(("all", total.total(), *(total[kind] for kind in kinds)))
    say_table("What became of the pages", ("source", "pages", *(PLURALS.get(kind, kind) for kind in kinds)), rows)
    say("")


def _tell_rejected(found: Overview, threshold: float) -> None:
    reasons = Counter[str]()
    for each in found.outcomes:
        if each.outcome == OutcomeKind.REJECTED:
            reasons[each.reason] += each.pages
    examples = {page.reason: _example(page) for page in reversed(found.rejected)}
    examples[RejectionReason.OFF_TOPIC] = "\n".join(map(_example, found.nearest_misses))
    rows = ((count, reason, examples.get(reason)) for reason, count in reasons.most_common())
    title = f"Rejected, and why (on the topic is a score from {threshold:.2f}; the nearest misses are shown)"
    say_table(title, ("pages", "reason", "for example"), rows)
    say("")


def _example(page: SettledPage) -> str:
    return " ".join((page.detail or page.url).split())


def _tell_failed_visits(visits: Sequence[FailedVisit]) -> None:
    rows = ((visit.source_id, visit.state, visit.status, visit.url) for visit in visits)
    say_table("Addresses that gave no page", ("source", "why", "status", "address"), rows)
    say("")


def _tell_copies(copies: Sequence[CopySummary]) -> None:
    rows = (
        (each.source_id, each.title, each.kind, f"{each.share:.0%}", _original(each), each.original_title)
        for each in copies
    )
    say_table("Copies", ("source", "title", "kind", "share", "of, read earlier", "whose title is"), rows)
    say("")


def _original(copy: CopySummary) -> str:
    if copy.original_seed_id is not None:
        return f"seed {copy.original_seed_id}"
    return f"{copy.original_source_id} article {copy.original_article_id}"


def _tell_tags(tags: Sequence[TagCount]) -> None:
    rows = (
        (kind, ", ".join([f"{tag.tag} {tag.articles}" for tag in tags if tag.kind == kind][:SHOWN])) for kind in TagKind
    )
    say_table("Tags, and in how many articles", ("kind", "tags"), rows)
    say("")


def _tell_events(events: Sequence[EventFacts], names: Mapping[str, str]) -> None:
    rows = (
        (each.event, days_of(each), what_of(each, names), ", ".join(each.people), tellers(each.sources), each.evidence)
        for each in events[:SHOWN]
    )
    title = f"New visits and agreements: {min(SHOWN, len(events))} of {len(events)}"
    say_table(title, ("event", "when", "what", "who", "told by", "sentence"), rows, sentence_last=True)
