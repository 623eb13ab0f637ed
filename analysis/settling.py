"""Troubles found now against those that were told before: what is new, what still stands, and what is mended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from analysis.records import KnownTrouble, Trouble, TroubleKind

PROMISES = frozenset(
    {TroubleKind.STALE, TroubleKind.QUIET, TroubleKind.FLOODING, TroubleKind.UNDATED, TroubleKind.UNPARSEABLE}
)
"""Kinds that are counted over days, and come and go at the edge of a count."""
LINGERS = timedelta(hours=20)


@dataclass(frozen=True, kw_only=True, slots=True)
class Settlement:
    """Troubles told for the first time, those told before (by number, with what is found of them now), and mended ones.

    `kept` ones were not found again and stand all the same: nobody could look, or they may be back tomorrow.
    """

    new: tuple[Trouble, ...]
    standing: Mapping[int, tuple[KnownTrouble, Trouble]]
    mended: tuple[KnownTrouble, ...]
    kept: tuple[KnownTrouble, ...]

    @property
    def healed(self) -> tuple[KnownTrouble, ...]:
        """Mended troubles, but of sources that have a grave one instead: nobody would call these mended."""
        standing = [known for known, _ in self.standing.values()]
        stands: tuple[Trouble | KnownTrouble, ...] = (*self.new, *standing, *self.kept)
        grave = {each.source_id for each in stands if each.hard}
        return tuple(each for each in self.mended if each.source_id not in grave)


def settle(
    known: Iterable[KnownTrouble], found: Iterable[Trouble], unjudged: Collection[str], now: datetime
) -> Settlement:
    """Hold what is found against what is known; of `unjudged` sources nobody can say today whether they keep promises.

    An answer mends at once; a promise is kept again once it was for most of a day.
    """
    seen = {(each.source_id, each.kind, each.address): each for each in found}
    named = {(each.source_id, each.kind, each.address): each for each in known}
    gone = [each for name, each in named.items() if name not in seen]
    failing = {each.source_id for each in seen.values() if each.hard and each.kind not in PROMISES}
    kept = [each for each in gone if _stands(each, unjudged, failing, now)]
    return Settlement(
        new=tuple(each for name, each in seen.items() if name not in named),
        standing={one.id: (one, seen[name]) for name, one in named.items() if name in seen},
        mended=tuple(each for each in gone if each not in kept),
        kept=tuple(kept),
    )


def _stands(trouble: KnownTrouble, unjudged: Collection[str], failing: Collection[str], now: datetime) -> bool:
    """Tell whether a broken promise that was not found again stands; a source that fails now is told as failing."""
    if trouble.kind not in PROMISES or trouble.source_id in failing:
        return False
    return trouble.source_id in unjudged or now - trouble.seen_at < LINGERS
