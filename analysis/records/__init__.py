"""The nouns of marsad, one for each state of the data. All are frozen, keyword-only and slotted.

Every datetime is aware. Every span (`start`, `end`) counts characters of the original title or text, end exclusive.
"""

from __future__ import annotations

from analysis.records.fetched import Entry, Page, Visit, VisitState
from analysis.records.followed import Closure, ClosureReason, Discovery, Grounds, Language, Promise, Source, Way
from analysis.records.frontier import Address, AddressState, Catch, Due, HostRest, Rhythm, RobotsFile, Validators
from analysis.records.happened import Account, Direction, Event, EventKind, Precision, Report, Told, When
from analysis.records.health import (
    DayCount,
    Figures,
    Health,
    KnownTrouble,
    Observation,
    PageAnswers,
    Severity,
    Standing,
    Trouble,
    TroubleKind,
    WayStanding,
    WayVisit,
)
from analysis.records.known import CopyKind, Fingerprint, KnownText, Lookalike, Placement, SeedDocument
from analysis.records.outcomes import Filing, Outcome, OutcomeKind, RunState
from analysis.records.replayed import NO_EVENTS, Difference, EventsTouched, FieldChange, FoundIn, Kept
from analysis.records.revised import Change, Former, Revision
from analysis.records.said import (
    Article,
    Basis,
    Field,
    Judgement,
    Published,
    Rejection,
    RejectionReason,
    Span,
    Sureness,
    Tag,
    TagKind,
)
from analysis.records.walked import Step

__all__ = [
    "NO_EVENTS",
    "Account",
    "Address",
    "AddressState",
    "Article",
    "Basis",
    "Catch",
    "Change",
    "Closure",
    "ClosureReason",
    "CopyKind",
    "DayCount",
    "Difference",
    "Direction",
    "Discovery",
    "Due",
    "Entry",
    "Event",
    "EventKind",
    "EventsTouched",
    "Field",
    "FieldChange",
    "Figures",
    "Filing",
    "Fingerprint",
    "Former",
    "FoundIn",
    "Grounds",
    "Health",
    "HostRest",
    "Judgement",
    "Kept",
    "KnownText",
    "KnownTrouble",
    "Language",
    "Lookalike",
    "Observation",
    "Outcome",
    "OutcomeKind",
    "Page",
    "PageAnswers",
    "Placement",
    "Precision",
    "Promise",
    "Published",
    "Rejection",
    "RejectionReason",
    "Report",
    "Revision",
    "Rhythm",
    "RobotsFile",
    "RunState",
    "SeedDocument",
    "Severity",
    "Source",
    "Span",
    "Standing",
    "Step",
    "Sureness",
    "Tag",
    "TagKind",
    "Told",
    "Trouble",
    "TroubleKind",
    "Validators",
    "Visit",
    "VisitState",
    "Way",
    "WayStanding",
    "WayVisit",
    "When",
]
