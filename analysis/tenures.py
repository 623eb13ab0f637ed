"""Who led a service, and when: the one thing that lets an office name a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.forms import Slug


@dataclass(frozen=True, kw_only=True, slots=True)
class Tenure:
    """Somebody's time at the head of a body: from `since` to the day before `until`; None where it is open.

    `secretary` where the body's secretary general is meant, and not its president or director.
    """

    body: Slug
    since: date | None = None
    until: date | None = None
    secretary: bool = False

    def covers(self, day: date | None) -> bool:
        """Tell whether it was theirs on a day; of a text without one only where it has neither beginning nor end."""
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)
