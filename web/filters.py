"""What an address may ask of each list: the same as anybody, of fewer lines at once."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from models.questions.filters import AlertFilters, EventFilters, NameFilters, SearchFilters, StoryFilters

Few = Annotated[int, Field(ge=1, le=200, description="how many at the most")]


class EventPage(EventFilters):
    """Some events."""

    most: Few = 50


class SearchPage(SearchFilters):
    """Some articles; to show where each answers costs more than to find it."""

    most: Few = 20


class StoryPage(StoryFilters):
    """Some stories."""

    most: Few = 50


class NamePage(NameFilters):
    """Some people, bodies or countries."""

    most: Few = 50


class AlertPage(AlertFilters):
    """Some messages."""

    most: Few = 50
