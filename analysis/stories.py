"""Which articles tell the same news in their own words: by the event above all, else by names, days and rare words.

An article joins the story that it shares most with. A story is never more than its articles, and nothing is shared
through a third: so an article that tells of many things joins one story, and ties none to another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from heapq import nsmallest
from typing import Generic, TypeVar

from analysis.gists import DAY, PLACE, Gist, News

Key = TypeVar("Key", bound=Hashable)
Weigh = Callable[[str], float]
"""What it says of two texts that a term stands in both: the more the fewer articles it stands in."""

QUIET = timedelta(days=7)
"""A story without a new article for so long has ended."""
_NEAR = timedelta(days=1)
ALIKE = 0.42
"""The share of its weight that an article must have in common with one in its own language."""
ALIKE_IN_NAMES = 0.75
"""The same of names, days and numbers alone, with one in another language."""
LEAST_SHARED = 8
LEAST_NAMES = 4
FIGURES_KEPT = 3
"""Of so many figures in the lead one is the same, where two articles tell one thing."""
PROVEN = 1.0
MOST_ASKED, MOST_NEAR = 16, 20
"""How many of its rarest terms an article is looked up by, and how many stories that share some it is held against."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice(Generic[Key]):
    """The story of an article: None for a new one, and which others prove to be that story."""

    key: Key | None = None
    merged: tuple[Key, ...] = ()


def choose(gist: Gist, stories: Mapping[Key, Sequence[Gist]], weigh: Weigh) -> Choice[Key]:
    """Choose among stories, each as the gists of its articles, copies left out; of equals the first in their order."""
    near = {key: told for key, told in stories.items() if _is_open(gist, told)}
    shared = {key: share for key, told in near.items() if (share := _share(gist, told, weigh)) is not None}
    if not shared:
        return Choice()
    best = max(shared, key=lambda key: shared[key])
    core = _core([*near[best], gist])
    same = (key for key in near if key != best and core is not None and _core(near[key]) == core)
    return Choice(key=best, merged=tuple(same))


def rarest(terms: Iterable[str], seen: Mapping[str, int]) -> list[str]:
    """Return the terms to look up an article by: those that the fewest articles have, `seen` in one at least."""
    return nsmallest(MOST_ASKED, (term for term in terms if seen.get(term)), key=lambda term: (seen[term], term))


def _is_open(gist: Gist, told: Sequence[Gist]) -> bool:
    """Tell whether an article is no later than the story's last, and no earlier than its first, by too many days."""
    return any(abs(gist.told_on - each.told_on) <= QUIET for each in told)


def _core(told: Sequence[Gist]) -> tuple[int, str] | None:
    """Return the event that most articles of a story tell above all, and as what; None where most tell none."""
    mains = Counter((each.news[0].event, each.news[0].stage.value) for each in told if each.news)
    core, support = next(iter(mains.most_common(1)), (None, 0))
    return core if support * 2 > len(told) else None


def _share(gist: Gist, told: Sequence[Gist], weigh: Weigh) -> float | None:
    """Say how much an article shares with the better half of a story; None where that proves nothing.

    One that is proven to tell another event than most of the story does is not of it, whatever else it shares.
    """
    found = [likeness(gist, each, weigh) for each in told]
    better = sorted((each for each in found if each is not None), reverse=True)
    half = (len(told) + 1) // 2
    return sum(better[:half]) / half if len(better) >= half else None


def likeness(one: Gist, other: Gist, weigh: Weigh) -> float | None:
    """Return above `PROVEN` where two articles tell one event, below it where much else says so, and else None."""
    overlap = _overlap(one, other, weigh)
    if _tell_one_event(one, other):
        return PROVEN + overlap
    if one.news and other.news and not _is_linked(one.news[0], other.news[0]):
        return None
    if _is_series(one, other) or _are_apart(_places(one), _places(other)):
        return None
    if one.language is other.language:
        is_alike = overlap >= ALIKE and len(one.terms & other.terms) >= LEAST_SHARED and not _is_same_frame(one, other)
    else:
        is_alike = overlap >= ALIKE_IN_NAMES and _share_days_and_names(one, other)
    return overlap if is_alike else None


def _tell_one_event(one: Gist, other: Gist) -> bool:
    """Tell whether the main news of each is news in the other; of a visit and what was signed there, of one of them."""
    if not one.news or not other.news:
        return False
    mine, theirs = one.news[0], other.news[0]
    told = _is_told(mine, other), _is_told(theirs, one)
    return all(told) or (any(told) and _is_linked(mine, theirs))


def _is_told(news: News, gist: Gist) -> bool:
    return any((each.event, each.stage) == (news.event, news.stage) for each in gist.news)


def _is_linked(one: News, other: News) -> bool:
    """Tell two events of one occasion: another kind, the same side, days that meet, and told as the same."""
    meets = one.first - _NEAR <= other.last and other.first - _NEAR <= one.last
    is_of_one_side = bool(one.countries & other.countries) or not (one.countries and other.countries)
    return one.kind is not other.kind and one.stage is other.stage and is_of_one_side and meets


def _overlap(one: Gist, other: Gist, weigh: Weigh) -> float:
    mine = _comparable(one, other)
    whole = sum(map(weigh, mine))
    return sum(map(weigh, mine & other.terms)) / whole if whole else 0.0


def _is_series(one: Gist, other: Gist) -> bool:
    """Tell the weather, columns and reviews of one outlet, which are alike every day."""
    return one.source_id == other.source_id and one.told_on != other.told_on


def _places(gist: Gist) -> frozenset[str]:
    return frozenset(term for term in gist.terms if term.startswith(PLACE))


def _are_apart(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine) and bool(theirs) and mine.isdisjoint(theirs)


def _share_days_and_names(one: Gist, other: Gist) -> bool:
    """Tell whether a printed day is one: the same few names are in all that is written about a topic."""
    shared = _comparable(one, other) & other.terms
    return len(shared) >= LEAST_NAMES and any(term.startswith(DAY) for term in shared)


def _is_same_frame(one: Gist, other: Gist) -> bool:
    """Tell two bulletins, whose words agree and whose figures do not, from two articles on one thing."""
    mine, theirs = _figures(one), _figures(other)
    fewer = min(len(mine), len(theirs))
    return fewer > 1 and len(mine & theirs) * FIGURES_KEPT < fewer


def _figures(gist: Gist) -> frozenset[str]:
    return frozenset(term for term in gist.terms if term.isdigit())


def _comparable(one: Gist, other: Gist) -> frozenset[str]:
    """Return the terms that can stand in the other too: of another language, names, days and numbers."""
    if one.language is other.language:
        return one.terms
    return frozenset(term for term in one.terms if ":" in term or term.isdigit())
