"""What operators are told of sources: which troubles that cost articles are new, and which are mended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from analysis.records import KnownTrouble, Notice, Trouble
from analysis.settling import Settlement

MOST_TOLD = 20
"""A notice of a whole night without a line tells of no more sources than somebody reads."""
MOST_NAMED, MOST_TRIED = 3, 4


def notice_of(troubles: Settlement) -> Notice | None:
    """Say what is new and what is mended since the last look; None where that costs no articles."""
    new = [each for each in troubles.new if each.hard]
    mended = [each for each in troubles.healed if each.hard]
    if not new and not mended:
        return None
    told = [
        f"{len(new)} new ({_named([f'{each.source_id} is {_spoken(each)}' for each in new])})" if new else "",
        f"{len(mended)} mended ({_named([each.source_id for each in mended])})" if mended else "",
    ]
    each_told = [*map(_new, new), *map(_mended, mended)]
    more = [f"and {len(each_told) - MOST_TOLD} more"] if len(each_told) > MOST_TOLD else []
    return Notice(
        headline=f"Troubles of sources: {', '.join(filter(None, told))}",
        lines=(*(line for lines in each_told[:MOST_TOLD] for line in lines), *more),
        more="marsad watch --full",
    )


def _named(names: Sequence[str]) -> str:
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    return ", ".join([*names[:MOST_NAMED], *more])


def _new(trouble: Trouble) -> tuple[str, ...]:
    """Say what is wrong and since when, what was tried, and what to do."""
    tried = trouble.tried.splitlines()
    more = [f"tried: {len(tried) - MOST_TRIED} ways more"] if len(tried) > MOST_TRIED else []
    return (
        f"{trouble.source_id} is {_spoken(trouble)} since {_moment(trouble.since)}: {trouble.seen}",
        *(f"tried: {way}" for way in tried[:MOST_TRIED]),
        *more,
        f"do: {trouble.advice}",
    )


def _mended(trouble: KnownTrouble) -> tuple[str, ...]:
    since = _moment(trouble.since)
    return (f"mended: {trouble.source_id} is not {_spoken(trouble)} any more, as it was since {since}",)


def _spoken(trouble: Trouble | KnownTrouble) -> str:
    return trouble.kind.replace("_", " ")


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
