"""What a letter says of one event: who, where, when, how sure, the sentence that says so, and who printed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from analysis.parts import in_order
from analysis.records import Alert, Happening, Language, Message, Occasion, Telling, Told
from analysis.records.alerts import UNTOLD
from channels.bidi import isolated
from channels.days import day_in_words, days_in_words
from channels.facts import FactWords
from channels.headlines import headline_of
from channels.names import NameBook, listed
from channels.sheets import Link, Quote, Row, Section, Sheet
from channels.wording import Wording
from channels.words import LanguageWords

SHOWN_OUTLETS = 8
TINTS = {Occasion.FIRST: "news", Occasion.UPDATE: "change", Occasion.RETRACTION: "end"}


def event_sheet(message: Message, alert: Alert, wording: Wording) -> Sheet:
    """Write the sheet of an alert."""
    writer = _Writer(wording, wording.of(message.recipient.language), alert)
    return writer.sheet(message)


def best_telling(happening: Happening, language: Language) -> Telling | None:
    """Return the telling whose sentence is shown: as the event is told, no copy, best in the reader's language."""

    def rank(telling: Telling) -> tuple[bool, bool, bool, int, date]:
        is_other = telling.told is not happening.told
        return is_other, telling.is_copy, telling.language is not language, telling.tier, telling.told_on

    return min(happening.tellings, key=rank, default=None)


def why_retracted(happening: Happening, words: LanguageWords) -> str:
    """Say why an event was retracted: by rule in the reader's language, by a person in their own words, or nothing."""
    because = happening.retracted_because
    return words.says.because_untold if because == UNTOLD else because


