"""What is kept of a page, and what becomes otherwise when today's rules read it again."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.records.happened import Report
from analysis.records.outcomes import Outcome
from analysis.records.said import Article, Tag


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """What a page became: its outcome, and the article that stands with what was found in it; None where none does."""

    outcome: Outcome
    article: Article | None = None
    tags: tuple[Tag, ...] = ()
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldChange:
    """A field of an article that is read otherwise; of a text how many words it had and has, are new and gone."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundIn:
    """A tag and the first sentence it stands in."""

    kind: str
    id: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EventsTouched:
    """Which events the reports of a page made, which they met, and of which nobody tells any more."""

    made: tuple[int, ...] = ()
    met: tuple[int, ...] = ()
    emptied: tuple[int, ...] = ()


NO_EVENTS = EventsTouched()


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """What today's rules make of a page, held against what was kept of it; `failed` is why they made nothing of it."""

    page_id: int
    url: str
    before: Outcome
    after: Outcome
    fields: tuple[FieldChange, ...] = ()
    tags_added: tuple[FoundIn, ...] = ()
    tags_removed: tuple[FoundIn, ...] = ()
    reports_added: tuple[Report, ...] = ()
    reports_removed: tuple[Report, ...] = ()
    events: EventsTouched = NO_EVENTS
    failed: str = ""

    @property
    def is_none(self) -> bool:
        """Tell whether today's rules say what was kept."""
        outcomes = [(each.kind, each.reason) for each in (self.before, self.after)]
        found = (self.fields, self.tags_added, self.tags_removed, self.reports_added, self.reports_removed)
        return outcomes[0] == outcomes[1] and not any(found) and self.events == NO_EVENTS and not self.failed
