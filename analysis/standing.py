"""The state machine of a way of discovery: what it is after one more asking. A source stands as the best of its ways.

An answer heals at once. Failures add up until the next answer by their weight, as Media Cloud's fetcher counts them:
a soft one half of a hard one, a passing one a quarter. One alone, however hard, never makes a way fail; failures that
last do, whatever they weigh, well within a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from analysis.records import Health, Observation, Severity, Standing

WEIGHTS = {Severity.PASSING: 1, Severity.SOFT: 2, Severity.HARD: 4}
ENOUGH = 12
"""Of weight to fail at once: three hard failures, six soft ones."""
SHORTEST = timedelta(hours=1)
"""Failures within it are one: a task that Airflow tries again, or a server that is being restarted."""
LASTING = timedelta(hours=8)
"""Two failures so far apart, with no answer between, are no chance. Were it longer, a source that is asked every eight
hours and a minute would not be noticed within a day."""
SILENCE = timedelta(days=7)

BROKEN = frozenset({Health.FAILING, Health.SILENT})

_ORDER = tuple(Health)


def observe(standing: Standing, seen: Observation) -> Standing:
    """Return how a way stands after one more asking; one that was counted already, or is older, changes nothing."""
    if standing.asked_at is not None and seen.at <= standing.asked_at:
        return standing
    if seen.severity is Severity.ANSWERED:
        since = standing.since if standing.health is Health.HEALTHY else seen.at
        return Standing(health=Health.HEALTHY, since=since, asked_at=seen.at, answered_at=seen.at)
    failed = replace(
        standing,
        since=standing.since if standing.failures else seen.at,
        score=standing.score + WEIGHTS[seen.severity],
        failures=standing.failures + 1,
        asked_at=seen.at,
        kind=seen.kind,
        detail=seen.detail,
    )
    return replace(failed, health=_grade(failed, seen.at))


def best(standings: Iterable[Standing]) -> Standing:
    """Return the standing of a source: of its ways the best, and of equals the longest in that state.

    A way that has not answered since another began to fail vouches for nothing; an answer of that very moment says as
    little of what came after. Without a way that was asked a source is untried.
    """
    tried = [each for each in standings if each.since is not None]
    broken = [each for each in tried if each.health in BROKEN]
    answered = max((each.answered_at for each in tried if each.answered_at), default=None)
    if any(answered is None or each.since >= answered for each in broken if each.since):
        tried = broken
    return min(tried, key=lambda each: (_ORDER.index(each.health), each.since), default=Standing())


def _grade(failed: Standing, now: datetime) -> Health:
    """Grade what has failed since its last answer: both measures only grow until the next, so no state mends itself."""
    lasted = now - failed.since if failed.since else timedelta()
    if not (failed.failures > 1 and (lasted >= LASTING or (failed.score >= ENOUGH and lasted >= SHORTEST))):
        return Health.WAVERING
    return Health.SILENT if lasted >= SILENCE else Health.FAILING
