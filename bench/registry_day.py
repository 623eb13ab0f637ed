"""What a day of the registry takes by its own promises: requests for discovery, and how late articles are found.

`python bench/registry_day.py`. No network and no database: each outlet prints the middle of what its entry promises, at
the hours of `virtual/press.py`; its feeds and sections name the newest twenty, its sitemaps and WordPress two days, its
searches nothing new. What is asked when is decided as in a crawl. The days before the last are for learning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from virtual.press import DAY, Outlet, found, moment

from analysis.cadence import PROMPT_MINUTES, Answer, after_answer, bounds_of, is_overflowing, is_source_due
from analysis.records import Rhythm, Source, Way
from analysis.seeds import fill_searches
from pipeline.seeds import read_source_files, read_topic
from spiders.questions import Question, choose, group_questions, is_enough

SEEDS = Path(__file__).parents[1] / "seeds"
DAYS, TICK, PLACES = 4, 5.0, 20


@dataclass(kw_only=True, slots=True)
class Followed:
    """A source, what it prints, and what was asked and found of it: requests of the last day by kind."""

    source: Source
    outlet: Outlet
    rhythms: dict[str, Rhythm] = field(default_factory=dict)
    found: dict[str, float] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    @property
    def is_prompt(self) -> bool:
        """Tell whether its news is wanted at once."""
        return self.source.tier == 1 and self.source.cadence_minutes <= PROMPT_MINUTES

    def follow(self) -> None:
        """Let the days pass."""
        self.asked["robots.txt"] += 1
        for number in range(int(DAYS * DAY / TICK)):
            groups = group_questions(self.source, self.rhythms.get)
            ways = [[self.rhythms.get(question.rhythm.url) for question in group] for group in groups]
            if is_source_due(ways, moment(number * TICK)):
                self._crawl(groups, number * TICK)

    def _crawl(self, groups: Sequence[Sequence[Question]], now: float) -> None:
        is_found, is_over = False, False
        for group in groups:
            due = choose(group, moment(now), at_once=is_over)
            if not is_found and not due and is_enough(group):
                return
            ran_over = [self._ask(replace(question, is_first=not is_found), now) for question in due]
            is_over = all(ran_over) and (is_over or not is_found) if due else is_over
            is_found = is_found or bool(due)

    def _ask(self, question: Question, now: float) -> bool:
        way = question.discovery
        listed = [] if way.is_search else self.outlet.listed(way.way, now)
        unknown = [article.path for article in listed if article.path not in self.found]
        self.found.update(dict.fromkeys(unknown, now))
        dates = tuple(moment(article.published) for article in listed) if way.way is not Way.LISTING else ()
        answer = Answer(unknown=len(unknown), entries=len(listed), dates=dates)
        bounds = bounds_of(self.source, way, is_first=question.is_first, is_backed=question.is_backed)
        self.rhythms[question.rhythm.url] = after_answer(question.rhythm, answer, bounds, moment(now))
        kind = "searches" if way.is_search else "first ways" if question.is_first else "other ways"
        self.asked[kind] += now >= (DAYS - 1) * DAY
        return is_overflowing(question.rhythm, answer)

    def printed(self) -> list[tuple[str, float]]:
        """Return what it listed on the last day, and when."""
        return [
            (each.path, each.listed) for each in self.outlet.articles if (DAYS - 1) * DAY <= each.listed < DAYS * DAY
        ]

    def waits(self) -> list[float]:
        """Return after how many minutes each of these was found."""
        return [self.found[path] - at for path, at in self.printed() if path in self.found]


def follow(sources: Sequence[Source]) -> list[Followed]:
    """Follow sources that print what they promise."""
    outlets = found([round(sum(source.promise.articles_a_day) / 2) for source in sources], DAYS, seed=7)
    pairs = zip(sources, outlets, strict=True)
    followed = [Followed(source=source, outlet=replace(outlet, window=PLACES)) for source, outlet in pairs]
    for each in followed:
        each.follow()
    return followed


def tell(title: str, followed: Sequence[Followed]) -> None:
    """Print what some sources take, by kind of request, and how late they are found."""
    asked = sum((each.asked for each in followed), Counter[str]())
    articles = sum(len(each.printed()) for each in followed)
    waits = sorted(wait for each in followed for wait in each.waits())
    kinds = ", ".join(f"{count} {kind}" for kind, count in asked.most_common())
    middle, late = (waits[round(len(waits) * share)] for share in (0.5, 0.95))
    print(
        f"{title}: {len(followed)} sources, {articles} articles a day, "
        f"{asked.total() / articles:.2f} requests for each ({kinds}); "
        f"found {middle:.0f} minutes after they were listed (median), {late:.0f} (p95)"
    )


def main() -> None:
    """Print it for the registry as it is, and were all of tier 1 prompt."""
    read = fill_searches(read_source_files(SEEDS / "sources"), read_topic(SEEDS))
    sources = [source for source in read if source.closed is None]
    followed = follow(sources)
    tell("as it is", followed)
    tell("prompt", [each for each in followed if each.is_prompt])
    tell("the rest of tier 1", [each for each in followed if each.source.tier == 1 and not each.is_prompt])
    tell("the other tiers", [each for each in followed if each.source.tier > 1])
    prompt = [replace(source, cadence_minutes=PROMPT_MINUTES) if source.tier == 1 else source for source in sources]
    tell("were all of tier 1 prompt", follow(prompt))


if __name__ == "__main__":
    main()
