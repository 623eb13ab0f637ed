"""Texts handed in one by one: each answered by what it says and what those before it make of it, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analysis import dedupe, urls
from analysis.answers import Answer, Resolved, Told, answer, refusal
from analysis.gists import Gist, abroad, find_news, find_terms
from analysis.history import KnownEvent
from analysis.reading import leave_refrains_out, read
from analysis.recall import KnownTexts
from analysis.records import Account, Article, KnownText, Placement, Report, SeedDocument
from analysis.refrains import Refrains, lessons, paragraph_hashes, title_hash
from analysis.texts import TextId, UnreadableTextError, frame, read_text
from pipeline.deadline import deadline
from pipeline.known_events import KnownEvents
from pipeline.known_stories import KnownStories
from pipeline.library import Library
from pipeline.meet import compile_resolver

MOST_SECONDS = 60.0  # of a text, as of a page


class Analyst:
    """Answers texts in their order, and knows those it has answered."""

    def __init__(
        self, library: Library, documents: Sequence[SeedDocument] = (), history: Sequence[KnownEvent] = ()
    ) -> None:
        """Begin with the rules of reading, and the seed documents and events that are known from the start."""
        self._library = library
        self._stories = KnownStories(abroad(library.vocabulary.cities.values()))
        resolver = compile_resolver(library.vocabulary.seeds)
        self._events = KnownEvents(resolver, history, self._stories.merge_events)
        self._known = KnownTexts(documents)
        self._refrains = Refrains()
        self._sources: list[str] = []
        self._ids: list[TextId] = []
        self._story_of: dict[KnownText, int] = {}

    def answer_all(self, lines: Iterable[bytes]) -> Iterator[Answer]:
        """Answer each line that is not blank; one that cannot be read gets its id, if it has one, and the error."""
        return (self.answer(line) for line in lines if line.strip())

    def answer(self, line: bytes) -> Answer:
        """Answer one line. Trouble with it is its answer, never an exception."""
        text_id: TextId | None = None
        try:
            given = read_text(line)
            text_id = given.id
            with deadline(MOST_SECONDS):
                framed = frame(given)
                told = Told(given=given, framed=framed, reading=read(framed.article, self._library.reader))
            return answer(told, self._resolve(told), self._library.vocabulary.cities)
        except UnreadableTextError as error:
            return refusal(error.text_id, str(error))
        except Exception as error:  # noqa: BLE001 the one place where a text's unexpected trouble becomes its answer
            return refusal(text_id, f"{type(error).__name__}: {error}")

    def _resolve(self, told: Told) -> Resolved:
        """Place a text, its reports and its news among those before it, and know them from now on."""
        placement = self._place(told)
        name = KnownText.article(len(self._ids))
        self._ids.append(told.given.id)
        events = tuple(self._meet(report, told, placement) for report in told.reading.reports)
        story = self._tell(told, placement.copy_of or name, events)
        return Resolved(
            copy_of=self._name_of(placement.copy_of),
            story=f"s{story}",
            events=tuple(None if each is None else self._events.name(each) for each in events),
        )

    def _place(self, told: Told) -> Placement:
        """Say of what a text is a copy, and know it and what its outlet repeats from now on."""
        article, source_id = told.reading.article, _source(told)
        refrains = self._refrains.among(source_id, paragraph_hashes(article.text))
        fingerprint = leave_refrains_out(told.reading, refrains).fingerprint
        placement = dedupe.place(fingerprint, self._known.lookalikes(fingerprint))
        self._known.add(len(self._ids), fingerprint, placement)
        self._sources.append(source_id)
        if told.given.published is not None:
            title = title_hash(article.title, article.text)
            self._refrains.see(source_id, self._lessons(article, placement.copy_of), title, told.given.published)
        return placement

    def _lessons(self, article: Article, original: KnownText | None) -> Sequence[int]:
        """Return the paragraphs by which an article, the last that was placed, teaches what its outlet repeats."""
        if original is None:
            return lessons(article.text)
        is_own = original.article_id is not None and self._sources[original.article_id] == self._sources[-1]
        return lessons(article.text, self._known.fingerprint_of(original), is_own=is_own)

    def _tell(self, told: Told, original: KnownText, events: Sequence[int | None]) -> int:
        """Return the number of the story of a text: that of its original, if it is a copy of a text told before."""
        if original not in self._story_of:
            self._story_of[original] = self._begin(told, events)
        return self._stories.standing(self._story_of[original])

    def _begin(self, told: Told, events: Sequence[int | None]) -> int:
        reading, told_on = told.reading, told.given.published
        if told_on is None:
            return self._stories.begin()
        news = find_news(zip(reading.reports, events, strict=True), told_on)
        gist = Gist(
            told_on=told_on,
            source_id=_source(told),
            language=reading.article.language,
            news=news,
            terms=find_terms(reading.article, reading.tags, reading.reports),
            recalls=bool(reading.reports) and not news,
        )
        return self._stories.tell(gist)

    def _name_of(self, original: KnownText | None) -> TextId | None:
        if original is None:
            return None
        return original.seed_id if original.article_id is None else self._ids[original.article_id]

    def _meet(self, report: Report, told: Told, placement: Placement) -> int | None:
        """Return the number of the event of a report; a text without a day is told on the last day it prints."""
        told_on = told.given.published or (report.when.last if report.when else None)
        if told_on is None:
            return None
        account = Account(report=report, source_id=_source(told), told_on=told_on, copied=placement.kind is not None)
        return self._events.meet(account)


def _source(told: Told) -> str:
    return urls.host(told.given.url) or f"text {told.given.id}"
