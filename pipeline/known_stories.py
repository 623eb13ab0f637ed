"""The stories told so far, in memory: what `marsad analyse` has where the pipeline has Postgres."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.gists import Gist, News, add_countries, weigh
from analysis.stories import MOST_NEAR, choose, rarest

COMMON = 256
"""A term leads to the last stories that use it, and to no more than this."""


class KnownStories:
    """Gives each article its story, an old one or a new one, by numbers counted from 1."""

    def __init__(self, country_of: Mapping[str, str] | None = None) -> None:
        """Begin with none; `country_of` gives the countries of cities abroad."""
        self._country_of = country_of or {}
        self._told: dict[int, list[Gist]] = {}
        self._standing: dict[int, int] = {}
        self._by_event: defaultdict[int, set[int]] = defaultdict(set)
        self._by_term: defaultdict[str, deque[int]] = defaultdict(lambda: deque(maxlen=COMMON))
        self._seen: Counter[str] = Counter()
        self._articles = 0
        self._last = 0

    def begin(self) -> int:
        """Return the number of a story that nothing can join: nobody knows when it was told."""
        self._last += 1
        return self._last

    def standing(self, number: int) -> int:
        """Return the number under which a story stands today."""
        while number in self._standing:
            number = self._standing[number]
        return number

    def tell(self, gist: Gist) -> int:
        """Return the number of the story of an article that is no copy; stories that prove one keep the lowest."""
        whole = add_countries(gist, self._country_of)
        near = {key: [add_countries(each, self._country_of) for each in self._told[key]] for key in self._near(whole)}
        found = choose(whole, dict(sorted(near.items())), self._weigh)
        kept, *gone = sorted({self.begin() if found.key is None else found.key, *found.merged})
        self._standing.update(dict.fromkeys(gone, kept))
        moved = [gist, *(each for key in gone for each in self._told.pop(key))]
        self._told.setdefault(kept, []).extend(moved)
        for each in moved:
            self._index(kept, each)
        self._articles += 1
        self._seen.update(gist.terms)
        return kept

    def merge_events(self, kept: int, gone: Sequence[int]) -> None:
        """Know that events proved to be one."""
        for story in set[int]().union(*(self._by_event.pop(event, set()) for event in gone)):
            number = self.standing(story)
            self._by_event[kept].add(number)
            self._told[number] = [replace(each, news=_renamed(each.news, kept, gone)) for each in self._told[number]]

    def _near(self, gist: Gist) -> set[int]:
        """Return the stories that an article can be of: those of its events, and those that use its rarest terms."""
        shared: Counter[int] = Counter()
        for term in rarest(gist.terms, self._seen):
            shared.update({self.standing(story) for story in self._by_term.get(term, ())})
        near = {story for story, _ in shared.most_common(MOST_NEAR)}
        return near.union(*(map(self.standing, self._by_event.get(each.event, ())) for each in gist.news))

    def _index(self, number: int, gist: Gist) -> None:
        for each in gist.news:
            self._by_event[each.event].add(number)
        for term in gist.terms:
            stories = self._by_term[term]
            if not stories or stories[-1] != number:
                stories.append(number)

    def _weigh(self, term: str) -> float:
        return weigh(self._articles, self._seen[term], term)


def _renamed(news: Iterable[News], kept: int, gone: Sequence[int]) -> tuple[News, ...]:
    return tuple(replace(each, event=kept) if each.event in gone else each for each in news)
