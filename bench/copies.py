"""Copies found and new texts told apart: ours beside MinHash LSH (datasketch), on the same generated articles.

`python bench/copies.py [ARTICLES]`. They take turns in one run, see the same words of the same canonical text and index
in memory; ours also says how a copy relates to its original. A copy is found when its original is named (ours) or is
among the candidates (theirs); a new text is told apart when nothing is named for it. Speeds are of CPU time. datasketch
is of the `bench` extra, and left out where it is not installed.
"""

from __future__ import annotations

import importlib.util
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from analysis.arabic import canonical, words
from analysis.dedupe import fingerprint, place
from analysis.records import KnownText, Lookalike

ARTICLES, PLANTED, ROUNDS = 1_500, 60, 3
WORDS = (120, 600)
COMMON_HASH = 64
CONSONANTS, VOWELS = "بتجحدرسشصطعفقكلمنه", "اويةأى"


class Index(Protocol):
    """What is measured: texts go in, and for a text the numbers of those it may copy come out."""

    name: str

    def add(self, number: int, text: str) -> None:
        """Keep a text."""

    def copied_from(self, text: str) -> set[int]:
        """Return the originals named for a text."""


class Ours:
    """Fingerprints, the table of hashes turned round, and the judgement."""

    name = "marsad"

    def __init__(self) -> None:
        """Begin empty."""
        self._known: dict[int, Lookalike] = {}
        self._holders: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, number: int, text: str) -> None:
        """Keep a text."""
        name, kept = KnownText.article(number), fingerprint(text)
        self._known[number] = Lookalike(text=name, original=name, fingerprint=kept)
        for each in kept.hashes:
            self._holders[each].append(number)

    def copied_from(self, text: str) -> set[int]:
        """Return the original, if any."""
        kept = fingerprint(text)
        held = (self._holders.get(each, ()) for each in kept.hashes)
        candidates = {number for holders in held if len(holders) <= COMMON_HASH for number in holders}
        found = place(kept, [self._known[number] for number in candidates]).copy_of
        return {found.article_id} if found is not None and found.article_id is not None else set()


class MinHashes:
    """datasketch: 128 permutations of word trigrams, bands for a resemblance of one half."""

    name = "datasketch"

    def __init__(self) -> None:
        """Begin empty."""
        from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 of an extra

        self._new, self._bands = MinHash, MinHashLSH(threshold=0.5, num_perm=128)

    def add(self, number: int, text: str) -> None:
        """Keep a text."""
        self._bands.insert(number, self._sign(text))

    def copied_from(self, text: str) -> set[int]:
        """Return the candidates."""
        return set(self._bands.query(self._sign(text)))

    def _sign(self, text: str) -> object:
        found = words(canonical(text))
        signature = self._new(num_perm=128)
        signature.update_batch([" ".join(found[at : at + 3]).encode() for at in range(max(1, len(found) - 2))])
        return signature


# ---------------------------------------------------------------- what outlets print


class Press:
    """Writes articles of no language in Arabic letters, some words common and most rare, as in real text."""

    def __init__(self, seed: int) -> None:
        """Begin with a lexicon."""
        self.chance = random.Random(seed)  # noqa: S311 words, not secrets
        syllables = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]
        self._lexicon = ["".join(self.chance.choices(syllables, k=self.chance.randint(1, 4))) for _ in range(20_000)]
        self._weights = [1 / (rank + 3) for rank in range(len(self._lexicon))]
        self.page = [self.words(90), self.words(120)]
        self._frame = self.words(130)

    def words(self, count: int) -> list[str]:
        """Write so many words."""
        return self.chance.choices(self._lexicon, self._weights, k=count)

    def article(self) -> list[str]:
        """Write an article."""
        return self.words(self.chance.randint(*WORDS))

    def bulletin(self) -> list[str]:
        """Fill today's numbers into the frame of every day."""
        number = self.chance.randint
        return [f"{word} {number(1, 45)}" if at % 12 == 0 else word for at, word in enumerate(self._frame)]


def edit(share: float) -> Callable[[Press, list[str]], list[str]]:
    """Return the way of an editor who changes such a share of the words."""

    def change(press: Press, text: list[str]) -> list[str]:
        return [press.words(1)[0] if press.chance.random() < share else word for word in text]

    return change


def part(start: float, end: float) -> Callable[[Press, list[str]], list[str]]:
    """Return the way of one who prints a part."""
    return lambda _, text: text[int(len(text) * start) : int(len(text) * end)]


