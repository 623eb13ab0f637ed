"""One settled page in the hands of a replay, until its transaction ends: read, compared, written again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from analysis.differences import changed_fields, found_only, told_only
from analysis.events import Resolver
from analysis.records import (
    Article,
    Difference,
    EventsTouched,
    Filing,
    Fingerprint,
    Former,
    Kept,
    Lookalike,
    Outcome,
)
from models.announcing import Announcement, announce, utc_now
from models.article_fixes import as_people_fixed
from models.claims import KEPT
from models.database import told_when_gone
from models.filings import write_filing
from models.findings import ReportRow
from models.fingerprints import lock_placing
from models.formers import stand_again
from models.kept import find_article, read_kept
from models.originals import settle_original
from models.page_rows import page_of_row, storable
from models.pages import PageRow
from models.refilings import refile, set_aside
from models.refrains import find_refrains
from models.replacings import find_lookalikes_of, place_copies_again
from models.resolving import lock_resolving, meet, refresh
from models.version_chain import articles_of, find_former_of, has_versions, link_versions, lock_name, unlink_versions


class ReplayClaim:
    """One settled page that nobody else reads, until the transaction it is read in ends."""

    def __init__(self, connection: Connection, run_id: int | None, row: Row[Any]) -> None:
        self._connection, self._run_id, self._row = connection, run_id, row
        self.page_id: int = row.id
        self.tries: int = row.tries
        self.page = page_of_row(row)
        lock_name(connection, row.url_hash)
        self._article = find_article(connection, row.id)
        self._former = find_former_of(connection, row)
        self.kept: Kept = read_kept(connection, row, self._article)

    def former(self) -> Former | None:
        """Return the article that stands of the version of the page before this one."""
        return self._former

    def refrains(self, article: Article) -> frozenset[int]:
        """Return the hashes of the paragraphs that the source of an article prints in article after article."""
        return find_refrains(self._connection, article)

    def lookalikes(self, fingerprint: Fingerprint) -> tuple[Lookalike, ...]:
        """Return the texts we know that were there before the article of this page, the nearest first.

        What any version of the page said is left out, this one too, and copies of that.
        """
        with self._step():
            self._lock()
            own = articles_of(self._connection, self._row.url_hash)
            return find_lookalikes_of(self._connection, fingerprint, self._article and self._article.id, own)

    def settle(self, outcome: Outcome, filing: Filing | None, resolver: Resolver) -> Difference:
        """Write what today's rules make of the page, let what it tells meet the events, and say what is otherwise.

        When this raises nothing is written.
        """
        if (filing is not None) != (outcome.kind in KEPT):
            raise ValueError(f"an outcome `{outcome.kind}` {'needs an' if filing is None else 'has no'} article")
        outcome, filing = as_people_fixed(self._connection, self._row.url_hash, outcome, filing)
        with self._step():
            self._lock()
            touched = _events_of(self._connection, self._article and self._article.id)
            article_id = self._write_in_chain(outcome, filing)
            if filing is not None and article_id is not None:
                settle_original(self._connection, article_id, filing.placement)
            if self._article and (filing is None or filing.placement.kind is not None):
                for copy in place_copies_again(self._connection, self._article.id):
                    touched |= _events_of(self._connection, copy)
            events = _meet(self._connection, resolver, self._with_current(article_id), touched)
        return self._difference(outcome, filing, events)

    def leave(self, why: Outcome, *, is_deadly: bool) -> Difference:
        """Keep a page as it was that today's rules break on; a deadly one is not tried again but by force."""
        if not is_deadly:
            self._connection.execute(update(PageRow).where(PageRow.id == self.page_id).values(tries=0))
        before = self.kept.outcome
        failed = f"{why.reason}: {why.detail}"
        return Difference(page_id=self.page_id, url=self.page.url, before=before, after=before, failed=failed)

    def _lock(self) -> None:
        """Let nobody else place texts or change events until the transaction ends, in the order of all who do both."""
        lock_resolving(self._connection)
        lock_placing(self._connection)

    def _write_in_chain(self, outcome: Outcome, filing: Filing | None) -> int | None:
        """Write article and outcome, put the versions of the page right, and return the number of the article."""
        is_chain = has_versions(self._connection, self._row.url_hash)
        if is_chain:
            unlink_versions(self._connection, self._row.url_hash)
        article_id = self._write_article(filing)
        self._write_outcome(outcome)
        if is_chain:
            link_versions(self._connection, self._row.url_hash)
        return article_id

    def _with_current(self, article_id: int | None) -> list[int]:
        """Return the numbers of the article that was written, if any, and after it of the one that is current now."""
        is_chain = has_versions(self._connection, self._row.url_hash)
        current = stand_again(self._connection, self._row.url_hash) if is_chain else None
        return [each for each in dict.fromkeys((article_id, current)) if each is not None]

    def _write_article(self, filing: Filing | None) -> int | None:
        if self._article is None:
            fetched_on = self.page.fetched_at.date()
            return None if filing is None else write_filing(self._connection, self.page_id, fetched_on, filing)
        if filing is not None:
            refile(self._connection, self._article, filing)
        elif self._article.set_aside_at is None:
            set_aside(self._connection, self._article.id)
        return int(self._article.id)

    def _write_outcome(self, outcome: Outcome) -> None:
        settled = {
            "tries": 0,
            "outcome": outcome.kind,
            "reason": storable(outcome.reason),
            "detail": storable(outcome.detail),
            "rules": outcome.rules,
            "outcome_at": func.now(),
            "outcome_run_id": self._run_id or self._row.outcome_run_id,
        }
        self._connection.execute(update(PageRow).where(PageRow.id == self.page_id).values(settled))

    def _difference(self, outcome: Outcome, filing: Filing | None, events: EventsTouched) -> Difference:
        kept, now = self.kept, Kept(outcome=outcome)
        if filing is not None:
            now = Kept(outcome=outcome, article=filing.article, tags=filing.tags, reports=filing.reports)
        return Difference(
            page_id=self.page_id,
            url=self.page.url,
            before=kept.outcome,
            after=outcome,
            fields=changed_fields(kept.article, now.article) if kept.article and now.article else (),
            tags_added=found_only(now, kept),
            tags_removed=found_only(kept, now),
            reports_added=told_only(now.reports, kept.reports),
            reports_removed=told_only(kept.reports, now.reports),
            events=events,
        )

    @contextmanager
    def _step(self) -> Iterator[None]:
        """Do all or nothing of a step, and leave the transaction fit for another one."""
        with told_when_gone(self._connection.engine), self._connection.begin_nested():
            yield


