"""What is held to be another reading of a page, and what is the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from analysis.differences import changed_fields, found_only, told_only
from analysis.records import Basis, Field, FieldChange, FoundIn, Kept, Published, Report, Span
from builders import article, filed, report, tag


def found(**changes: Any) -> Kept:
    return Kept(outcome=filed(), article=article(), **changes)


def test_fields_are_named_with_what_they_were_and_are():
    now = article(
        title="عنوان",
        text="فقرة ثالثة.",
        author="أمينة",
        published=Published(on=date(2026, 2, 11), at=None, basis=Basis.META),
    )
    assert changed_fields(article(), now) == (
        FieldChange(field="title", before="عنوان قصير", after="عنوان"),
        FieldChange(field="text", before="5 words", after="2 words: 1 new, 4 gone"),
        FieldChange(field="date", before="2026-02-10", after="2026-02-11"),
        FieldChange(field="author", before="", after="أمينة"),
    )
    assert changed_fields(now, now) == ()


def test_a_tag_is_told_once_with_its_first_sentence_wherever_it_stands():
    twice = (tag(id="dst", span=Span(field=Field.TEXT, start=0, end=4)), tag(id="dst"), tag())
    now, before = found(tags=twice), found(tags=(tag(span=Span(field=Field.TEXT, start=5, end=9)),))
    assert found_only(now, before) == (FoundIn(kind="body", id="dst", sentence="فقرة أولى قصيرة."),)
    assert found_only(before, now) == ()


def test_reports_are_the_same_where_only_the_sentence_and_the_city_are_others():
    def told(**changes: Any) -> Report:
        return report(**changes)

    moved = told(evidence="جملة.", city="Rabat", rule="another", span=Span(field=Field.TITLE, start=0, end=4))
    assert told_only([told(), told()], [moved]) == (told(),)
    assert told_only([moved], [told(), told()]) == ()
    assert told_only([told(countries=("QA",))], [told()]) == (told(countries=("QA",)),)
