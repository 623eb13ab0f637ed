"""What a new version of a page changes in what it says, judged as copies are: spelling and punctuation do not count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from analysis.arabic import canonical, words
from analysis.records import Article, Change, Former, Rejection, RejectionReason, Revision

HIDING = frozenset(
    {
        *(RejectionReason.CHALLENGE, RejectionReason.CONSENT, RejectionReason.LOGIN, RejectionReason.PAYWALL),
        *(RejectionReason.PARKED, RejectionReason.NOT_HTML, RejectionReason.TOO_LARGE, RejectionReason.UNDECODABLE),
    }
)
"""Why a page is no article though its outlet may say the same as ever: it only cannot be seen."""


def takes_back(reason: str) -> bool:
    """Tell whether a version that was rejected for this reason no longer says what an earlier one said."""
    return reason not in {*HIDING, RejectionReason.OUTDATED, RejectionReason.UNCHANGED}


def revise(former: Former, article: Article) -> Revision | Rejection:
    """Say what an article changes in what another version of its page said, or why it does not take its place."""
    if former.is_later:
        detail = f"article {former.article_id} is what a later version of the page says"
        return Rejection(reason=RejectionReason.OUTDATED, detail=detail)
    before, after = words(canonical(former.text)), words(canonical(article.text))
    if before == after and _same(former.title, article.title):
        return Rejection(reason=RejectionReason.UNCHANGED, detail=f"it says what article {former.article_id} says")
    return Revision(article_id=former.article_id, change=change_of(former, article.title, article.text))


def change_of(former: Former, title: str, text: str) -> Change:
    """Count what a title and text say otherwise than what they revise."""
    is_title_same = _same(former.title, title)
    words_added, words_removed = _difference(words(canonical(former.text)), words(canonical(text)))
    paragraphs_added, paragraphs_removed = _difference(_paragraphs(former.text), _paragraphs(text))
    return Change(
        title_before=None if is_title_same else former.title,
        words_added=words_added,
        words_removed=words_removed,
        paragraphs_added=paragraphs_added,
        paragraphs_removed=paragraphs_removed,
    )


def count_words(before: str, after: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Count the words of two texts, and those that are new and gone."""
    old, new = words(canonical(before)), words(canonical(after))
    return (len(old), len(new)), _difference(old, new)


def _same(one: str, other: str) -> bool:
    return words(canonical(one)) == words(canonical(other))


def _paragraphs(text: str) -> Iterable[tuple[str, ...]]:
    return (found for line in text.split("\n") if (found := tuple(words(canonical(line)))))


def _difference(before: Iterable[object], after: Iterable[object]) -> tuple[int, int]:
    """Count what is new and what is gone."""
    old, new = Counter(before), Counter(after)
    return (new - old).total(), (old - new).total()
