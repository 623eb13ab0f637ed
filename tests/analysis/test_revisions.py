"""What a new version of a page changes, and what is no change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.records import Article, Change, Former, Rejection, RejectionReason, Revision
from analysis.revisions import revise
from builders import article

TITLE = "زيارة عمل إلى مدريد"
TEXT = "قام المدير العام بزيارة عمل.\nوالتقى نظيره الإسباني."


def former(**changes: object) -> Former:
    return Former(**{"article_id": 7, "title": TITLE, "text": TEXT, **changes})


def now(title: str = TITLE, text: str = TEXT) -> Article:
    return article(title=title, text=text)


@pytest.mark.parametrize(
    ("title", "text"),
    [(TITLE, TEXT), (f"{TITLE}!", TEXT.replace("\n", "\n\n")), (TITLE, TEXT.replace("الإسباني", "الاسبانيّ"))],
)
def test_spelling_punctuation_and_breaks_are_no_change(title: str, text: str):
    detail = "it says what article 7 says"
    assert revise(former(), now(title, text)) == Rejection(reason=RejectionReason.UNCHANGED, detail=detail)


@pytest.mark.parametrize(
    ("title", "text", "change"),
    [
        ("زيارة إلى مدريد", TEXT, (TITLE, 0, 0, 0, 0)),
        (TITLE, f"{TEXT}\nفقرة جديدة تماما.", (None, 3, 0, 1, 0)),
        (TITLE, "قام المدير العام بزيارة عمل.", (None, 0, 3, 0, 1)),
        (TITLE, TEXT.replace("الإسباني", "الفرنسي"), (None, 1, 1, 1, 1)),
        (TITLE, "والتقى نظيره الإسباني.\nقام المدير العام بزيارة عمل.", (None, 0, 0, 0, 0)),
    ],
)
def test_a_change_says_what_it_is(title: str, text: str, change: tuple[str | None, int, int, int, int]):
    facts = ("title_before", "words_added", "words_removed", "paragraphs_added", "paragraphs_removed")
    expected = Change(**dict(zip(facts, change, strict=True)))
    assert revise(former(), now(title, text)) == Revision(article_id=7, change=expected)


def test_an_earlier_version_that_is_read_late_takes_no_place():
    told = revise(former(is_later=True), now(text="شيء آخر"))
    detail = "article 7 is what a later version of the page says"
    assert told == Rejection(reason=RejectionReason.OUTDATED, detail=detail)


@given(before=st.text(alphabet="ab 1\n"), after=st.text(alphabet="ab 1\n"))
def test_what_one_change_adds_its_undoing_removes(before: str, after: str):
    there, back = (revise(former(text=one), now(text=other)) for one, other in ((before, after), (after, before)))
    if isinstance(there, Rejection):
        assert there == back
    else:
        assert (there.change.words_added, there.change.words_removed, there.change.paragraphs_added) == (
            back.change.words_removed,
            back.change.words_added,
            back.change.paragraphs_removed,
        )
