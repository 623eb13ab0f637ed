"""What a page becomes under today's rules, held against what was kept of it: outcome, article, tags and reports."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from analysis.records import Article, Field, FieldChange, FoundIn, Kept, Report, Tag
from analysis.revisions import count_words
from analysis.sentences import split_article


def changed_fields(before: Article, after: Article) -> tuple[FieldChange, ...]:
    """Say which of title, text, date and author are read otherwise; of the text only how much of it."""
    pairs = {
        "title": (before.title, after.title),
        "text": _texts(before, after),
        "date": (_day(before), _day(after)),
        "author": (before.author or "", after.author or ""),
    }
    return tuple(FieldChange(field=name, before=a, after=b) for name, (a, b) in pairs.items() if a != b)


def found_only(one: Kept, other: Kept) -> tuple[FoundIn, ...]:
    """List the tags that were found in one and not in the other, each once, with the first sentence it stands in."""
    known = {(tag.kind, tag.id) for tag in other.tags}
    new = {(tag.kind, tag.id): tag for tag in reversed(one.tags) if (tag.kind, tag.id) not in known}
    article = one.article
    return tuple(_found_in(article, tag) for _, tag in sorted(new.items())) if article else ()


def told_only(one: Sequence[Report], other: Sequence[Report]) -> tuple[Report, ...]:
    """List the reports of one that the other does not tell too; where the sentence stands is no matter."""
    left = [identity(each) for each in other]
    return tuple(each for each in one if not _taken(left, identity(each)))


def identity(report: Report) -> Hashable:
    """Return what makes a report the same as another of its article: the kind, how it is told, the sides, the days."""
    return (
        *(report.kind, report.direction, report.told),
        *(report.people, report.bodies, report.countries),
        report.when,
    )


def _taken(left: list[Hashable], wanted: Hashable) -> bool:
    """Take one away, and tell whether there was one."""
    if wanted not in left:
        return False
    left.remove(wanted)
    return True


def _texts(before: Article, after: Article) -> tuple[str, str]:
    if before.text == after.text:
        return "", ""
    (had, has), (new, gone) = count_words(before.text, after.text)
    return f"{had} words", f"{has} words: {new} new, {gone} gone"


def _day(article: Article) -> str:
    return f"{article.published.on}" if article.published else ""


def _found_in(article: Article, tag: Tag) -> FoundIn:
    words = {Field.TITLE: article.title, Field.TEXT: article.text}[tag.span.field]
    return FoundIn(kind=tag.kind, id=tag.id, sentence=_sentence(article, tag, words) or tag.surface)


def _sentence(article: Article, tag: Tag, words: str) -> str:
    here: Iterable[str] = (
        words[each.start : each.end]
        for each in split_article(article)
        if each.field is tag.span.field and each.start <= tag.span.start < each.end
    )
    return next(iter(here), "")
