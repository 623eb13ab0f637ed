"""`marsad crawl --dry-run`: what a crawl would ask now, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from analysis.hosts import home_hosts, host_of
from analysis.records import AddressState, Rhythm, Source
from cli.context import counted, say, say_json, spelled
from models.archive import Archive
from spiders.questions import Question, choose, is_enough
from spiders.save import Ledger, Terms

SHOWN = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedWay:
    """A way that would be asked; `only_news` tells that it would be by what its last answer came with."""

    way: str
    url: str
    because: str
    only_news: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What would be asked of one source: ways, then pages for the first time, and `looks` at kept ones.

    A host of it that is left alone is asked for nothing: `resting_until`. What the ways would name comes on top.
    """

    source_id: str
    ways: tuple[PlannedWay, ...]
    pages: tuple[str, ...]
    looks: tuple[str, ...]
    left: int
    resting: int
    resting_until: datetime | None


def tell_plan(engine: Engine, sources: Sequence[Source], terms: Terms, *, as_json: bool) -> None:
    """Say what a crawl of these sources would ask now; nothing is asked, and nothing written."""
    archive = Archive(engine)
    ledger = Ledger(archive, terms)
    ledger.open(sources)
    plans = [_plan(source, ledger, archive) for source in sources]
    if as_json:
        say_json({"sources": plans})
        return
    for plan in plans:
        _tell(plan)
    if not plans:
        say("no source is due")


def _plan(source: Source, ledger: Ledger, archive: Archive) -> Plan:
    due = archive.due(source.id, ledger.now(), ledger.terms.most)
    asked = [address for address in due.addresses if not ledger.resting_until(host_of(address.entry.url))]
    looks = [address for address in asked if address.state is AddressState.KEPT]
    return Plan(
        source_id=source.id,
        ways=tuple(_planned(question, ledger.now()) for question in _questions(source, ledger)),
        pages=tuple(address.entry.url for address in asked if address not in looks),
        looks=tuple(address.entry.url for address in looks),
        left=due.left + len(due.addresses) - len(asked),
        resting=due.resting,
        resting_until=max(filter(None, map(ledger.resting_until, home_hosts(source))), default=None),
    )


def _questions(source: Source, ledger: Ledger) -> Sequence[Question]:
    """Return what is asked where everything answers: the first way, and those whose day is over."""
    asked: list[Question] = []
    for way in ledger.questions(source):
        chosen = choose(way, ledger.now(), at_once=not (asked or ledger.terms.only_due))
        if not asked and not chosen and is_enough(way):
            break
        asked += [question for question in chosen if not ledger.resting_until(host_of(question.url))]
    return asked


def _planned(question: Question, now: datetime) -> PlannedWay:
    is_same = question.url == question.rhythm.url
    return PlannedWay(
        way=question.discovery.way,
        url=question.url,
        because=_because(question.rhythm, now),
        only_news=is_same and bool(question.rhythm.validators),
    )


def _because(rhythm: Rhythm, now: datetime) -> str:
    if rhythm.asked_at is None or rhythm.next_at is None:
        return "it was never asked"
    failed = f", failed {counted(rhythm.failures, 'time')} since it answered" if rhythm.failures else ""
    due = "due since" if rhythm.next_at <= now else "asked by name, else due at"
    return f"{due} {rhythm.next_at:%Y-%m-%d %H:%M} UTC, every {rhythm.interval_minutes} min{failed}"


def _tell(plan: Plan) -> None:
    if plan.resting_until is not None:
        say(f"{plan.source_id}: left alone until {plan.resting_until:%Y-%m-%d %H:%M} UTC, as a host of it asked")
    if plan.resting_until is not None and not (plan.ways or plan.pages or plan.looks):
        return
    counts = {"to fetch": len(plan.pages), "to look at again": len(plan.looks), "left": plan.left}
    told = spelled({**counts, "resting after a failure": plan.resting})
    say(f"{plan.source_id}: {counted(len(plan.ways), 'way')} to ask{', ' if told else ''}{told}")
    for way in plan.ways:
        say(f"  {way.way} {way.url}: {way.because}{', only for news' if way.only_news else ''}")
    for verb, urls in (("fetch", plan.pages), ("look again at", plan.looks)):
        for url in urls[:SHOWN]:
            say(f"  {verb} {url}")
        if len(urls) > SHOWN:
            say(f"  {verb} {len(urls) - SHOWN} more")
