"""Let the reports of all articles that wait meet the known events, article by article, as one run counts them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from analysis.events import Resolver
from analysis.vocabulary import MOROCCO, Seeds

if TYPE_CHECKING:  # a text that is handed in needs no SQL
    from models.resolving import Met
    from pipeline.runs import Run

EVENTS = "events"
"""What new events are counted as."""


class EventArchive(Protocol):
    """Where events are kept."""

    def meet_next(self, resolver: Resolver) -> Met | None:
        """Let the reports of the next article meet the events."""


def compile_resolver(seeds: Seeds) -> Resolver:
    """Make ready what tells events apart: who is on the Moroccan side of all of them."""
    people = {person.id for person in seeds.people if person.country == MOROCCO}
    return Resolver(people | {body.id for body in seeds.bodies if body.country == MOROCCO})


def meet_all(events: EventArchive, resolver: Resolver, run: Run) -> Iterator[Met]:
    """Let every article's reports meet the events; count the new events in the run."""
    while (met := events.meet_next(resolver)) is not None:
        run.counts[EVENTS] += sum(place.is_new for place in met.places)
        yield met
