"""Texts to ask an index of copies for: news, copies of each kind, and one communiqué in very many edited copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from virtual.wire import OUTLETS, WAYS, Wire, wrap

from analysis.dedupe import fingerprint
from analysis.records import Article, Filing, Judgement, Language, Placement

PLANTED, WARM = 200, 500
EDITED_COPIES, LATER_COPIES = 200, 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A text to ask for: what was done to it, and of which article it is a copy, None where it is news."""

    kind: str
    filing: Filing
    original: int | None


def questions(wire: Wire, originals: Sequence[list[str]], new: int) -> list[Asked]:
    """Return copies of each kind and new articles, in any order; the first warm the caches up."""
    asked = [
        ask(kind, way(wire, originals[number]), number + 1, "wrapping" if way is wrap else "printer")
        for kind, way in WAYS.items()
        for number in wire.chance.integers(0, len(originals), PLANTED).tolist()
    ]
    asked += [news(wire, "new") for _ in range(new)]
    mixed = [asked[at] for at in wire.chance.permutation(len(asked))]
    return [*(news(wire, "warm") for _ in range(WARM)), *mixed]


def news(wire: Wire, kind: str) -> Asked:
    """Write what no other text says."""
    outlet = int(wire.chance.integers(OUTLETS))
    return ask(kind, wire.article(outlet), None, f"o{outlet}")


def ask(kind: str, written: list[str], original: int | None, source_id: str) -> Asked:
    """Make an article of words."""
    said = " ".join(written)
    mark = fingerprint(said)
    told = Article(
        source_id=source_id, url="", title=mark.exact, text=said, language=Language.ARABIC, author=None, published=None
    )
    judgement = Judgement(relevant=True, score=1.0, because=())
    read = Filing(article=told, judgement=judgement, tags=(), reports=(), fingerprint=mark, placement=Placement())
    return Asked(kind, read, original)


def communique(wire: Wire, size: int) -> list[Asked]:
    """Return a text, many edited copies of it, and then some more of those, edited as much or more."""
    written, first = wire.article(), size + 10_000_000
    asked = [ask("first", written, None, "agency")]
    for number in range(EDITED_COPIES + LATER_COPIES):
        kind = "edited copy" if number < EDITED_COPIES else "later copy"
        changed = WAYS["5 % of words edited" if number % 2 else "10 % of words edited"](wire, written)
        asked.append(ask(kind, changed, first, "printer"))
    return asked
