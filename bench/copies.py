"""Copies found and new texts told apart: ours beside datasketch, rensa and text-dedup, on the same generated articles.

`python bench/copies.py [ARTICLES]`. Each indexes in memory, in a process of its own, the same words of the same
canonical text; ours also says how a copy relates to its original. A copy is found when its original is named (ours) or
is among the candidates (theirs); a new text is told apart when nothing is named for it. Speeds are of CPU time. They
sign with 128 permutations of word trigrams, in bands for a resemblance of one half. datasketch and rensa are of the
`bench` extra; text-dedup pins old releases of much, and is installed by hand into `.venv-bench` (`uv pip install
text-dedup`). Who is not installed is left out.
"""

from __future__ import annotations

import importlib.util
import multiprocessing
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Protocol

from virtual.wire import WAYS, Wire

from analysis.arabic import canonical, words
from analysis.dedupe import fingerprint, place
from analysis.recall import KnownTexts

ARTICLES, PLANTED, NEW = 2_000, 100, 10
SEED, THRESHOLD, PERMUTATIONS = 7, 0.5, 128
Questions = Mapping[str, Sequence[tuple[str, int | None]]]


class Index(Protocol):
    """What is measured: texts go in, and for a text the numbers of those it may copy come out."""

    def add(self, number: int, text: str) -> None:
        """Keep a text."""

    def copied_from(self, text: str) -> set[int]:
        """Return the originals named for a text."""


class Ours:
    """Fingerprints, the keys turned round, and the judgement."""

    def __init__(self) -> None:
        """Begin empty."""
        self._known = KnownTexts()

    def add(self, number: int, text: str) -> None:
        """Keep a text, as one that was judged already."""
        mark = fingerprint(text)
        self._known.add(number, mark, place(mark, self._known.lookalikes(mark)))

    def copied_from(self, text: str) -> set[int]:
        """Return the original, if any."""
        mark = fingerprint(text)
        found = place(mark, self._known.lookalikes(mark)).copy_of
        return {found.article_id} if found is not None and found.article_id is not None else set()


class Datasketch:
    """MinHash LSH of datasketch."""

    def __init__(self) -> None:
        """Begin empty."""
        from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 of an extra

        self._new, self._bands = MinHash, MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)

    def add(self, number: int, text: str) -> None:
        """Keep a text."""
        self._bands.insert(number, self._sign(text))

    def copied_from(self, text: str) -> set[int]:
        """Return the candidates."""
        return set(self._bands.query(self._sign(text)))

    def _sign(self, text: str) -> object:
        signature = self._new(num_perm=PERMUTATIONS)
        signature.update_batch([each.encode() for each in trigrams(text)])
        return signature


class Rensa:
    """The same in Rust: RMinHash and its LSH."""

    def __init__(self) -> None:
        """Begin empty."""
        from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 of an extra

        self._new = RMinHash
        self._bands = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=PERMUTATIONS // 4)

    def add(self, number: int, text: str) -> None:
        """Keep a text."""
        self._bands.insert(number, self._sign(text))

    def copied_from(self, text: str) -> set[int]:
        """Return the candidates."""
        return set(self._bands.query(self._sign(text)))

    def _sign(self, text: str) -> object:
        signature = self._new(num_perm=PERMUTATIONS, seed=SEED)
        signature.update(trigrams(text))
        return signature


