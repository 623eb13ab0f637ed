"""What operators are told of sources: which troubles that cost articles are new, and which are mended."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.records import KnownTrouble, Notice, Trouble
from analysis.settling import Settlement

MOST_LINES = 40
"""A notice of a whole night without a line names no more sources than somebody reads."""


def notice_of(troubles: Settlement) -> Notice | None:
    """Say what is new and what is mended since the last look; None where that costs no articles."""
    new = [each for each in troubles.new if each.hard]
    mended = [each for each in troubles.mended if each.hard]
    if not new and not mended:
        return None
    told = [f"{len(new)} new" if new else "", f"{len(mended)} mended" if mended else ""]
    lines = [*_new(new), *_mended(mended)]
    more = [f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
    return Notice(
        headline=f"Troubles of sources: {', '.join(filter(None, told))}",
        lines=(*lines[:MOST_LINES], *more),
        more="marsad watch --full",
    )


def _new(troubles: list[Trouble]) -> Iterator[str]:
    for each in troubles:
        yield f"{each.source_id} is {_spoken(each)} since {each.since:%Y-%m-%d}: {each.seen} Do: {each.advice}"


def _mended(troubles: list[KnownTrouble]) -> Iterator[str]:
    for each in troubles:
        yield f"mended: {each.source_id} is not {_spoken(each)} any more, as it was since {each.since:%Y-%m-%d}"


def _spoken(trouble: Trouble | KnownTrouble) -> str:
    return trouble.kind.replace("_", " ")
