"""Asks the ways of discovery of a source: the first that works for news, the others when that is not enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scrapy.http import Response

from analysis.cadence import Answer, is_child_due
from analysis.errors import UnreadableListError
from analysis.hosts import home_hosts, host_of
from analysis.records import Catch, Rhythm, Source, Validators, VisitState
from spiders.apart import List, read_list
from spiders.asking import Asker, Got, refused
from spiders.desk import Desk
from spiders.endings import DETAIL_CHARACTERS
from spiders.errands import Errand, answer_of, header, validators_of, visit_of
from spiders.questions import Question, ask_child, choose, is_enough, stand_in
from spiders.ways import Found

DEEPEST = 2
"""Indexes above a sitemap."""
MOST_PAGES = 5
"""Of a list of posts that goes on over several."""
NOTHING = Answer()


class Discovery:
    """Asks the ways of sources, and notes what they name in the ledger."""

    def __init__(self, asker: Asker, desk: Desk, child_sitemaps: int) -> None:
        self._asker, self._desk, self._child_sitemaps = asker, desk, child_sitemaps
        self._asked: set[tuple[str, str]] = set()

    async def discover(self, source: Source) -> None:
        """Ask the first way that works; the next ones where it fails, may have lost news, or when their day is over."""
        ledger = self._desk.ledger
        is_found, is_overflowing = False, False
        failed: Rhythm | None = None
        for known in ledger.questions(source):
            way = known if is_found else stand_in(known, failed)
            at_once = is_overflowing or not (is_found or ledger.terms.only_due)
            asked = choose(way, ledger.now(), at_once=at_once)
            if not is_found and not asked and is_enough(way):
                return
            answers = [await self._ask(replace(question, is_first=not is_found)) for question in asked]
            read = [overflows for overflows in answers if overflows is not None]
            if read:
                is_overflowing = all(read) and (is_overflowing or not is_found)
                is_found = True
            failed = failed or self._failed(asked)

    def _failed(self, asked: Sequence[Question]) -> Rhythm | None:
        """Return the rhythm of the first question that was asked now and failed."""
        ledger = self._desk.ledger
        after = ((question.rhythm, ledger.rhythm(question.source.id, question.rhythm.url)) for question in asked)
        return next((now for before, now in after if now and now.failures > before.failures), None)

    async def _ask(self, question: Question) -> bool | None:
        """Ask one question and tell whether its list may have lost news; None where there was no answer."""
        answer = await self._answer(question)
        return None if answer is None else self._desk.ledger.is_overflowing(question, answer)

    async def _answer(self, question: Question) -> Answer | None:
        """Ask one question and keep what it came to; None where it was not asked, or could not be read."""
        self._asked.add((question.source.id, question.url))
        errand = Errand(source=question.source, hosts=home_hosts(question.source), question=question)
        got = await self._asker.ask(errand)
        if got is None:
            return None
        if got.response is None:
            await self._fail(question, got)
            return None
        if got.response.status == 304:  # noqa: PLR2004 RFC 9110, 15.4.5
            await self._desk.put(Catch(visit=answer_of(errand, got.response, got.at)))
            await self._settle(question, NOTHING, question.rhythm.validators, VisitState.NOT_MODIFIED)
            return NOTHING
        return await self._read(question, got, got.response)

    async def _read(self, question: Question, got: Got, response: Response) -> Answer | None:
        try:
            found = await _read_found(question, response)
        except Exception as error:  # noqa: BLE001 whatever the body holds must not stop the other sources
            how = refused(response, VisitState.UNREADABLE, _said(error)[:DETAIL_CHARACTERS])
            await self._fail(question, replace(got, response=None, how=how))
            return None
        if found.sitemaps and not found.entries:
            return await self._read_index(question, got, response, found)
        answer = await self._note(question, got, response, found)
        answers = [await self._answer(each) for each in self._further(question, found, answer)]
        total = sum_of(answer, *answers)
        await self._settle(question, total, _validators_of(got.errand, response, found), VisitState.FETCHED)
        return total

    async def _read_index(self, question: Question, got: Got, response: Response, found: Found) -> Answer | None:
        """Ask for what an index names; an index alone is no answer, and one of which nothing can be read has failed."""
        further = self._further(question, found, NOTHING)
        answers = [await self._answer(each) for each in further]
        is_resting = any(self._desk.ledger.resting_until(host_of(each.url)) for each in further)
        if further and not any(answers) and not is_resting:
            how = refused(response, VisitState.UNREADABLE, f"none of its sitemaps can be read ({len(further)} asked)")
            await self._fail(question, replace(got, response=None, how=how))
            return None
        await self._note(question, got, response, found)
        if further and not any(answers):
            return None
        total = sum_of(*answers)
        await self._settle(question, total, _validators_of(got.errand, response, found), VisitState.FETCHED)
        return total

    async def _note(self, question: Question, got: Got, response: Response, found: Found) -> Answer:
        """Keep the visit and what it named."""
        visit = answer_of(got.errand, response, got.at)
        return await self._desk.tell(self._desk.ledger.note, question, visit, found.entries)

    def _further(self, question: Question, found: Found, answer: Answer) -> Sequence[Question]:
        """Return what to ask after an answer: sitemaps of an index that may hold news, and the posts before these."""
        ledger, source = self._desk.ledger, question.source
        if found.more and question.depth < MOST_PAGES and ledger.is_overflowing(question, answer):
            return [replace(question, url=found.more, depth=question.depth + 1)]
        if question.depth == DEEPEST:
            return []
        hosts = home_hosts(source)
        at_home = [
            child  # an index may name itself, or one that names it
            for child in found.sitemaps
            if host_of(child.url) in hosts and (source.id, child.url) not in self._asked
        ][: self._child_sitemaps]
        rhythms = [(child, ledger.rhythm(source.id, child.url)) for child in at_home]
        return [
            ask_child(question, child.url, rhythm)
            for child, rhythm in rhythms
            if is_child_due(rhythm, child.changed_at, ledger.now())
        ]

    async def _settle(self, question: Question, answer: Answer, validators: Validators, state: VisitState) -> None:
        await self._desk.put(self._desk.ledger.answered(question, answer, validators, state))

    async def _fail(self, question: Question, got: Got) -> None:
        assert got.how is not None  # noqa: S101 it brought nothing
        ledger = self._desk.ledger
        failed = ledger.failed(question, got.how.state, got.until)
        await self._desk.put(replace(failed, visit=visit_of(got.errand, got.how, got.at, got.latency)))


def sum_of(*answers: Answer | None) -> Answer:
    """Add up what several addresses answered to one question."""
    heard = [answer for answer in answers if answer is not None]
    return Answer(
        unknown=sum(answer.unknown for answer in heard),
        entries=sum(answer.entries for answer in heard),
        dates=tuple(date for answer in heard for date in answer.dates),
    )


async def _read_found(question: Question, response: Response) -> Found:
    stated = header(response, "X-WP-TotalPages") or ""
    pages = int(stated) if stated.isascii() and stated.isdecimal() else None
    return await read_list(List(discovery=question.discovery, body=response.body, url=response.url, pages=pages))


def _validators_of(errand: Errand, response: Response, found: Found) -> Validators:
    """Return what to ask again by; an index that may stay as it is while its sitemaps change has none."""
    is_silent = any(child.changed_at is None for child in found.sitemaps)
    return Validators() if is_silent else validators_of(errand, response)


def _said(error: Exception) -> str:
    """Say why an answer could not be read: in the reader's own sentence, or as the error that surprised it."""
    return str(error) if isinstance(error, UnreadableListError) else f"{type(error).__name__}: {error}"
