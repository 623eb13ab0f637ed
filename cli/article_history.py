"""How an article came to say what it says: the versions of its page, as `marsad article` shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cli.context import counted, say
from cli.tables import say_table
from models.answers import ArticleSummary, PageVersion


def standing_of(article: ArticleSummary, history: Sequence[PageVersion]) -> str:
    """Say whether an article is what its page says now."""
    if article.set_aside_at is not None:
        return f"set aside on {article.set_aside_at:%Y-%m-%d}: by today's rules its page is no article of ours"
    if not article.is_current:
        [*_, later] = [each.article_id for each in history if each.article_id is not None]
        return f"not the current one: article {later} is"
    if article.withdrawn_page_id is not None:
        return "withdrawn: its page says it no longer"
    return "withdrawn: its page is gone" if history[-1].version is None else "the current one"


def tell_history(history: Sequence[PageVersion]) -> None:
    """Show the versions of a page, and what became of each."""
    rows = (
        (each.version or "", f"{each.fetched_at:%Y-%m-%d %H:%M}", each.article_id, _said_of(each)) for each in history
    )
    say_table("Versions of its page", ("version", "fetched", "article", "what"), rows)
    say("")


def _said_of(version: PageVersion) -> str:
    if version.version is None:
        return f"no page there any more: {version.detail}"
    told = ": ".join(filter(None, [version.reason or version.outcome or "waiting", version.detail]))
    if version.change is not None:
        told = f"revised: {_spelled_change(version.change)}"
    return told if version.has_body else f"{told} (its body was given up)"


def _spelled_change(change: Mapping[str, Any]) -> str:
    words = f"{counted(change['words_added'], 'word')} more, {change['words_removed']} fewer"
    paragraphs = f"{counted(change['paragraphs_added'], 'paragraph')} new, {change['paragraphs_removed']} gone"
    title = [] if change["title_before"] is None else [f"its title was: {change['title_before']}"]
    return "; ".join([words, paragraphs, *title])
