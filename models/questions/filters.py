"""What can be asked of each list, in an address or on the command line: what is unknown is refused, never guessed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from analysis.records import Direction, EventKind, TagKind, Told

GREATEST = 2**63 - 1
MOST = 100_000
SLUG = r"^[^\x00-\x1f]+$"

Slug = Annotated[str, Field(min_length=1, max_length=80, pattern=SLUG)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Number = Annotated[int, Field(ge=1, le=GREATEST)]
Words = Annotated[str, Field(min_length=1, max_length=300, pattern=SLUG)]


class PressLanguage(StrEnum):
    """The languages of the press."""

    ARABIC = "ar"
    FRENCH = "fr"
    SPANISH = "es"
    ENGLISH = "en"


class AlertState(StrEnum):
    """How a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    DIGESTED = "digested"
    MUTED = "muted"
    OVERTAKEN = "overtaken"
    GIVEN_UP = "given_up"


class Filters(BaseModel):
    """Fields of an address that is strict."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def said(self) -> dict[str, object]:
        """Return what was asked for, without where a page of the list begins and ends."""
        return self.model_dump(mode="json", exclude_defaults=True, exclude={"most", "after", "number", "beyond"})


class Paged(Filters):
    """A list that goes on: `most` of it, from the line after `after`."""

    most: Annotated[int, Field(ge=1, le=MOST, description="how many at the most")] = 50


class Dated(Paged):
    """A list by days, the last first, which goes on below a number of a day."""

    after: Annotated[date, Field(description="the day of the last line that was seen")] | None = None
    number: Annotated[int, Field(ge=0, le=GREATEST, description="and its number")] = 0


class EventFilters(Dated):
    """Which events; `news_only` leaves out what is recalled, announced, denied, retracted, or known from the seeds."""

    kind: EventKind | None = None
    direction: Direction | None = None
    country: Country | None = None
    person: Slug | None = None
    body: Slug | None = None
    since: date | None = None
    until: date | None = None
    told: Told | None = None
    language: PressLanguage | None = None
    news_only: bool = False


class ReportFilters(Paged):
    """Which reports; `since` is the first day on which their articles told them."""

    kind: EventKind | None = None
    told: Told | None = None
    country: Country | None = None
    since: date | None = None
    source: Slug | None = None
    article: Number | None = None


class SearchFilters(Paged):
    """Which articles."""

    q: Words | None = None
    since: date | None = None
    until: date | None = None
    language: PressLanguage | None = None
    source: Slug | None = None
    theme: Slug | None = None
    country: Country | None = None
    newest: bool = False


class StoryFilters(Dated):
    """Which stories: those with so many articles, the last told first."""

    least: Annotated[int, Field(ge=1, le=10_000)] = 1
    since: date | None = None
    until: date | None = None


class NameFilters(Paged):
    """Which people, bodies or countries: those called so, most told of first."""

    q: Words | None = None
    after: Annotated[int, Field(ge=0, le=GREATEST, description="the events of the last line that was seen")] | None = (
        None
    )
    beyond: Annotated[Slug, Field(description="and its id")] = "-"


class TagFilters(Paged):
    """Which tags, of which articles."""

    kind: TagKind | None = None
    since: date | None = None
    until: date | None = None
    language: PressLanguage | None = None
    source: Slug | None = None


class AlertFilters(Paged):
    """Which messages."""

    state: AlertState | None = None
    recipient: Slug | None = None
    event: Number | None = None
    after: Number | None = None


class SourceFilters(Filters):
    """How many days of the sources: a month at the most, for a line of each source and a column of each day."""

    days: Annotated[int, Field(ge=1, le=31)] = 14
