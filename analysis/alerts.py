"""Whom an event concerns, and what each of them must be told now, held against what they heard of it before.

Nothing is told twice, and nothing is told that is no news: what is recalled, known from the seeds, or older than a
month. When a message leaves is `analysis/pacing.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from analysis.corrections import facts_of, told_changes
from analysis.pacing import due_at, fastest
from analysis.records import (
    Alert,
    Audience,
    Direction,
    EventKind,
    FactChange,
    Happening,
    Heard,
    Mute,
    Occasion,
    Recipient,
    Rule,
    Telling,
    Told,
    When,
)

FRESH = timedelta(days=7)
"""News of an older article is none any more: it came by a backfill or an import."""
AHEAD = timedelta(days=1)
"""It is tomorrow already where an outlet may print; what is dated later is dated wrong."""
RECENT = timedelta(days=30)
"""Of what is over so long nobody is told for the first time, nor that a fact of it changed."""
NOTHING = Heard()
_EXACT_LAST = ("year", "month", "day")


def decide(
    happening: Happening,
    audience: Audience,
    heard: Mapping[str, Heard],
    now: datetime,
    corrections: Sequence[FactChange] = (),
) -> dict[str, Alert | None]:
    """Say for each recipient what should wait to be sent now; None for nothing, also where something waits.

    `heard` is by recipient; `corrections` are changes that people made beside its facts, told to whoever heard of it.
    """
    return {
        each.id: _Case(happening, audience, each, heard.get(each.id, NOTHING), now, corrections).alert()
        for each in audience.recipients
    }


class _Case:
    """One event and one recipient."""

    def __init__(  # noqa: PLR0913, PLR0917 what `decide` has, and the recipient
        self,
        happening: Happening,
        audience: Audience,
        recipient: Recipient,
        heard: Heard,
        now: datetime,
        corrections: Sequence[FactChange],
    ) -> None:
        self._happening, self._audience, self._recipient = happening, audience, recipient
        self._heard, self._now, self._corrections = heard, now, corrections
        mine = (rule for rule in audience.rules if recipient.id in rule.recipients)
        self._rules = [rule for rule in mine if covers(rule, happening)]

    def alert(self) -> Alert | None:
        """Say what should wait to be sent."""
        if self._heard.last is None:
            return self._first()
        if is_over(self._happening):
            was_told = self._heard.last.occasion is Occasion.RETRACTION
            return None if was_told else self._make(Occasion.RETRACTION, ())
        return self._update(self._heard.last)

    def _first(self) -> Alert | None:
        if is_over(self._happening) or self._happening.is_known:
            return None
        if self._heard.waiting is not None:  # it met its rules when it was made
            return self._make(Occasion.FIRST, [rule.id for rule in self._rules] or self._heard.waiting.because)
        met = [rule.id for rule in self._rules if is_told_enough(rule, self._happening, self._now)]
        return self._make(Occasion.FIRST, met) if met and is_recent(self._happening, self._now) else None

    def _update(self, last: Alert) -> Alert | None:
        found = tuple(find_changes(last, self._happening, self._heard, self._audience.ours))
        named = {each.fact for each in found}
        changes = (*(each for each in self._corrections if each.fact not in named), *found)
        is_by_hand = bool(self._corrections) or not named.isdisjoint(self._happening.fixed)
        is_asked_for = is_by_hand or (self._rules and is_recent(self._happening, self._now))
        if not changes or not (is_asked_for or self._heard.waiting):
            return None
        return self._make(Occasion.UPDATE, [rule.id for rule in self._rules], changes)

    def _make(self, occasion: Occasion, because: Sequence[str], changes: Sequence[FactChange] = ()) -> Alert:
        last, waiting = self._heard.last, self._heard.waiting
        paces = [rule.pace for rule in self._rules if rule.id in because]
        pace = fastest(paces or [each.pace for each in (last, waiting) if each])
        is_on_its_way = waiting is not None and waiting.pace is pace
        return Alert(
            recipient=self._recipient.id,
            occasion=occasion,
            happening=self._happening,
            because=tuple(because) or (last.because if last else ()),
            changes=tuple(changes),
            due_at=waiting.due_at if waiting and is_on_its_way else due_at(self._recipient, pace, self._now),
            pace=pace,
        )


# ---------------------------------------------------------------- does it concern them


def covers(rule: Rule, happening: Happening) -> bool:
    """Tell whether an event is what a rule is about, however it is told and by however many."""
    asked: tuple[tuple[Sequence[object], Iterable[object]], ...] = (
        (rule.kinds, (happening.kind,)),
        (rule.directions, (happening.direction,)),
        (rule.countries, happening.countries),
        (rule.people, happening.people),
        (rule.bodies, happening.bodies),
        (rule.tags, happening.tags),
        (rule.languages, (each.language for each in happening.tellings)),
    )
    return all(not wanted or not {*wanted}.isdisjoint(found) for wanted, found in asked)


def is_told_enough(rule: Rule, happening: Happening, now: datetime) -> bool:
    """Tell whether enough outlets tell it as the rule wants it told, one of them these days."""
    tellings = [each for each in happening.tellings if each.told in rule.told]
    if happening.told not in rule.told or not any(_is_fresh(each, happening, now) for each in tellings):
        return False
    is_trusted = rule.trusts_tier_one and any(each.tier == 1 for each in tellings)
    return is_trusted or len({each.source_id for each in tellings}) >= rule.least_outlets


def is_over(happening: Happening) -> bool:
    """Tell whether it is known not to have happened: retracted, or denied by all."""
    return happening.retracted_at is not None or happening.told is Told.DENIED


def is_recent(happening: Happening, now: datetime) -> bool:
    """Tell whether it is to come, or over for a month at the most."""
    return _last_day(happening) >= (now - RECENT).date()


def is_muted(alert: Alert, mutes: Iterable[Mute], now: datetime) -> bool:
    """Tell whether its recipient does not want to hear of it now; a retraction is heard nevertheless."""
    if alert.occasion is Occasion.RETRACTION:
        return False
    mine = [each for each in mutes if each.recipient == alert.recipient and (each.until is None or each.until > now)]
    rules = {each.rule for each in mine if each.rule is not None}
    return any(_silences(each, alert.happening) for each in mine) or (bool(rules) and rules >= {*alert.because})


def _silences(mute: Mute, happening: Happening) -> bool:
    if mute.rule is not None:
        return False
    is_other_event = mute.event_id is not None and mute.event_id != happening.event_id
    return not is_other_event and (mute.country is None or mute.country in happening.countries)


def _is_fresh(telling: Telling, happening: Happening, now: datetime) -> bool:
    """Tell whether an article is of these days; of one without a date only the days of the event can say so."""
    first, last = (now - FRESH).date(), (now + AHEAD).date()
    return first <= telling.told_on <= last and (telling.is_dated or happening.when is not None)


def _last_day(happening: Happening) -> date:
    if happening.when is not None:
        return happening.when.last
    return min((each.told_on for each in happening.tellings if each.told is happening.told), default=date.min)


# ---------------------------------------------------------------- what is otherwise


def find_changes(last: Alert, now: Happening, heard: Heard, ours: frozenset[str]) -> Iterator[FactChange]:
    """Say what is new against what a recipient was told last; that one more outlet tells it is not.

    Of what people fixed everything is new that is otherwise.
    """
    by_hand = told_changes(facts_of(last.happening), facts_of(now))
    yield from (each for each in by_hand if each.fact in now.fixed)
    yield from (each for each in _find_told(last, now, heard, ours) if each.fact not in now.fixed)


def _find_told(last: Alert, now: Happening, heard: Heard, ours: frozenset[str]) -> Iterator[FactChange]:
    before = last.happening
    yield from (FactChange(fact="merged", before=None, after=str(each)) for each in sorted(heard.told_apart))
    if last.occasion is Occasion.RETRACTION:
        yield FactChange(fact="told", before=Told.DENIED, after=now.told)
    elif (before.told, now.told) == (Told.ANNOUNCED, Told.NEWS):
        yield FactChange(fact="told", before=before.told, after=now.told)
    if now.when is not None and now.when != before.when and _exactness(now.when) >= _exactness(before.when):
        yield FactChange(fact="when", before=_written(before.when), after=_written(now.when))
    if now.city is not None and now.city != before.city:
        yield FactChange(fact="city", before=before.city, after=now.city)
    for person in now.people:
        if person not in before.people and _is_on_main_side(person, now.direction, ours):
            yield FactChange(fact="people", before=None, after=person)
    for number, kind in now.linked if now.kind is EventKind.VISIT else ():
        is_known = (number, kind) in before.linked or number in heard.told_of
        if kind is EventKind.AGREEMENT and not is_known:
            yield FactChange(fact="linked", before=None, after=f"{number} {kind}")


def _exactness(when: When | None) -> int:
    return -1 if when is None else _EXACT_LAST.index(when.precision)


def _written(when: When | None) -> str | None:
    return None if when is None else f"{when.first}/{when.last} {when.precision}"


def _is_on_main_side(person: str, direction: Direction | None, ours: frozenset[str]) -> bool:
    """Tell whether a person is of those who came or went, and not a host; where nobody says who is ours, anyone is."""
    if direction is None or not ours:
        return True
    return (person in ours) is (direction is Direction.OUTBOUND)
