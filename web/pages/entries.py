"""How a feed tells of events, articles and reports, whichever page it is the twin of."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from models.questions.events import EventFacts
from models.questions.reports import ReportFacts
from web.house import View
from web.twins import Entry


class Headed(Protocol):
    """An article in a list."""

    @property
    def article(self) -> int:
        """Its number."""

    @property
    def title(self) -> str:
        """Its headline."""

    @property
    def told_on(self) -> date:
        """Its day."""

    @property
    def outlet(self) -> str | None:
        """Who printed it."""


def tell_event(view: View, event: EventFacts) -> Entry:
    """Tell of an event."""
    return Entry(
        path=f"/events/{event.event}",
        title=str(view.speech.headline(event).striptags()),
        updated_on=event.made_at,
        summary=event.evidence or "",
    )


def tell_article(article: Headed, summary: str | None = None) -> Entry:
    """Tell of an article, by what is said of it, else by its outlet."""
    told = article.outlet if summary is None else summary
    return Entry(
        path=f"/articles/{article.article}", title=article.title, updated_on=article.told_on, summary=told or ""
    )


def tell_report(report: ReportFacts) -> Entry:
    """Tell what an article says happened."""
    return Entry(
        path=f"/articles/{report.article}#report-{report.report}",
        title=f"{report.outlet}: {report.title}",
        updated_on=report.told_on,
        summary=report.evidence,
    )