class _Writer:
    """Says the facts of one alert in one language."""

    def __init__(self, wording: Wording, words: LanguageWords, alert: Alert) -> None:
        self._wording, self._words, self._alert = wording, words, alert
        self._names: NameBook = wording.names
        self._happening = alert.happening
        self._facts = FactWords(wording.names, words)

    def sheet(self, message: Message) -> Sheet:
        words, happening, best = self._words, self._happening, best_telling(self._happening, self._words.language)
        return Sheet(
            language=words.language,
            occasion=self._occasion(),
            headline=headline_of(self._alert, self._names, words),
            tint=TINTS[self._alert.occasion],
            lead=tuple(self._lead()),
            rows=tuple(row for row in self._rows() if row.lines),
            quote=Quote(text=best.evidence, language=best.language, by=best.outlet) if best else None,
            sections=(Section(name=words.says.outlets, links=tuple(self._outlets())),),
            see=self._see(happening.event_id),
            footer=tuple(self._footer(message)),
        )

    # ------------------------------------------------------------ what it is

    def _occasion(self) -> str:
        is_new = self._alert.occasion is Occasion.FIRST
        return (self._words.new if is_new else self._words.kinds)[self._happening.kind]

    def _lead(self) -> Iterator[str]:
        """Say what a letter is about that is no first one: why not any more, or what is otherwise."""
        says, happening = self._words.says, self._happening
        if self._alert.occasion is Occasion.RETRACTION:
            is_denied = happening.retracted_at is None and happening.told is Told.DENIED
            yield says.because_denied if is_denied else says.retracted
            yield from self._why()
        for change in self._alert.changes:
            yield self._facts.change(change)

    def _why(self) -> Iterator[str]:
        """Say why an event was retracted: by rule in the reader's language, by a person in their own words."""
        because = why_retracted(self._happening, self._words)
        if self._happening.retracted_because == UNTOLD:
            yield because
        elif because:
            yield self._words.says.because.format(because=isolated(because, self._words.language))

    # ------------------------------------------------------------ the facts

    def _rows(self) -> Iterator[Row]:
        facts, happening = self._words.facts, self._happening
        when = days_in_words(happening.when, self._words) if happening.when else self._words.says.not_said
        yield Row(name=facts.who, lines=tuple(self._who()))
        yield Row(name=facts.where, lines=tuple(self._where()))
        yield Row(name=facts.when, lines=(when,))
        yield Row(
            name=facts.linked, lines=tuple(self._facts.linked(f"{each} {kind}") for each, kind in happening.linked)
        )
        yield Row(name=facts.sure, lines=tuple(self._sure()))

    def _who(self) -> Iterator[str]:
        """Name everybody with his or her office and, where sources say so, the part in it."""
        happening, words = self._happening, self._words
        parts = {each.person: words.parts[each.part] for each in happening.participants}
        for name in in_order(happening.people, happening.participants):
            said = words.comma.join(filter(None, (self._names.person(name, words), self._names.office(name, words))))
            yield " — ".join(filter(None, (said, parts.get(name))))
        for name in self._happening.bodies:
            yield self._names.body(name, self._words)

    def _where(self) -> Iterator[str]:
        happening, words = self._happening, self._words
        countries = listed((self._names.country(each, words) for each in happening.countries), words)
        if happening.city is None:
            if countries:
                yield countries
            return
        code = self._names.country_of_city(happening.city)
        city = self._names.city(happening.city, words)
        yield f"{city} ({self._country(code)})" if code else city

    def _country(self, code: str) -> str:
        return self._words.says.morocco if code == "MA" else self._names.country(code, self._words)

    # ------------------------------------------------------------ how sure

    def _sure(self) -> Iterator[str]:
        """Say how many tell it and how: outlets, those of tier 1, copies, who announces or denies, what differs."""
        tellings, words = self._happening.tellings, self._words
        if not tellings:
            return
        outlets = {each.source_id for each in tellings}
        first_rank = {each.source_id for each in tellings if each.tier == 1}
        rank = words.counted("all_first_rank" if first_rank == outlets else "first_rank", len(first_rank))
        yield words.comma.join([words.counted("outlets", len(outlets)), *([rank] if first_rank else [])])
        counts = {
            "copies": sum(each.is_copy for each in tellings),
            "announcing": self._telling(Told.ANNOUNCED),
            "denying": self._telling(Told.DENIED),
        }
        yield from (words.counted(what, count) for what, count in counts.items() if count)
        for fact, values in self._happening.disagreements.items():
            yield words.says.differs.format(fact=self._facts.fact(fact), values=self._differing(fact, values))

    def _telling(self, told: Told) -> int:
        """Count the outlets that tell it in no other way."""
        if self._happening.told is told:
            return 0
        others = {each.source_id for each in self._happening.tellings if each.told is not told}
        return len({each.source_id for each in self._happening.tellings if each.told is told} - others)

    def _differing(self, fact: str, values: Mapping[str, tuple[str, ...]]) -> str:
        language = self._words.language
        return self._words.semicolon.join(
            f"{self._facts.value(fact, value)} ({self._words.comma.join(isolated(each, language) for each in outlets)})"
            for value, outlets in values.items()
        )

    # ------------------------------------------------------------ who printed it, and what to do

    def _outlets(self) -> Iterator[Link]:
        tellings, words = self._happening.tellings, self._words
        for each in tellings[:SHOWN_OUTLETS]:
            yield Link(text=each.title, url=each.url, language=each.language, remark=" · ".join(self._remarks(each)))
        if len(tellings) > SHOWN_OUTLETS:
            yield Link(text=words.says.more_outlets.format(n=len(tellings) - SHOWN_OUTLETS))

    def _remarks(self, telling: Telling) -> Iterator[str]:
        """Say who printed it and when, and what sets it apart."""
        words = self._words
        yield isolated(telling.outlet, words.language)
        yield day_in_words(telling.told_on, words)
        if telling.is_copy:
            yield words.says.copy
        if telling.told is not self._happening.told:
            yield words.statuses[telling.told]

    def _see(self, event_id: int) -> Link:
        url, says = self._wording.page_of(event_id), self._words.says
        if url is not None:
            return Link(text=says.see, url=url)
        return Link(text=says.see_command.format(command=isolated(f"marsad event {event_id}", self._words.language)))

    def _footer(self, message: Message) -> Iterator[str]:
        says, language = self._words.says, self._words.language
        if message.because:
            yield says.rules.format(rules=self._words.comma.join(isolated(each, language) for each in message.because))
        command = f"marsad alerts mute {message.recipient.id} --event {self._happening.event_id}"
        yield says.mute.format(command=isolated(command, language))
