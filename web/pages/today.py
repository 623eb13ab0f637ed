"""The first page: new events, the stories that grew, and whether the press was heard at all."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from fastapi import APIRouter, Response

from models.questions.articles import newest_articles
from models.questions.events import new_events
from models.questions.sources import list_days, list_health
from models.questions.stories import grown_stories
from web.house import AskDesk, AskView

router = APIRouter()
WEEK = timedelta(days=7)


@router.get("/", include_in_schema=False)
def today(view: AskView, desk: AskDesk) -> Response:
    """Show what is new."""
    day, now = view.house.day(), view.house.clock()
    asked = list_days(desk, now.date() - timedelta(days=1), now.date())
    asked_on = max((each.day for each in asked), default=None)
    health = list_health(desk)
    return view.paint(
        "today.html",
        day=day,
        events=new_events(desk, now - WEEK, 12),
        stories=grown_stories(desk, day - WEEK, day, 8),
        articles=newest_articles(desk, 8),
        asked_on=asked_on,
        asked=[each for each in asked if each.day == asked_on],
        standing=Counter(each.health for each in health),
        trouble=[each for each in health if each.trouble][:5],
    )
