"""`marsad article`: one article whole, with all that was found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer
from sqlalchemy import Engine

from analysis.records import TagKind
from cli.article_history import standing_of, tell_history
from cli.context import counted, database, say, say_json
from cli.names import country_names, read_vocabulary
from cli.reports import days_of, what_and_how
from cli.tables import say_table
from models.answers import (
    ArticleFilter,
    ArticleSummary,
    CopySummary,
    FoundTag,
    PageVersion,
)
from models.desk import PATIENT, open_desk
from models.queries import Queries
from models.questions.filters import GREATEST, ReportFilters
from models.questions.reports import ReportFacts, list_reports

MANY = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeArticle:
    """An article with all that was found in it; `copy` is None for an original, `story` has the others that tell it.

    `history` has the versions of its page, the first first.
    """

    article: ArticleSummary
    copy: CopySummary | None
    history: tuple[PageVersion, ...]
    story: tuple[int, ...]
    tags: tuple[FoundTag, ...]
    reports: tuple[ReportFacts, ...]
    text: str


def article(
    number: Annotated[
        int, typer.Argument(metavar="ID", min=1, max=GREATEST, help="Its id, as `marsad articles` says.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Show one article: where it is from, why it was filed, what was found in it with the sentences, and its text."""
    with database() as opened:
        whole = read_whole(opened.engine, number)
    if as_json:
        say_json(whole)
        return
    say(whole.article.title)
    for name, fact in _facts(whole):
        say(f"{name:<10} {fact}")
    say("")
    if len(whole.history) > 1:
        tell_history(whole.history)
    _tell_tags(whole.tags)
    if whole.article.is_current:
        _tell_reports(whole.reports)
    else:
        say(f"no report of it counts: {standing_of(whole.article, whole.history)}\n")
    say(whole.text)


def read_whole(engine: Engine, article_id: int) -> WholeArticle:
    """Ask for everything about an article; raises UnknownNameError if there is none.

    One that another revises, or that was set aside, reports nothing any more.
    """
    queries = Queries(engine)
    body = queries.article_text(article_id)
    [summary] = queries.articles(ArticleFilter(id=article_id))
    fellows = queries.articles(ArticleFilter(story=summary.story_id, limit=MANY))
    with open_desk(engine, PATIENT) as desk:
        reports = list_reports(desk, ReportFilters(article=article_id, most=MANY))
    return WholeArticle(
        article=summary,
        copy=next(iter(queries.copies(article=article_id)), None),
        history=queries.history(article_id),
        story=tuple(sorted(each.id for each in fellows if each.id != article_id)),
        tags=queries.tags_of(article_id),
        reports=reports,
        text=body,
    )


def _facts(whole: WholeArticle) -> Iterator[tuple[str, object]]:
    article = whole.article
    yield "article", f"{article.id}, {counted(article.words, 'word')} in {article.language}"
    yield "source", article.source_id
    yield "address", article.url
    yield "published", _published(article)
    yield "author", article.author or "not said"
    said = {"subtitle": article.subtitle, "section": article.section, "its tags": ", ".join(article.outlet_tags)}
    yield from ((name, fact) for name, fact in {**said, "image": article.image}.items() if fact)
    yield "copy of", _original(whole.copy)
    yield "story", _story(article.story_id, whole.story)
    yield "version", standing_of(article, whole.history)
    yield "score", f"{article.score:.2f} because of {', '.join(article.because)}"


def _published(article: ArticleSummary) -> str:
    if article.published_on is None:
        return f"no date: {article.undated_because}"
    moment = f" ({article.published_at:%Y-%m-%d %H:%M %Z})" if article.published_at else ""
    doubt = f", but {article.published_doubt}" if article.published_doubt else ""
    return f"{article.published_on}{moment}, found in: {article.published_basis} ({article.published_sure}{doubt})"


def _original(copy: CopySummary | None) -> str:
    if copy is None:
        return "nothing known: an original"
    if copy.original_seed_id is not None:
        name = f"seed document {copy.original_seed_id}"
    else:
        name = f"article {copy.original_article_id} of {copy.original_source_id}"
    return f"{name} ({copy.kind}, {copy.share:.0%} the same), {copy.original_title or 'without a title'}"


def _story(story_id: int, others: Sequence[int]) -> str:
    told = f"told by article {', '.join(map(str, others))} too" if others else "no other article tells it"
    return f"{story_id}, {told}"


def _tell_tags(tags: Sequence[FoundTag]) -> None:
    rows = ((kind, tag.id, ", ".join(tag.surfaces)) for kind in TagKind for tag in tags if tag.kind == kind)
    say_table(counted(len(tags), "tag"), ("kind", "tag", "found by"), rows)
    say("")


def _tell_reports(reports: Iterable[ReportFacts]) -> None:
    found, names = list(reports), country_names(read_vocabulary())
    rows = ((days_of(r), what_and_how(r, names), ", ".join(r.people), r.evidence) for r in found)
    columns = ("when", "what", "who", "sentence")
    say_table(counted(len(found), "report"), columns, rows, sentence_last=True)
    say("")
