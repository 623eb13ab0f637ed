"""The nouns of marsad, one for each state of the data. All are frozen, keyword-only and slotted.

Every datetime is aware. Every span (`start`, `end`) counts characters of the original title or text, end exclusive.
"""

from __future__ import annotations

from analysis.records.fetched import Entry, Page, Tries, Visit, VisitState
from analysis.records.followed import Closure, ClosureReason, Discovery, Grounds, Language, Promise, Source, Way
from analysis.records.happened import Account, Direction, Event, EventKind, Precision, Report, Told, When
from analysis.records.known import CopyKind, Fingerprint, KnownText, Lookalike, Placement, SeedDocument
from analysis.records.outcomes import Filing, Outcome, OutcomeKind, RunState
from analysis.records.said import (
    Article,
    Basis,
    Field,
    Judgement,
    Published,
    Rejection,
    RejectionReason,
    Span,
    Tag,
    TagKind,
)

__all__ = [
    "Account",
    "Article",
    "Basis",
    "Closure",
    "ClosureReason",
    "CopyKind",
    "Direction",
    "Discovery",
    "Entry",
    "Event",
    "EventKind",
    "Field",
    "Filing",
    "Fingerprint",
    "Grounds",
    "Judgement",
    "KnownText",
    "Language",
    "Lookalike",
    "Outcome",
    "OutcomeKind",
    "Page",
    "Placement",
    "Precision",
    "Promise",
    "Published",
    "Rejection",
    "RejectionReason",
    "Report",
    "RunState",
    "SeedDocument",
    "Source",
    "Span",
    "Tag",
    "TagKind",
    "Told",
    "Tries",
    "Visit",
    "VisitState",
    "Way",
    "When",
]
