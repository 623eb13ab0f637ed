"""A message as JSON, for programs: what `docs/webhook.schema.json` describes, with ids of the seeds and ISO dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from analysis.records import Alert, Coverage, Digest, FactChange, Happening, Message, Notice, Telling, When
from channels.bidi import without_isolates
from channels.sheets import Sheet
from channels.wording import Wording

VERSION = 1


def body_of(message: Message, sheet: Sheet, wording: Wording) -> dict[str, object]:
    """Return type, moment and data as Standard Webhooks asks."""
    return {
        "type": _type(message),
        "timestamp": message.made_at.isoformat(),
        "data": {
            "version": VERSION,
            "id": message.key,
            "thread": list(message.thread),
            "recipient": message.recipient.id,
            "language": str(sheet.language),
            "headline": without_isolates(sheet.headline),
            "because": list(message.because),
            **_facts(message.facts, wording),
        },
    }


def _type(message: Message) -> str:
    if isinstance(message.facts, Digest):
        return f"digest.{message.facts.pace}"
    return f"event.{message.occasion}" if isinstance(message.facts, Alert) else str(message.occasion)


def _facts(facts: Alert | Digest | Notice, wording: Wording) -> dict[str, object]:
    if isinstance(facts, Alert):
        return _alert(facts, wording)
    if isinstance(facts, Notice):
        return {"lines": list(facts.lines), "more": facts.more}
    return {
        "first": facts.first.isoformat(),
        "last": facts.last.isoformat(),
        "events": [{"occasion": str(each.occasion), **_alert(each, wording)} for each in facts.alerts],
        "stories": [asdict(each) for each in facts.stories],
        "coverage": _coverage(facts.coverage),
    }


def _alert(alert: Alert, wording: Wording) -> dict[str, object]:
    return {
        "event": _event(alert.happening, wording),
        "tellings": [_telling(each) for each in alert.happening.tellings],
        "changes": [_change(each) for each in alert.changes],
    }


def _event(happening: Happening, wording: Wording) -> dict[str, object]:
    return {
        "id": happening.event_id,
        "url": wording.page_of(happening.event_id),
        "kind": str(happening.kind),
        "direction": str(happening.direction) if happening.direction else None,
        "told": str(happening.told),
        "people": list(happening.people),
        "participants": [
            {"person": each.person, "part": str(each.part), "sources": list(each.sources)}
            for each in happening.participants
        ],
        "bodies": list(happening.bodies),
        "countries": list(happening.countries),
        "city": happening.city,
        "when": _when(happening.when),
        "tags": list(happening.tags),
        "linked": [{"id": number, "kind": str(kind)} for number, kind in happening.linked],
        "retracted_at": happening.retracted_at.isoformat() if happening.retracted_at else None,
        "retracted_because": happening.retracted_because,
        "disagreements": {
            fact: [{"value": value, "outlets": list(outlets)} for value, outlets in values.items()]
            for fact, values in happening.disagreements.items()
        },
    }


def _when(when: When | None) -> Mapping[str, str] | None:
    if when is None:
        return None
    return {"first": when.first.isoformat(), "last": when.last.isoformat(), "precision": str(when.precision)}


def _telling(telling: Telling) -> dict[str, object]:
    return {
        "article": telling.article_id,
        "source": telling.source_id,
        "outlet": telling.outlet,
        "tier": telling.tier,
        "language": str(telling.language),
        "url": telling.url,
        "title": telling.title,
        "told": str(telling.told),
        "told_on": telling.told_on.isoformat(),
        "is_dated": telling.is_dated,
        "evidence": telling.evidence,
        "is_copy": telling.is_copy,
    }


def _change(change: FactChange) -> dict[str, object]:
    return {"fact": change.fact, "before": change.before, "after": change.after}


def _coverage(coverage: Coverage) -> dict[str, object]:
    return {
        "asked": coverage.asked,
        "answered": coverage.answered,
        "articles": coverage.articles,
        "silent": [
            {"source": source, "since": since.isoformat() if since else None} for source, since in coverage.silent
        ],
    }
