"""Alerts: sent, waiting, given up, and why each was due."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Response

from models.questions import alerts as asks
from models.questions.events import merged_into, read_event
from models.questions.filters import GREATEST, AlertState, Number
from web.filters import AlertPage
from web.house import AskDesk, AskView, View
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
        whole=asks.AlertFacts,
        ask=lambda _, desk, alert: asks.read_alert(desk, alert),
        record=asks.AlertFacts,
        rows=lambda found: [found],
        entries=lambda view, found: [entry_of(view, found)],
    ),
)


@router.get("/alerts", include_in_schema=False)
def alerts(view: AskView, desk: AskDesk, wanted: Annotated[AlertPage, Query()]) -> Response:
    """List messages."""
    found = asks.list_alerts(desk, wanted)
    return view.paint(
        "alerts.html",
        wanted=wanted,
        alerts=found,
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
    standing = (merged_into(desk, found.event) or found.event) if found.event else None
    whole = read_event(desk, standing) if standing else None
    return view.paint("alert.html", alert=found, whole=whole)
