"""What stands near what a writer looks at: events that one may prove to be, and who is called by a name."""

from __future__ import annotations

from sqlalchemy import text

from models.desk import Desk
from models.questions.events import COLUMNS, EventFacts

SPELT = text("""
    SELECT id FROM analyst.spellings WHERE kind = :kind AND spelling = canonical(:said) ORDER BY id LIMIT 1
""")
# What an event may prove to be one with: of its kind, with a country of it or, where it names none, a body.
NEAR = text(f"""
    SELECT {COLUMNS} FROM analyst.events
    WHERE kind = :kind AND event <> :event
        AND (countries && CAST(:countries AS text[]) OR cardinality(CAST(:countries AS text[])) = 0
            AND bodies && CAST(:bodies AS text[]))
        AND happened_on BETWEEN CAST(:day AS date) - 45 AND CAST(:day AS date) + 45
    ORDER BY abs(happened_on - CAST(:day AS date)), event LIMIT 12
""")  # noqa: S608 nothing of a question stands in it


def find_spelt(desk: Desk, kind: str, said: str) -> str:
    """Return what the register calls a name, as it is where the register has none such."""
    found: str | None = desk.value(SPELT, {"kind": kind, "said": said})
    return found or said


def events_near(desk: Desk, event: EventFacts) -> tuple[EventFacts, ...]:
    """List events that one may prove to be the same as, the nearest first."""
    sides = {"countries": list(event.countries), "bodies": list(event.bodies)}
    asked = {"event": event.event, "kind": event.kind, "day": event.happened_on, **sides}
    return desk.all(EventFacts, NEAR, asked)