def respell(_: Press, text: list[str]) -> list[str]:
    """Spell with other alefs, yas and tatweel."""
    return [word.replace("أ", "ا").replace("ى", "ي").replace("ة", "ه").replace("ال", "الـ") for word in text]


def reorder(_: Press, text: list[str]) -> list[str]:
    """Print the paragraphs last to first."""
    return [word for at in range(len(text) // 60 * 60, -1, -60) for word in text[at : at + 60]]


WAYS: Mapping[str, Callable[[Press, list[str]], list[str]]] = {
    "2 % of words edited": edit(0.02),
    "5 % of words edited": edit(0.05),
    "10 % of words edited": edit(0.10),
    "15 % of words edited": edit(0.15),
    "first half": part(0, 1 / 2),
    "first third": part(0, 1 / 3),
    "middle third": part(1 / 3, 2 / 3),
    "page text around it": lambda press, text: press.page[0] + text + press.page[1],
    "spelt otherwise": respell,
    "paragraphs re-ordered": reorder,
    "joined to another": lambda press, text: press.article() + text,
}


# ---------------------------------------------------------------- the measuring

Figures = tuple[Mapping[str, float], float, float]
"""The share that is right by kind, seconds to keep all articles, seconds to ask for all texts."""


def measure(index: Index, articles: Sequence[str], asked: Mapping[str, Sequence[tuple[str, int | None]]]) -> Figures:
    """Index the articles, then ask for all others."""
    start = time.process_time()
    for number, text in enumerate(articles):
        index.add(number, text)
    indexed = time.process_time()
    right: Counter[str] = Counter()
    for kind, texts in asked.items():
        for text, original in texts:
            named = index.copied_from(text)
            right[kind] += (original in named) if original is not None else not named
    shares = {kind: right[kind] / len(texts) for kind, texts in asked.items()}
    return shares, indexed - start, time.process_time() - indexed


def questions(press: Press, drafts: Sequence[list[str]]) -> Mapping[str, Sequence[tuple[str, int | None]]]:
    """Return texts to ask for by kind, each with the number of its original, None where it is news."""
    asked: dict[str, list[tuple[str, int | None]]] = {}
    for kind, way in WAYS.items():
        originals = press.chance.choices(range(len(drafts)), k=PLANTED)
        asked[kind] = [(" ".join(way(press, drafts[number])), number) for number in originals]
    asked["new articles told apart"] = [(" ".join(press.article()), None) for _ in range(PLANTED * 10)]
    asked["new bulletins told apart"] = [(" ".join(press.bulletin()), None) for _ in range(PLANTED)]
    return asked


def main() -> None:
    """Print recall by kind, false copies and speeds, side by side."""
    press = Press(7)
    drafts = [press.article() for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)]
    asked = questions(press, drafts)
    articles = [" ".join(draft) for draft in [*drafts, *(press.bulletin() for _ in range(PLANTED))]]
    kinds: list[Callable[[], Index]] = [Ours]
    if importlib.util.find_spec("datasketch"):
        kinds.append(MinHashes)
    else:
        print("datasketch is not installed: ours alone (uv pip install -e '.[bench]')")
    runs: dict[Callable[[], Index], list[Figures]] = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind in kinds:
            runs[kind].append(measure(kind(), articles, asked))
    report(runs, len(articles), sum(map(len, asked.values())))


def report(runs: Mapping[Callable[[], Index], Sequence[Figures]], kept: int, asked: int) -> None:
    """Print a table: a line a kind, a column an index."""
    print(f"{kept} articles of {WORDS[0]} to {WORDS[1]} words, {asked} texts asked for; medians of {ROUNDS} rounds")
    print(f"{'':28}" + "".join(f"{index.name:>14}" for index in runs))
    for kind in next(iter(runs.values()))[0][0]:
        print(f"{kind:28}" + "".join(f"{rounds[0][0][kind]:14.3f}" for rounds in runs.values()))
    speeds = {}
    for label, at, texts in (("kept a CPU second", 1, kept), ("asked a CPU second", 2, asked)):
        speeds[label] = [texts / statistics.median(each[at] for each in rounds) for rounds in runs.values()]
        print(f"{label:28}" + "".join(f"{speed:14.0f}" for speed in speeds[label]))
    if len(runs) > 1:
        print("ratio of speed, ours to theirs: " + ", ".join(f"{k} {a / b:.1f}" for k, (a, b) in speeds.items()))


if __name__ == "__main__":
    main()
