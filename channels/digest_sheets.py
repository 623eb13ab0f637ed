"""What a letter says of a day or a week: new events by kind and country, what changed, what grew, and the coverage."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from analysis.records import Alert, Coverage, Digest, Message, Occasion, Pace, Precision, When
from channels.bidi import isolated
from channels.days import day_in_words, days_in_words
from channels.event_sheets import best_telling
from channels.facts import FactWords
from channels.headlines import as_told, what_happened
from channels.names import listed
from channels.sheets import Link, Section, Sheet
from channels.wording import Wording
from channels.words import LanguageWords

MOST_SILENT = 12
"""How many silent sources a digest names, the core of the topic first, before it counts the others."""


def digest_sheet(message: Message, digest: Digest, wording: Wording) -> Sheet:
    """Write the sheet of a digest; where nothing is new it is one line, and how the sources answered."""
    words = wording.of(message.recipient.language)
    coverage = tuple(coverage_lines(digest.coverage, words))
    sections = tuple(_sections(digest, wording, words))
    new = [each for each in digest.alerts if each.occasion is Occasion.FIRST]
    covered = Section(name=words.says.coverage, links=tuple(Link(text=line) for line in coverage))
    return Sheet(
        language=words.language,
        occasion=_period(digest, words),
        headline=words.counted("events", len(new)) if new else words.says.nothing,
        lead=() if sections else coverage,
        sections=(*sections, covered) if sections else (),
    )


def coverage_lines(coverage: Coverage, words: LanguageWords) -> Iterator[str]:
    """Say how many sources answered of those asked, what was filed, and who was silent since when."""
    answers = [words.counted("answered", coverage.answered), words.counted("asked", coverage.asked)]
    yield f"{' '.join(answers)}{words.semicolon}{words.counted('articles', coverage.articles)}"
    named, more = coverage.silent[:MOST_SILENT], len(coverage.silent) - MOST_SILENT
    silent = [
        isolated(source, words.language)
        if since is None
        else words.says.silent_since.format(source=isolated(source, words.language), day=day_in_words(since, words))
        for source, since in named
    ]
    if more > 0:
        silent[-1] += f" {words.says.more_outlets.format(n=more)}"
    if silent:
        sources = words.comma.join(silent) if more > 0 else listed(silent, words)
        yield words.says.silent.format(sources=sources)


def _period(digest: Digest, words: LanguageWords) -> str:
    if digest.pace is not Pace.WEEKLY:
        return words.says.digest_daily.format(day=day_in_words(digest.last, words))
    days = When(first=digest.first, last=digest.last, precision=Precision.DAY)
    return words.says.digest_weekly.format(days=days_in_words(days, words))


def _sections(digest: Digest, wording: Wording, words: LanguageWords) -> Iterator[Section]:
    new = [each for each in digest.alerts if each.occasion is Occasion.FIRST]
    placed = sorted(new, key=lambda alert: _place(alert, wording, words))
    for (_, name), alerts in groupby(placed, key=lambda alert: _place(alert, wording, words)):
        yield Section(name=name, links=tuple(_line(each, wording, words) for each in alerts))
    for occasion, name in ((Occasion.UPDATE, words.says.updates), (Occasion.RETRACTION, words.says.retractions)):
        told = tuple(_line(each, wording, words) for each in digest.alerts if each.occasion is occasion)
        if told:
            yield Section(name=name, links=told)
    if digest.stories:
        yield Section(name=words.says.stories, links=tuple(_grown(digest, words)))


def _place(alert: Alert, wording: Wording, words: LanguageWords) -> tuple[int, str]:
    """Say under which heading an event stands: its kind and its countries, the kinds in their order."""
    happening = alert.happening
    countries = listed((wording.names.country(each, words) for each in happening.countries), words)
    order = [*words.kinds].index(happening.kind)
    return order, f"{words.kinds[happening.kind]} · {countries or words.says.elsewhere}"


def _line(alert: Alert, wording: Wording, words: LanguageWords) -> Link:
    happening, best = alert.happening, best_telling(alert.happening, words.language)
    told = (
        as_told(happening, wording.names, words)
        if alert.occasion is not Occasion.RETRACTION
        else what_happened(happening, wording.names, words)
    )
    changed = [FactWords(wording.names, words).change(each) for each in alert.changes]
    outlets = words.counted("outlets", len({each.source_id for each in happening.tellings}))
    url = wording.page_of(happening.event_id) or (best.url if best else None)
    return Link(text=told, url=url, remark=words.semicolon.join(changed) or (outlets if happening.tellings else ""))


def _grown(digest: Digest, words: LanguageWords) -> Iterator[Link]:
    for each in digest.stories:
        grew = f"{words.counted('new_articles', each.came)} {words.counted('in_outlets', each.outlets)}"
        yield Link(text=each.headline, url=each.url, remark=grew)
