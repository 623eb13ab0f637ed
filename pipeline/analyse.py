"""Texts handed in one by one: each answered by what it says and what those before it make of it, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analysis import dedupe
from analysis.answers import Answer, Resolved, Told, answer, refusal
from analysis.reading import Reading, read
from analysis.recall import KnownTexts
from analysis.records import SeedDocument
from analysis.texts import TextId, UnreadableTextError, frame, read_text
from pipeline.deadline import deadline
from pipeline.library import Library

MOST_SECONDS = 60.0  # of a text, as of a page


class Analyst:
    """Answers texts in their order, and knows those it has answered."""

    def __init__(self, library: Library, documents: Sequence[SeedDocument] = ()) -> None:
        """Begin with the rules of reading, and the seed documents as texts that are known."""
        self._library = library
        self._known = KnownTexts(documents)
        self._ids: list[TextId] = []

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
            return answer(told, self._resolve(text_id, told.reading), self._library.vocabulary.cities)
        except UnreadableTextError as error:
            return refusal(error.text_id, str(error))
        except Exception as error:  # noqa: BLE001 the one place where a text's unexpected trouble becomes its answer
            return refusal(text_id, f"{type(error).__name__}: {error}")

    def _resolve(self, text_id: TextId, reading: Reading) -> Resolved:
        """Place a text among those before it, and know it from now on. Its story and events are resolved here."""
        placement = dedupe.place(reading.fingerprint, self._known.lookalikes(reading.fingerprint))
        self._known.add(len(self._ids), reading.fingerprint, placement)
        self._ids.append(text_id)
        original = placement.copy_of
        if original is None or original.article_id is None:
            return Resolved(copy_of=original.seed_id if original else None)
        return Resolved(copy_of=self._ids[original.article_id])
