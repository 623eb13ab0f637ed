"""Whether a text is a copy of one we know, judged from fingerprints alone; which texts to compare is the archive's.

A fingerprint samples the hashes of word trigrams (FracMinHash: all hashes below a limit), so the share of one text that
stands in another is measured whatever their lengths. See `docs/decisions/copies.md` for the figures behind the numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xxhash

from analysis.paragraphs import Paragraph, numbers_of, paragraphs_of, trigrams_of, words_of
from analysis.records import CopyKind, Fingerprint, KnownText, Lookalike, Placement
from analysis.wording import figures, wording_share

ALL_HASHES = 2**64
LOWEST_RATE = 8
"""One hash in eight is kept of a long text, more of a short one: its best half is then still found in an excerpt."""
ENOUGH_HASHES = 64
"""How many hashes a rate must leave; the measured share then errs by 0.06 at most in two cases of three."""

KEYS, KEY_LIMIT = 24, ALL_HASHES // 16
"""By so many of its hashes, the lowest, a text is found, and by all below the limit: one in sixteen of a long text."""

COPY_SHARE, COPY_WORDS = 0.45, 80
"""A text of so many words is a copy when so much of the shorter one stands in the other; below are rewrites."""
BRIEF_SHARE, BRIEF_WORDS = 0.8, 40
"""A brief is mostly formulas and titles of office: it must share nearly all; between the two, in proportion."""
SHARED_HASHES = 5
"""Fewer hashes in common are chance or one quoted sentence, whatever share they make."""
LENGTH_RATIO = 0.75
"""A copy that is shorter (or longer) than this ratio is an excerpt of (or contains) its original."""
NUMBERS_BEHIND = 0.4
"""In a copy the numbers survive about as the words do; where their share is this far behind, only the frame is left."""
WORDS_FOR_A_NUMBER = 75
"""An edit may change one number in so many words; more are another day's figures. A shorter text keeps them all."""

RECAST_SHARE, RECAST_WORDING, RECAST_WORDS = 0.3, 0.7, 60
"""A dispatch whose sentences were recast or moved keeps so much of its runs, so much of its words, and is no brief."""
RECAST_RATIO = 0.5
"""It is not cut or drawn out by more: a long text has most words of a short one by chance."""
FIGURES_CHANGED = 0.25
"""So many of its figures may be others, at most."""
SURE_SHARE, FIGURES_LOST = 0.7, 0.5
"""Of a text that shares less no more figures may be lost: where they are, its frame alone is the same."""


def fingerprint(text: str, countries: Iterable[str] = ()) -> Fingerprint:
    """Keep of a text what is needed to know it again, whole, edited or in part; spelling and punctuation do not count.

    `countries` are those it names: without them two texts of one frame on two countries can look like one. `exact` is
    the 128-bit XXH3 of its canonical words; hashes are 64-bit XXH3.
    """
    return fingerprint_of(paragraphs_of(text), countries)


def fingerprint_of(paragraphs: Sequence[Paragraph], countries: Iterable[str] = ()) -> Fingerprint:
    """Keep of a text, or of what is left of it, what its paragraphs were hashed to."""
    found = words_of(paragraphs)
    limit = _limit(len(found))
    return Fingerprint(
        exact=xxhash.xxh3_128_hexdigest(" ".join(found).encode()),
        hashes=tuple(sorted(each for each in trigrams_of(paragraphs, found) if each < limit)),
        limit=limit,
        words=len(found),
        numbers=tuple(sorted(numbers_of(paragraphs, found))),
        wording=tuple(sorted({hash_ for each in paragraphs for hash_ in each.wording})),
        countries=tuple(sorted({*countries})),
    )


def keys_of(fingerprint: Fingerprint) -> tuple[int, ...]:
    """Return the hashes a text is found by, sorted; two texts that share a passage share those that are its lowest."""
    return fingerprint.hashes[: max(KEYS, bisect_left(fingerprint.hashes, KEY_LIMIT))]


def new_keys(fingerprint: Fingerprint, original: Fingerprint) -> tuple[int, ...]:
    """Return the keys of a copy that do not find its original anyway: many copies of one text make none of it common.

    The same text once more has none.
    """
    if fingerprint.exact == original.exact:
        return ()
    known = {*keys_of(original)}
    return tuple(each for each in keys_of(fingerprint) if each not in known)


def place(fingerprint: Fingerprint, lookalikes: Sequence[Lookalike]) -> Placement:
    """Say whether a new text is news or a copy: of the known text that accounts for most of it.

    Of two that account for as much a seed comes first, then the lower number; the order they are given in is nothing.
    """
    found = [(match, each) for each in lookalikes if (match := _match(fingerprint, each.fingerprint)) is not None]
    if not found:
        return Placement()
    match, best = min(found, key=lambda pair: (pair[0].rank, _order(pair[1].original), _order(pair[1].text)))
    return Placement(copy_of=best.original, kind=match.kind, share=match.share)


