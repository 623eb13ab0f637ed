"""Alerts: sent, waiting, given up, and why each was due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Response

from models.desk import Desk
from models.questions import alerts as asks
from models.questions.events import merged_into, read_event
from models.questions.filters import GREATEST, AlertState, Number
from models.questions.names import name_choices
from web.filters import AlertPage
from web.house import AskDesk, AskView, View
from web.rules import ShownRule, shown_rules
from web.twins import Entry, Listing, Single, add_single_twins, add_twins

router = APIRouter(tags=["alerts"])


def entry_of(view: View, alert: asks.AlertFacts) -> Entry:
    """Tell of a message in a feed."""
    title = f"{view.speech.one_of('occasion', alert.occasion)} · {alert.recipient}"
    return Entry(path=f"/alerts/{alert.alert}", title=title, updated_on=alert.made_at, summary=", ".join(alert.because))


add_twins(
    router, Listing(path="/alerts", filters=AlertPage, record=asks.AlertFacts, ask=asks.list_alerts, entry=entry_of)
)


add_single_twins(
    router,
    Single(
        path="/alerts/{alert:int}",
        named="alert",
        key=Number,
        whole=asks.WholeAlert,
        ask=lambda _, desk, alert: asks.read_alert(desk, alert),
        record=asks.AlertFacts,
        rows=lambda found: [found.alert],
        entries=lambda view, found: [entry_of(view, found.alert)],
    ),
)


@router.get("/alerts", include_in_schema=False)
def alerts(view: AskView, desk: AskDesk, wanted: Annotated[AlertPage, Query()]) -> Response:
    """List messages."""
    found = asks.list_alerts(desk, wanted)
    rules = _rules(view, desk, {name for each in found for name in each.because}, asks.read_rules(desk, found))
    return view.paint(
        "alerts.html",
        wanted=wanted,
        alerts=found,
        rules={each.name: each for each in rules},
        standing=asks.count_states(desk),
        states=list(AlertState),
        after={"after": found[-1].alert} if len(found) == wanted.most else None,
    )


@router.get("/alerts/{alert:int}", include_in_schema=False)
def alert(view: AskView, desk: AskDesk, alert: Annotated[int, Path(ge=1, le=GREATEST)]) -> Response:
    """Show a message: why it was due, and the event it is about."""
    found = asks.read_alert(desk, alert)
    if found is None:
        raise HTTPException(404)
    event = found.alert.event
    standing = (merged_into(desk, event) or event) if event else None
    whole = read_event(desk, standing) if standing else None
    rules = _rules(view, desk, found.alert.because, found.rules)
    return view.paint("alert.html", alert=found.alert, rules=rules, whole=whole)


def _rules(view: View, desk: Desk, names: Iterable[str], rules: Sequence[asks.RuleFacts]) -> tuple[ShownRule, ...]:
    themes = name_choices(desk, "theme") if any(each.themes for each in rules) else ()
    shown = {each.id: view.speech.name(each, each.id) for each in themes}
    return shown_rules([*names], {each.rule: each for each in rules}, shown, view.speech)
