"""`marsad coverage`: which source was asked, answered and brought what on which day, against what it promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from analysis.expectations import ARTICLES
from analysis.records import DayCount, Health, Source
from cli.context import counted, database, say
from cli.output import AsCsv, AsJson, AsParquet, Output
from cli.tables import say_table
from models.coverage import Coverage, Stand, read_coverage
from models.sources import followed_sources

ZONE = ZoneInfo("Africa/Casablanca")
SILENT_SHOWN = 8
LEGEND = "· not asked  x no answer  o nothing new  - fewer than promised  = as promised  + more"
COLUMNS = ("source", "days", "new", "articles", "promised", "stands", "name")
DAY_COLUMNS = ("day", "asked", "answered", "new pages", "articles", "no answer from")


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceDay:
    """One day of one source; `mark` is the one that the table shows."""

    day: date
    source_id: str
    asked: int
    answered: int
    new: int
    articles: int
    waiting: int
    promised_from: int
    promised_to: int
    mark: str


def coverage(
    days: Annotated[int, typer.Option(min=1, max=366, help="Show so many days, today the last.")] = 14,
    source: Annotated[list[str] | None, typer.Option(help="Only these sources; may be given more than once.")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    parquet: AsParquet = None,
) -> None:
    """Show by day and source what was asked, answered, new and an article, and which sources were silent since when.

    Days are Moroccan; the last is today so far. Only news counts: no backfills, imports and old articles.
    """
    output, on = Output(as_json, as_csv, parquet), _last_days(days)
    with database() as opened:
        sources = followed_sources(opened.engine, source or ())
        found = read_coverage(opened.engine, _bounds(on))
    cells = [_source_day(each, day, count) for each in sources for day, count in _counts(each.id, on, found)]

    def as_tables() -> None:
        _tell_sources(sources, on, cells, found.stands)
        _tell_days(on, cells)
        _tell_silent(sources, found.stands)

    facts = {"days": cells, "stands": {each.id: found.stands.get(each.id) for each in sources}}
    output.tell(SourceDay, cells, as_tables, facts)


def _last_days(days: int) -> list[date]:
    today = datetime.now(ZONE).date()
    return [today - timedelta(days=age) for age in range(days - 1, -1, -1)]


def _bounds(on: Sequence[date]) -> list[datetime]:
    """Return the midnights of Morocco that begin the days, and the one that ends the last."""
    days = [*on, on[-1] + timedelta(days=1)]
    return [datetime(day.year, day.month, day.day, tzinfo=ZONE).astimezone(UTC) for day in days]


def _counts(source_id: str, on: Sequence[date], found: Coverage) -> Iterator[tuple[date, DayCount]]:
    nothing = (DayCount(),) * len(on)
    return zip(on, reversed(found.days.get(source_id, nothing)), strict=True)


def _source_day(source: Source, day: date, count: DayCount) -> SourceDay:
    low, high = source.promise.articles_a_day
    return SourceDay(
        day=day,
        source_id=source.id,
        asked=count.asked,
        answered=count.answered,
        new=count.new,
        articles=sum(pages for fate, pages in count.fates.items() if fate in ARTICLES),
        waiting=count.waiting,
        promised_from=low,
        promised_to=high,
        mark=_mark(count, low, high),
    )


def _mark(count: DayCount, low: int, high: int) -> str:
    """Say a day in one character that needs no colour."""
    if not count.answered:
        return "x" if count.asked else "·"
    if not count.new:
        return "o"
    return "-" if count.new < low else "=" if count.new <= high else "+"


def _tell_sources(
    sources: Sequence[Source], on: Sequence[date], cells: Sequence[SourceDay], stands: Mapping[str, Stand]
) -> None:
    by_source: dict[str, list[SourceDay]] = {}
    for cell in cells:
        by_source.setdefault(cell.source_id, []).append(cell)
    title = f"{counted(len(sources), 'source')}, {on[0]:%d %b} to {on[-1]:%d %b %Y}; new pages and articles a day"
    columns = (COLUMNS[0], _ruler(on), *COLUMNS[2:])
    say_table(title, columns, (_row(each, by_source[each.id], stands.get(each.id)) for each in _in_order(sources)))
    say(LEGEND)
    say("")


def _in_order(sources: Sequence[Source]) -> list[Source]:
    return sorted(sources, key=lambda source: (source.tier, source.id))


def _ruler(on: Sequence[date]) -> str:
    """Mark the Mondays over the marks of the days, as weeks have a rhythm."""
    return "".join("M" if day.weekday() == 0 else "." for day in on)


def _row(source: Source, cells: Sequence[SourceDay], stand: Stand | None) -> tuple[object, ...]:
    answered = [cell for cell in cells if cell.answered]
    low, high = source.promise.articles_a_day
    return (
        source.id,
        "".join(cell.mark for cell in cells),
        _mean([cell.new for cell in answered]),
        _mean([cell.articles for cell in answered]),
        f"{low}-{high}",
        _stand(stand),
        source.name_ar or source.name,
    )


def _mean(counts: Sequence[int]) -> str:
    """Say how many a day came, on days on which the source answered."""
    if not counts:
        return ""
    mean = sum(counts) / len(counts)
    return f"{mean:.1f}" if mean < 10 else f"{mean:.0f}"  # noqa: PLR2004 a decimal says nothing of larger ones


def _stand(stand: Stand | None) -> str:
    if stand is None:
        return "never seen"
    if stand.trouble is not None and stand.trouble_since is not None and not _fails(stand):
        return f"{stand.trouble.replace('_', ' ')} {_short(stand.trouble_since)}"
    return stand.health if stand.health is Health.HEALTHY else f"{stand.health} {_short(stand.since)}"


def _short(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%d %b}"


def _tell_days(on: Sequence[date], cells: Sequence[SourceDay]) -> None:
    by_day: dict[date, list[SourceDay]] = {day: [] for day in on}
    for cell in cells:
        by_day[cell.day].append(cell)
    rows = (_day_row(day, [cell for cell in found if cell.asked], found) for day, found in by_day.items())
    say_table("All sources, day by day", DAY_COLUMNS, rows, sentence_last=True)
    say("")


def _day_row(day: date, asked: Sequence[SourceDay], found: Sequence[SourceDay]) -> tuple[object, ...]:
    silent = [cell.source_id for cell in asked if not cell.answered]
    more = f" and {len(silent) - SILENT_SHOWN} more" if len(silent) > SILENT_SHOWN else ""
    return (
        f"{day:%a %d %b}",
        len(asked),
        len(asked) - len(silent),
        sum(cell.new for cell in found),
        sum(cell.articles for cell in found),
        ", ".join(silent[:SILENT_SHOWN]) + more,
    )


def _tell_silent(sources: Sequence[Source], stands: Mapping[str, Stand]) -> None:
    """List the sources that do not answer, the longest first."""
    broken = {source: stands[source.id] for source in sources if source.id in stands}
    failing = [(stand.since, source, stand) for source, stand in broken.items() if _fails(stand)]
    rows = (
        (source.id, stand.health, stand.trouble, f"{since.astimezone(ZONE):%d %b %Y}", source.name_ar or source.name)
        for since, source, stand in sorted(failing, key=lambda each: (each[0], each[1].id))
    )
    say_table(f"Do not answer now: {len(failing)}", ("source", "state", "why", "since", "name"), rows)


def _fails(stand: Stand) -> bool:
    return stand.health in {Health.FAILING, Health.SILENT}
