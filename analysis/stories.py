"""Which articles tell the same news in their own words: by the event above all, else by names, days and rare words.

An article joins the story that it shares most with. A story is never more than its articles, and nothing is shared
through a third: so an article that tells of many things joins one story, and ties none to another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import filterfalse, islice
from typing import Generic, TypeVar

from analysis.gists import COUNTRY, DAY, PLACE, Gist, News, is_name

Key = TypeVar("Key", bound=Hashable)
Weigh = Callable[[str], float]
"""What it says of two texts that a term stands in both: the more the fewer articles it stands in."""

QUIET = timedelta(days=7)
"""A story without a new article for so long has ended."""
_NEAR = timedelta(days=1)
ALIKE, LEAST_SHARED = 0.42, 8
"""The share of its weight, and the terms, that an article must have in common with one in its own language."""
ALIKE_IN_NAMES, LEAST_OF_NAMES, LEAST_WITHOUT_NEWS, LEAST_NAMES = 0.35, 0.2, 0.3, 3
"""The share of the names and days of one article, of those of the other, the same without news, and how many."""
FIGURES_KEPT = 3
"""Of so many figures in the lead one is the same, where two articles tell one thing."""
PROVEN = 1.0
MOST_WORDS, MOST_NAMES, MOST_NEAR = 16, 8, 20
"""How many of its rarest words and names an article is looked up by, and how many stories it is then held against."""


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
    known = sorted((term for term in terms if seen.get(term)), key=lambda term: (seen[term], term))
    words, names = filterfalse(is_name, known), filter(is_name, known)
    return [*islice(words, MOST_WORDS), *islice(names, MOST_NAMES)]


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
    alike = max(_likeness_of_words(one, other, weigh), _likeness_of_names(one, other, weigh))
    if _tell_one_event(one, other):
        return PROVEN + alike
    if _is_series(one, other) or (one.news and other.news and not _is_linked(one.news[0], other.news[0])):
        return None
    return alike or None


def _tell_one_event(one: Gist, other: Gist) -> bool:
    """Tell whether the main news of each is news in the other; of a visit and what was signed there, of one of them."""
    if not one.news or not other.news:
        return False
    mine, theirs = one.news[0], other.news[0]
    told = _is_told(mine, other), _is_told(theirs, one)
    return all(told) or (any(told) and (mine.event == theirs.event or _is_linked(mine, theirs)))


def _is_told(news: News, gist: Gist) -> bool:
    return any((each.event, each.stage) == (news.event, news.stage) for each in gist.news)


def _is_linked(one: News, other: News) -> bool:
    """Tell two events of one occasion: another kind, the same side, days that meet, and told as the same."""
    meets = one.first - _NEAR <= other.last and other.first - _NEAR <= one.last
    is_of_one_side = bool(one.countries & other.countries) or not (one.countries and other.countries)
    return one.kind is not other.kind and one.stage is other.stage and is_of_one_side and meets


def _likeness_of_words(one: Gist, other: Gist, weigh: Weigh) -> float:
    """Return the share of an article that stands in another of its language, 0 where that tells nothing."""
    shared = one.terms & other.terms
    if one.language is not other.language or len(shared) < LEAST_SHARED:
        return 0.0
    if _is_same_frame(one, other) or _are_apart(_places(one), _places(other)):
        return 0.0
    share = _share_of(shared, one.terms, weigh)
    return share if share >= ALIKE else 0.0


def _likeness_of_names(one: Gist, other: Gist, weigh: Weigh) -> float:
    """Return the share that the names and days in common have of those of either, 0 where that tells nothing.

    Where neither tells news that could be read, it must be most of them: the same few names are in all that is written
    on a topic. What an analysis names is past.
    """
    shared = one.names & other.names
    if one.recalls or other.recalls or len(shared) < LEAST_NAMES or not _share_a_side(shared):
        return 0.0
    least = LEAST_OF_NAMES if one.news or other.news else LEAST_WITHOUT_NEWS
    shares = _share_of(shared, one.names, weigh), _share_of(shared, other.names, weigh)
    return sum(shares) / 2 if max(shares) >= ALIKE_IN_NAMES and min(shares) >= least else 0.0


def _share_a_side(names: Iterable[str]) -> bool:
    """Tell whether a country and where it was, or when, are the same."""
    return any(name.startswith(COUNTRY) for name in names) and any(name.startswith((PLACE, DAY)) for name in names)


def _share_of(shared: Iterable[str], terms: Iterable[str], weigh: Weigh) -> float:
    whole = sum(map(weigh, terms))
    return sum(map(weigh, shared)) / whole if whole else 0.0


def _is_series(one: Gist, other: Gist) -> bool:
    """Tell the weather, columns and reviews of one outlet, which are alike every day."""
    return one.source_id == other.source_id and one.told_on != other.told_on


def _places(gist: Gist) -> frozenset[str]:
    return frozenset(term for term in gist.terms if term.startswith(PLACE))


def _are_apart(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine) and bool(theirs) and mine.isdisjoint(theirs)


def _is_same_frame(one: Gist, other: Gist) -> bool:
    """Tell two bulletins, whose words agree and whose figures do not, from two articles on one thing."""
    mine, theirs = _figures(one), _figures(other)
    fewer = min(len(mine), len(theirs))
    return fewer > 1 and len(mine & theirs) * FIGURES_KEPT < fewer


def _figures(gist: Gist) -> frozenset[str]:
    return frozenset(term for term in gist.terms if term.isdigit())
