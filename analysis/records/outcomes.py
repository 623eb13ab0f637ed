"""What becomes of a page, and of the run of a command."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analysis.records.happened import Report
from analysis.records.known import Fingerprint, Placement
from analysis.records.revised import Revision
from analysis.records.said import Article, Judgement, Tag


@dataclass(frozen=True, kw_only=True, slots=True)
class Filing:
    """All that is written of one article, in one transaction; `revision` is None unless an earlier one becomes it."""

    article: Article
    judgement: Judgement
    tags: tuple[Tag, ...]
    reports: tuple[Report, ...]
    fingerprint: Fingerprint
    placement: Placement
    revision: Revision | None = None


class OutcomeKind(StrEnum):
    """The four ways a page ends."""

    FILED = "filed"
    COPY = "copy"
    REJECTED = "rejected"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one page: `reason` is empty for a filed one, `rules` is the version of the rules that decided."""

    kind: OutcomeKind
    rules: str
    reason: str = ""
    detail: str = ""


class RunState(StrEnum):
    """How a run stands. A run that was killed stays `running` until the next one of its command marks it `broken`."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    BROKEN = "broken"