class TextDedup:
    """The signatures of text-dedup's minhash, and its tables, one for each band."""

    def __init__(self) -> None:
        """Begin empty."""
        from text_dedup import minhash  # noqa: PLC0415 installed by hand

        numpy, self._embed = minhash.np, minhash.embed_func
        bands, rows = minhash.optimal_param(THRESHOLD, PERMUTATIONS, 0.5, 0.5)
        largest, prime = numpy.uint32(2**32 - 1), numpy.uint32(2**32 - 5)
        self._how = {
            "num_perm": PERMUTATIONS,
            "ngram_size": 3,
            "min_length": 0,
            "hashranges": [(band * rows, (band + 1) * rows) for band in range(bands)],
            "permutations": (
                minhash.RNG.randint(1, prime, size=PERMUTATIONS, dtype=numpy.uint32),
                minhash.RNG.randint(0, prime, size=PERMUTATIONS, dtype=numpy.uint32),
            ),
            "hash_func": minhash.xxh3_32hash,
            "dtype": numpy.uint32,
            "max_hash": largest,
            "modulo_prime": prime,
        }
        self._tables = [defaultdict[bytes, set[int]](set) for _ in range(bands)]

    def add(self, number: int, text: str) -> None:
        """Keep a text."""
        for table, band in zip(self._tables, self._sign(text), strict=True):
            table[band].add(number)

    def copied_from(self, text: str) -> set[int]:
        """Return the candidates."""
        pairs = zip(self._tables, self._sign(text), strict=True)
        return set().union(*(table.get(band, set()) for table, band in pairs))

    def _sign(self, text: str) -> Sequence[bytes]:
        return self._embed(" ".join(words(canonical(text))), 0, **self._how)["__signatures__"]


def trigrams(text: str) -> list[str]:
    """Return the runs of three canonical words."""
    found = words(canonical(text))
    return list(map(" ".join, zip(found, found[1:], found[2:], strict=False)))


INDEXES: Mapping[str, tuple[type[Index], str]] = {
    "marsad": (Ours, "analysis"),
    "datasketch": (Datasketch, "datasketch"),
    "rensa": (Rensa, "rensa"),
    "text-dedup": (TextDedup, "text_dedup"),
}

# ---------------------------------------------------------------- the measuring

Figures = Mapping[str, float]


def measure(name: str, count: int) -> Figures:
    """Index so many articles, then ask for all others; in a process of its own, for its memory."""
    wire = Wire(SEED)
    drafts = [wire.article() for _ in range(count)]
    asked = questions(wire, drafts)
    articles = [" ".join(draft) for draft in [*drafts, *(wire.bulletin() for _ in range(PLANTED))]]
    index = INDEXES[name][0]()
    before, start = memory(), time.process_time()
    for number, text in enumerate(articles):
        index.add(number, text)
    after, indexed = memory(), time.process_time()
    right: Counter[str] = Counter()
    for kind, texts in asked.items():
        for text, original in texts:
            named = index.copied_from(text)
            right[kind] += (original in named) if original is not None else not named
    took = time.process_time() - indexed
    return {
        **{kind: right[kind] / len(texts) for kind, texts in asked.items()},
        "kept a CPU second": len(articles) / (indexed - start),
        "asked a CPU second": sum(map(len, asked.values())) / took,
        "MB for the index": after - before,
    }


def questions(wire: Wire, drafts: Sequence[list[str]]) -> Questions:
    """Return texts to ask for by kind, each with the number of its original, None where it is news."""
    asked: dict[str, list[tuple[str, int | None]]] = {}
    for kind, way in WAYS.items():
        originals = wire.chance.integers(0, len(drafts), PLANTED).tolist()
        asked[kind] = [(" ".join(way(wire, drafts[number])), number) for number in originals]
    asked["new articles told apart"] = [(" ".join(wire.article()), None) for _ in range(PLANTED * NEW)]
    asked["new bulletins told apart"] = [(" ".join(wire.bulletin()), None) for _ in range(PLANTED)]
    return asked


def memory() -> int:
    """Return the peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Print recall by kind, false copies, speeds and memory, side by side."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    found = {}
    for name, (_, package) in INDEXES.items():
        if importlib.util.find_spec(package) is None:
            print(f"{name} is not installed, and left out")
            continue
        with multiprocessing.get_context("spawn").Pool(1) as alone:
            found[name] = alone.apply(measure, (name, count))
    print(f"{count:,} articles, {PLANTED} copies of each kind, {PLANTED * NEW} new articles")
    print(f"{'':28}" + "".join(f"{name:>14}" for name in found))
    for figure in found["marsad"]:
        digits = 3 if found["marsad"][figure] <= 1 else 0
        print(f"{figure:28}" + "".join(f"{figures[figure]:14.{digits}f}" for figures in found.values()))


if __name__ == "__main__":
    main()