def _limit(word_count: int) -> int:
    """Choose the lowest rate (1, 1/2, 1/4 or 1/8) that leaves enough hashes, as the limit that hashes stay below."""
    rate = LOWEST_RATE
    while rate > 1 and word_count < ENOUGH_HASHES * rate:
        rate //= 2
    return ALL_HASHES // rate


def _order(text: KnownText) -> tuple[bool, str, int]:
    return (text.seed_id is None, text.seed_id or "", text.article_id or 0)


# ---------------------------------------------------------------- two fingerprints


@dataclass(frozen=True, kw_only=True, slots=True)
class _Match:
    """How a new text stands to a known one: `covered` is the share of the new one, `share` of the shorter one."""

    kind: CopyKind
    share: float
    covered: float
    resemblance: float

    @property
    def rank(self) -> tuple[bool, float, float]:
        """Order matches, the best first."""
        return (self.kind is not CopyKind.SAME, -self.covered, -self.resemblance)


def _match(new: Fingerprint, known: Fingerprint) -> _Match | None:
    """Compare two fingerprints below the smaller of their limits; None where the new text is no copy."""
    if new.exact == known.exact and new.words:
        return _Match(kind=CopyKind.SAME, share=1.0, covered=1.0, resemblance=1.0)
    if _name_others(new, known):
        return None
    limit = min(new.limit, known.limit)
    mine, theirs = _below(limit, new), _below(limit, known)
    shared = len(mine & theirs)
    if shared < SHARED_HASHES:
        return None
    share = shared / min(len(mine), len(theirs))
    if not (_is_kept(new, known, share) or _is_recast(new, known, share)):
        return None
    return _Match(
        kind=_kind(new.words / known.words),
        share=share,
        covered=shared / len(mine),
        resemblance=shared / len(mine | theirs),
    )


def _is_kept(new: Fingerprint, known: Fingerprint, share: float) -> bool:
    """Tell a text that keeps enough of another's runs of words, and its figures with them."""
    if share < _needed_share(min(new.words, known.words)) or _is_same_frame(new, known, share):
        return False
    return share >= SURE_SHARE or _figures_lost(new, known) <= FIGURES_LOST


def _below(limit: int, fingerprint: Fingerprint) -> frozenset[int]:
    return frozenset(each for each in fingerprint.hashes if each < limit)


def _kind(length_ratio: float) -> CopyKind:
    if length_ratio < LENGTH_RATIO:
        return CopyKind.EXCERPT
    return CopyKind.CONTAINS if length_ratio > 1 / LENGTH_RATIO else CopyKind.EDITED


def _needed_share(word_count: int) -> float:
    """Say what share makes a copy when the shorter text has so many words."""
    ramp = (COPY_WORDS - word_count) / (COPY_WORDS - BRIEF_WORDS)
    return COPY_SHARE + (BRIEF_SHARE - COPY_SHARE) * min(1.0, max(0.0, ramp))


def _name_others(new: Fingerprint, known: Fingerprint) -> bool:
    """Tell two texts of one frame on other countries, as telegrams and receptions are, from two copies."""
    mine, theirs = {*new.countries}, {*known.countries}
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _is_same_frame(new: Fingerprint, known: Fingerprint, share: float) -> bool:
    """Tell two bulletins of one frame, whose words agree and whose numbers and dates do not, from two copies."""
    fewer = min(len(new.numbers), len(known.numbers))
    lost = fewer - len(set(new.numbers) & set(known.numbers))
    allowed = min(new.words, known.words) // WORDS_FOR_A_NUMBER
    if allowed == 0:
        return lost > 0
    return lost > allowed and lost > fewer * (1 - share + NUMBERS_BEHIND)


def _is_recast(new: Fingerprint, known: Fingerprint, share: float) -> bool:
    """Tell a dispatch told in other sentences, with its words, figures and countries, from another article."""
    shorter, longer = sorted((new.words, known.words))
    if share < RECAST_SHARE or shorter < max(RECAST_WORDS, RECAST_RATIO * longer):
        return False
    if bool(new.countries) is not bool(known.countries):
        return False
    is_worded_alike = wording_share(new.wording, known.wording) >= RECAST_WORDING
    return is_worded_alike and _figures_lost(new, known) <= FIGURES_CHANGED


def _figures_lost(new: Fingerprint, known: Fingerprint) -> float:
    """Return the share of the figures of the text with fewer that the other has not, wherever they stand."""
    mine, theirs = figures(new.wording), figures(known.wording)
    fewer = min(len(mine), len(theirs))
    return 1 - len(mine & theirs) / fewer if fewer else 0.0
