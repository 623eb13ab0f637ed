"""The sources of the seeds as a page of Markdown: by country, how each is followed, or why it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from analysis.records import Discovery, Grounds, Source

HEAD = """\
# Sources

Written by `marsad seeds table` from `seeds/sources/`; edit the entries, not this page.

*Ways* are what is asked for new pages, the preferred first; a *search* is asked for the topic's own phrases. One that
nobody saw answer has its grounds in brackets: *used* by programs of others, *listed* in a catalogue, *inferred* from
what publishes the outlet; doubt these first when a source is silent. *Every* is how often a way is asked while it
brings news, and how seldom while it does not. *A day* is how many articles an ordinary day brings: an estimate."""

FOLLOWED: Mapping[str, Callable[[Source], str]] = {
    "tier": lambda source: str(source.tier),
    "id": lambda source: f"`{source.id}`",
    "name": lambda source: f"[{source.name}]({source.home})",
    "الاسم": lambda source: source.name_ar or "",
    "languages": lambda source: " ".join(source.languages),
    "kind": lambda source: source.kind,
    "ways": lambda source: ", ".join(_way(discovery) for discovery in source.discovery),
    "every": lambda source: f"{_duration(source.cadence_minutes)} to {_duration(source.slowest_minutes)}",
    "a day": lambda source: "{}–{}".format(*source.promise.articles_a_day),
}
CLOSED: Mapping[str, Callable[[Source], str]] = {
    **{column: FOLLOWED[column] for column in ("tier", "id", "name", "الاسم", "languages")},
    "not followed because": lambda source: source.closed.detail if source.closed else "",
    "instead": lambda source: source.closed.instead if source.closed else "",
}


def source_page(sources: Sequence[Source], countries: Mapping[str, str]) -> str:
    """Return the page; `countries` are names by code, and the country with most sources comes first."""
    counted = Counter(source.country for source in sources)
    parts = [HEAD, _summary(sources)]
    for country in sorted(counted, key=lambda code: (-counted[code], code)):
        parts.append(f"## {countries[country]}")
        at_home = sorted((source for source in sources if source.country == country), key=lambda each: each.tier)
        parts += _tables(at_home)
    return "\n\n".join(parts)


def _summary(sources: Iterable[Source]) -> str:
    followed, closed = _parted(sources)
    tiers = Counter(source.tier for source in followed)
    reasons = Counter(source.closed.reason.replace("_", " ") for source in closed if source.closed)
    told = ", ".join(f"{count} of tier {tier}" for tier, count in sorted(tiers.items()))
    why = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()))
    return f"{len(followed)} sources are followed ({told}); {len(closed)} are closed, and listed only ({why})."


def _tables(sources: Iterable[Source]) -> Iterator[str]:
    followed, closed = _parted(sources)
    if followed:
        yield _table(followed, FOLLOWED)
    if closed:
        yield _table(closed, CLOSED)


def _parted(sources: Iterable[Source]) -> tuple[list[Source], list[Source]]:
    followed, closed = list[Source](), list[Source]()
    for source in sources:
        (followed if source.closed is None else closed).append(source)
    return followed, closed


def _table(sources: Iterable[Source], columns: Mapping[str, Callable[[Source], str]]) -> str:
    lines = [list(columns), ["---"] * len(columns)]
    lines += [[tell(source).replace("|", "\\|") for tell in columns.values()] for source in sources]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _way(discovery: Discovery) -> str:
    name = "search" if discovery.is_search else discovery.way.value
    return name if discovery.grounds is Grounds.PROBED else f"{name} ({discovery.grounds})"


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{minutes} min" if rest else f"{hours} h"
