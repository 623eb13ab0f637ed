"""The sample press read day by day, as it was printed: the alerts that came of it, and those a person would send."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

import yaml
from pages_of_press import pages
from sample_truth import Truth, truths
from sqlalchemy import Engine, text

from analysis import urls
from analysis.plain import record_of
from analysis.records import Alert, Page, Source
from analysis.seeds import read_corpus, read_sources
from builders import visit
from cli.sample_press import FOLDER, SamplePress
from models.archive import Archive
from models.audiences import AudienceBook
from models.event_book import EventBook
from pipeline.library import open_library
from pipeline.meet import compile_resolver, meet_all
from pipeline.runs import run
from pipeline.seeds import read_alert_seeds
from pipeline.work import Worker

EVENING = time(20)
LAST_DAY = date(2026, 2, 23)
DEFAULT_KINDS = frozenset({"visit", "agreement"})
FIRSTS = text("SELECT recipient, facts FROM alerts WHERE occasion = 'first' AND state <> 'overtaken' ORDER BY id")


def read_press(engine: Engine, press: SamplePress) -> None:
    """Fetch and read on each day what the press printed on it, and what has no date on the last."""
    archive, library = Archive(engine), open_library(FOLDER.parent)
    archive.load_sources(sources(press))
    archive.load_seed_documents(read_corpus((FOLDER / "corpus.jsonl").read_text("utf-8"), file="corpus.jsonl"), {})
    AudienceBook(engine).load(read_alert_seeds(FOLDER.parent, library.vocabulary.seeds))
    resolver = compile_resolver(library.vocabulary.seeds)
    for day, printed in sorted(_by_day(press).items()):
        now = datetime.combine(day, EVENING, UTC)
        _save(archive, [replace(page, fetched_at=now) for page in printed])
        with run(archive, "process", {}) as current:
            for _ in Worker(archive=archive, library=library).settle_all(current):
                pass
            for _ in meet_all(EventBook(engine, lambda now=now: now), resolver, current):
                pass


def sources(press: SamplePress) -> tuple[Source, ...]:
    return read_sources(press.sources(), file="sources.yml", country="MA")


def sent_firsts(engine: Engine) -> list[tuple[str, Alert]]:
    """Return the first alerts that were written, each with its recipient."""
    with engine.connect() as connection:
        return [(row.recipient, record_of(row.facts, Alert)) for row in connection.execute(FIRSTS)]


def true_firsts(press: SamplePress) -> set[str]:
    """Name the events that a default rule covers: visits and agreements told as news by tier 1, or by two outlets."""
    tiers = {each["id"]: each["tier"] for each in yaml.safe_load(press.sources())}
    tellers = defaultdict[str, set[str]](set)
    for source_id, name in _news(truths(press)):
        tellers[name].add(source_id)
    return {name for name, told in tellers.items() if len(told) > 1 or any(tiers[each] == 1 for each in told)}


def events_of(alert: Alert, press: SamplePress) -> set[str]:
    """Name the events of the manifest that the articles of an alert tell, of its kind, direction and countries."""
    event = alert.happening
    told = {urls.canonical(each.url) for each in event.tellings}
    return {
        report["event"]
        for truth in truths(press)
        if urls.canonical(truth.url) in told
        for report in truth.reports
        if (report["kind"], report.get("direction")) == (event.kind, event.direction)
        and set(report["countries"]) == set(event.countries)
    }


def _news(known: list[Truth]) -> Iterator[tuple[str, str]]:
    for truth in known:
        for report in truth.reports:
            if report["kind"] in DEFAULT_KINDS and report["told"] == "news":
                yield truth.source, report["event"]


def _by_day(press: SamplePress) -> dict[date, list[Page]]:
    days = {urls.canonical(truth.url): truth.published_on or LAST_DAY for truth in truths(press)}
    found = defaultdict[date, list[Page]](list)
    for page in pages(press):
        found[days[page.canonical_url]].append(page)
    return found


def _save(archive: Archive, printed: list[Page]) -> None:
    number = archive.start_run("crawl", {})
    for page in printed:
        archive.save_page(page, visit(source_id=page.source_id, url=page.url), number)
    archive.end_run(number, "done", {})
