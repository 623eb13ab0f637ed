"""Records with everything filled in, for tests that care about one field of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from analysis.records import (
    Alert,
    Article,
    Basis,
    Closure,
    ClosureReason,
    Direction,
    Discovery,
    Entry,
    EventKind,
    Field,
    Filing,
    Fingerprint,
    Happening,
    Judgement,
    Language,
    Message,
    Occasion,
    Outcome,
    OutcomeKind,
    Page,
    Placement,
    Precision,
    Promise,
    Published,
    Recipient,
    Report,
    Rule,
    SeedDocument,
    Source,
    Span,
    Tag,
    TagKind,
    Telling,
    Told,
    Visit,
    VisitState,
    Way,
    When,
)

NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)


def page(**changes: Any) -> Page:
    """Build a small French HTML page."""
    facts: dict[str, Any] = {
        "source_id": "atlas",
        "url": "https://atlas.example/1",
        "canonical_url": "https://atlas.example/1",
        "fetched_at": NOON,
        "content_type": "text/html; charset=utf-8",
        "body": b"<html><head><title>Un titre</title></head><body><p>Un paragraphe.</p></body></html>",
    }
    return Page(**{**facts, **changes})


def article(**changes: Any) -> Article:
    """Build a short Arabic article with a proven date."""
    facts: dict[str, Any] = {
        "source_id": "atlas",
        "url": "https://atlas.example/1",
        "title": "عنوان قصير",
        "text": "فقرة أولى قصيرة.\nفقرة ثانية.",
        "language": Language.ARABIC,
        "author": None,
        "published": Published(on=date(2026, 2, 10), at=None, basis=Basis.META),
    }
    return Article(**{**facts, **changes})


def closure(**changes: Any) -> Closure:
    """Build the reason of a source that answers no robot."""
    facts: dict[str, Any] = {
        "reason": ClosureReason.REFUSES_ROBOTS,
        "detail": "HTTP 403 to every robot",
        "instead": "Atlas prints its dispatches",
    }
    return Closure(**{**facts, **changes})


def source(**changes: Any) -> Source:
    """Build a source with one feed."""
    facts: dict[str, Any] = {
        "id": "atlas",
        "name": "Atlas",
        "name_ar": "أطلس",
        "country": "MA",
        "home": "https://atlas.example/",
        "hosts": ("atlas.example",),
        "languages": (Language.ARABIC, Language.FRENCH),
        "kind": "news site",
        "tier": 1,
        "discovery": (Discovery(way=Way.FEED, url="https://atlas.example/feed"),),
        "promise": Promise(articles_a_day=(1, 20)),
    }
    return Source(**{**facts, **changes})


def entry(**changes: Any) -> Entry:
    """Build a line of a feed."""
    facts: dict[str, Any] = {"url": "https://atlas.example/1?from=feed", "title": "Un titre", "published_at": NOON}
    return Entry(**{**facts, **changes})


def visit(**changes: Any) -> Visit:
    """Build a visit that brought a page."""
    facts: dict[str, Any] = {
        "source_id": "atlas",
        "url": "https://atlas.example/1",
        "way": None,
        "state": VisitState.FETCHED,
        "visited_at": NOON,
        "status": 200,
        "elapsed_ms": 120,
        "size_bytes": 83,
    }
    return Visit(**{**facts, **changes})


def fingerprint(**changes: Any) -> Fingerprint:
    """Build a fingerprint of eight hashes, two of them beyond what a signed number holds."""
    facts: dict[str, Any] = {
        "exact": "ab" * 16,
        "hashes": (1, 2, 3, 4, 5, 6, 2**63, 2**64 - 1),
        "limit": 2**64,
        "words": 90,
        "numbers": (7, 2**63 + 7),
    }
    return Fingerprint(**{**facts, **changes})


def tag(**changes: Any) -> Tag:
    """Build a tag in the title of an article."""
    facts: dict[str, Any] = {
        "kind": TagKind.BODY,
        "id": "dgsn",
        "span": Span(field=Field.TITLE, start=0, end=5),
        "surface": "عنوان",
    }
    return Tag(**{**facts, **changes})


def report(**changes: Any) -> Report:
    """Build a report of a visit to Spain."""
    facts: dict[str, Any] = {
        "kind": EventKind.VISIT,
        "direction": Direction.OUTBOUND,
        "told": Told.NEWS,
        "people": ("abdellatif-hammouchi",),
        "bodies": ("dgsn",),
        "countries": ("ES",),
        "city": "Madrid",
        "when": When(first=date(2026, 2, 9), last=date(2026, 2, 10), precision=Precision.DAY),
        "evidence": "فقرة أولى قصيرة.",
        "span": Span(field=Field.TEXT, start=0, end=16),
        "rule": "visit-out",
    }
    return Report(**{**facts, **changes})


def filing(**changes: Any) -> Filing:
    """Build all there is to write of an article that is news."""
    facts: dict[str, Any] = {
        "article": article(),
        "judgement": Judgement(relevant=True, score=0.75, because=("زيارة عمل",)),
        "tags": (tag(),),
        "reports": (report(),),
        "fingerprint": fingerprint(),
        "placement": Placement(),
    }
    return Filing(**{**facts, **changes})


def seed_document(**changes: Any) -> SeedDocument:
    """Build a seed document with every fact."""
    facts: dict[str, Any] = {
        "id": "portrait",
        "outlet": "Atlas",
        "title": "عنوان",
        "language": Language.ARABIC,
        "published_on": date(2023, 2, 21),
        "characters": 5400,
        "fingerprint": fingerprint(exact="cd" * 16, hashes=(101, 102, 103, 104, 105, 106, 107, 108)),
        "tags": ("counter-terrorism",),
        "events": ("a visit to Madrid",),
    }
    return SeedDocument(**{**facts, **changes})


def filed(**changes: Any) -> Outcome:
    """Build the outcome of a page that is news."""
    facts: dict[str, Any] = {"kind": OutcomeKind.FILED, "rules": "r1"}
    return Outcome(**{**facts, **changes})


def recipient(**changes: Any) -> Recipient:
    """Build a desk that reads Arabic and is never asleep."""
    facts: dict[str, Any] = {"id": "desk", "channel": "desk", "language": Language.ARABIC}
    return Recipient(**{**facts, **changes})


def rule(**changes: Any) -> Rule:
    """Build the rule that tells the desk of every visit."""
    facts: dict[str, Any] = {"id": "new-visits", "recipients": ("desk",), "kinds": (EventKind.VISIT,)}
    return Rule(**{**facts, **changes})


def telling(**changes: Any) -> Telling:
    """Build what a source of tier 1 tells of a visit, the day it happened."""
    facts: dict[str, Any] = {
        "article_id": 1,
        "source_id": "atlas",
        "outlet": "Atlas",
        "tier": 1,
        "language": Language.ARABIC,
        "url": "https://atlas.example/1",
        "title": "عنوان قصير",
        "told": Told.NEWS,
        "told_on": date(2026, 2, 10),
        "evidence": "فقرة أولى قصيرة.",
    }
    return Telling(**{**facts, **changes})


def happening(**changes: Any) -> Happening:
    """Build a visit to Madrid that one source tells."""
    facts: dict[str, Any] = {
        "event_id": 12,
        "kind": EventKind.VISIT,
        "direction": Direction.OUTBOUND,
        "told": Told.NEWS,
        "people": ("abdellatif-hammouchi",),
        "bodies": ("dgsn",),
        "countries": ("ES",),
        "city": "madrid",
        "when": When(first=date(2026, 2, 9), last=date(2026, 2, 10), precision=Precision.DAY),
        "made_at": NOON,
        "tags": ("counter-terrorism",),
        "tellings": (telling(),),
    }
    return Happening(**{**facts, **changes})


def alert(**changes: Any) -> Alert:
    """Build the first alert of the desk."""
    facts: dict[str, Any] = {
        "recipient": "desk",
        "occasion": Occasion.FIRST,
        "happening": happening(),
        "because": ("new-visits",),
        "due_at": NOON,
    }
    return Alert(**{**facts, **changes})


def message(**changes: Any) -> Message:
    """Build the first alert of the desk as the outbox keeps it."""
    facts: dict[str, Any] = {
        "id": 1,
        "key": "0b0c6c4e-5d1f-4a53-9d55-6f2c0e4b7a10",
        "thread": (),
        "recipient": recipient(),
        "occasion": Occasion.FIRST,
        "made_at": NOON,
        "because": ("new-visits",),
        "facts": alert(),
    }
    return Message(**{**facts, **changes})