def _events_of(connection: Connection, article_id: int | None) -> frozenset[int]:
    """Return the events that an article tells of."""
    asked = select(ReportRow.event_id).where(ReportRow.article_id == article_id, ReportRow.event_id.is_not(None))
    return frozenset() if article_id is None else frozenset(connection.scalars(asked))


def _meet(
    connection: Connection, resolver: Resolver, article_ids: Sequence[int], touched: frozenset[int]
) -> EventsTouched:
    """Let what some articles newly tell meet the events, and put those right that were told of before."""
    mets = [meet(connection, resolver, each) for each in article_ids]
    places = [place for met in mets for place in met.places]
    made = {place.event_id for place in places if place.is_new}
    met = {place.event_id for place in places} - made - {None}
    today = touched.union(*(met.left for met in mets), *(_events_of(connection, each) for each in article_ids))
    emptied = {*refresh(connection, today), *(each for met in mets for each in met.emptied)}
    # what is found only now is no news, but who was told of what proves to be nothing hears of that
    announce(connection, today, Announcement(now=utc_now(), ours=resolver.ours, only_retractions=True))
    return EventsTouched(made=_sorted(made), met=_sorted(met), emptied=_sorted(emptied))


def _sorted(numbers: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(sorted(number for number in numbers if number is not None))
