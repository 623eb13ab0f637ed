"""Messages that were due to somebody, and the rules that they met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from models.desk import Desk
from models.questions.filters import AlertFilters

ALERTS = text("""
    SELECT alert, recipient, occasion, event, because, state, pace, made_at, due_at, settled_at, attempts, last_said
    FROM analyst.alerts_sent
    WHERE (CAST(:state AS text) IS NULL OR state = :state)
        AND (CAST(:recipient AS text) IS NULL OR recipient = :recipient)
        AND (CAST(:event AS bigint) IS NULL OR event = :event)
        AND (CAST(:after AS bigint) IS NULL OR alert < :after)
    ORDER BY alert DESC LIMIT :most
""")
STATES = text("SELECT state, count(*) AS alerts FROM analyst.alerts_sent GROUP BY state ORDER BY state")
ONE = text("""
    SELECT alert, recipient, occasion, event, because, state, pace, made_at, due_at, settled_at, attempts, last_said
    FROM analyst.alerts_sent WHERE alert = :alert
""")


RULES = text("""
    SELECT rule, kinds, directions, countries, people, bodies, themes, languages, told, least_outlets, trusts_tier_one,
        pace
    FROM analyst.alert_rules WHERE rule = ANY(:rules) ORDER BY rule
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertFacts:
    """A message that was due to somebody; `because` are the rules it met."""

    alert: int
    recipient: str
    occasion: str
    event: int | None
    because: tuple[str, ...]
    state: str
    pace: str
    made_at: datetime
    due_at: datetime
    settled_at: datetime | None
    attempts: int
    last_said: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleFacts:
    """What a rule asks of an event: one of each list that is not empty, told so and by so many; never who is told."""

    rule: str
    kinds: tuple[str, ...]
    directions: tuple[str, ...]
    countries: tuple[str, ...]
    people: tuple[str, ...]
    bodies: tuple[str, ...]
    themes: tuple[str, ...]
    languages: tuple[str, ...]
    told: tuple[str, ...]
    least_outlets: int
    trusts_tier_one: bool
    pace: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeAlert:
    """A message with the rules it met, as they stand today; those that are gone are named in `because` only."""

    alert: AlertFacts
    rules: tuple[RuleFacts, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StateCount:
    """How many messages stand so."""

    state: str
    alerts: int


def list_alerts(desk: Desk, wanted: AlertFilters) -> tuple[AlertFacts, ...]:
    """List messages, the last first."""
    return desk.all(AlertFacts, ALERTS, wanted.model_dump())


def count_states(desk: Desk) -> tuple[StateCount, ...]:
    """Count messages by how they stand."""
    return desk.all(StateCount, STATES)


def read_rules(desk: Desk, alerts: Iterable[AlertFacts]) -> tuple[RuleFacts, ...]:
    """Read the rules that messages met."""
    return desk.all(RuleFacts, RULES, {"rules": sorted({name for each in alerts for name in each.because})})


def read_alert(desk: Desk, number: int) -> WholeAlert | None:
    """Read one message; None where there is none of this number."""
    alert = desk.one(AlertFacts, ONE, {"alert": number})
    return None if alert is None else WholeAlert(alert=alert, rules=read_rules(desk, [alert]))
