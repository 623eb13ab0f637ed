"""A message becomes a letter: in the recipient's language, as mail in two forms, as a line for chat, as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from analysis.records import Alert, Digest, Language, Letter, Message
from channels.bidi import direction_of, isolated
from channels.bodies import body_of
from channels.digest_sheets import digest_sheet
from channels.event_sheets import event_sheet
from channels.notice_sheets import notice_sheet
from channels.sheets import Sheet
from channels.wording import Wording
from channels.words import LanguageWords

SHORT_CHARACTERS = 480
"""What every chat shows as one message."""
TINTS = {"news": "#1f5f99", "change": "#b7791f", "end": "#b3261e"}


def write_letter(message: Message, wording: Wording) -> Letter:
    """Write the letter of a message: the same one each time, for nothing in it is of today."""
    sheet, words = _sheet(message, wording), wording.of(message.recipient.language)
    subject = _subject(message, sheet)
    return Letter(
        key=message.key,
        thread=message.thread,
        occasion=message.occasion,
        language=sheet.language,
        made_at=message.made_at,
        subject=subject,
        text=_render("letter.txt.j2", sheet, words),
        html=_render("letter.html.j2", sheet, words),
        short=short_form(sheet, subject),
        body=body_of(message, sheet, wording),
    )


def _sheet(message: Message, wording: Wording) -> Sheet:
    if isinstance(message.facts, Alert):
        return event_sheet(message, message.facts, wording)
    if isinstance(message.facts, Digest):
        return digest_sheet(message, message.facts, wording)
    return notice_sheet(message, message.facts, wording)


def _subject(message: Message, sheet: Sheet) -> str:
    """Say what a letter is about; only what is about an event says it all in its headline."""
    return sheet.headline if isinstance(message.facts, Alert) else f"{sheet.occasion} — {sheet.headline}"


def short_form(sheet: Sheet, subject: str) -> str:
    """Say a sheet for chat, in less than 500 characters: what it is about, what matters most of it, and one link."""
    links = [link for section in sheet.sections for link in section.links]
    addresses = [link.url for link in (sheet.see, *links) if link and link.url]
    address = next((each for each in addresses if len(each) < SHORT_CHARACTERS // 2), None)
    certain = sheet.rows[-1].lines[:1] if sheet.rows else ()
    told = sheet.lead or certain or tuple(link.text for link in links)
    said = _fitted((subject, *told), SHORT_CHARACTERS - len(address or "") - 1)
    return f"{said}\n{address}" if address else said


def _fitted(lines: Iterable[str], room: int) -> str:
    """Join as many lines as there is room for; a first one that is too long is cut."""
    said = ""
    for line in lines:
        longer = f"{said}\n{line}" if said else textwrap.shorten(line, room, placeholder="…")
        if len(longer) > room:
            break
        said = longer
    return said


def _render(template: str, sheet: Sheet, words: LanguageWords) -> str:
    written = _environment(sheet.language).get_template(template)
    return written.render(
        sheet=sheet, words=words, direction=direction_of(sheet.language), tint=TINTS[sheet.tint]
    ).strip()


@lru_cache(maxsize=len(Language))
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=PackageLoader("channels"),
        autoescape=select_autoescape(enabled_extensions=("html.j2",)),
        undefined=StrictUndefined,
    )
    environment.filters["isolated"] = lambda text: isolated(text, language)
    environment.filters["direction"] = direction_of
    return environment
