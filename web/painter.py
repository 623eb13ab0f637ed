"""Pages painted from templates, in the look a reader chose; everything that comes from elsewhere is escaped there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from analysis.parts import in_order
from channels.days import day_in_words, days_in_words
from channels.headlines import what_happened
from channels.wording import Wording
from channels.words import LanguageWords
from models.event_rows import participants_of
from models.questions.events import EventFacts
from models.questions.names import NameFacts
from models.questions.reports import ReportFacts, when_of
from web.look import LANGUAGES, Look, direction_of
from web.marks import answered, harmless, isolated
from web.names import Named, Outlet, happening_of, name_in, outlet_in
from web.texts import Texts

TEMPLATES = Path(__file__).with_name("templates")
ZONE = ZoneInfo("Africa/Casablanca")
LANGUAGE_NAMES = {"ar": "العربية", "fr": "Français", "es": "Español", "en": "English"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Speech:
    """All that templates say in one language: the page's words, days, names and headlines."""

    look: Look
    texts: Mapping[str, str]
    words: LanguageWords
    wording: Wording

    def t(self, name: str, **fields: object) -> str:
        """Say a text of the page."""
        return self.texts[name].format(**fields) if fields else self.texts[name]

    def one_of(self, what: str, value: str | None) -> str:
        """Say a value of a list, such as a kind or a state."""
        return self.texts[f"{what}_{value}"] if value else ""

    def pairs(self, what: str, values: Iterable[str]) -> list[tuple[str, str]]:
        """Return the values of a list, each with how it is said."""
        return [(str(value), self.one_of(what, value)) for value in values]

    def headline(self, event: EventFacts, *, with_days: bool = True) -> Markup:
        """Say what happened in one line."""
        happening = happening_of(event) if with_days else replace(happening_of(event), when=None)
        return isolated(what_happened(happening, self.wording.names, self.words))

    def when(self, facts: EventFacts | ReportFacts) -> str:
        """Say the days of an event or report."""
        when = when_of(facts)
        return days_in_words(when, self.words) if when else self.t("not_said")

    def days(self, when: Any) -> str:  # noqa: ANN401 a When, or another value of a fact
        """Say days."""
        return days_in_words(when, self.words)

    def day(self, day: date) -> str:
        """Say one day."""
        return day_in_words(day, self.words)

    def month(self, day: date) -> str:
        """Say the month of a day."""
        return format_date(day, "MMMM y", locale=self.words.locale)

    def moment(self, moment: datetime) -> str:
        """Say a moment by Moroccan clocks."""
        comma = "،" if self.look.direction == "rtl" else ","
        return format_datetime(moment.astimezone(ZONE), f"d MMM y{comma} HH:mm", locale=self.words.locale)

    def person(self, name: str) -> Markup:
        """Name a person."""
        return isolated(self.wording.names.person(name, self.words))

    def people(self, event: EventFacts) -> tuple[str, ...]:
        """List everybody of an event, also whom the seeds do not know."""
        return in_order(event.people, participants_of(event.participants))

    def parts(self, event: EventFacts) -> Mapping[str, str]:
        """Say the part of everybody of whom one is said."""
        return {each.person: self.words.parts[each.part] for each in participants_of(event.participants)}

    def body(self, name: str) -> Markup:
        """Name a body."""
        return isolated(self.wording.names.body(name, self.words))

    def country(self, code: str) -> Markup:
        """Name a country."""
        return isolated(self.wording.names.country(code, self.words))

    def city(self, name: str) -> Markup:
        """Name a city."""
        return isolated(self.wording.names.city(name, self.words))

    def name(self, named: Named, otherwise: str) -> str:
        """Name what the register has."""
        return name_in(self.look.language, named, otherwise)

    def role(self, named: NameFacts) -> tuple[str, str]:
        """Say what a body is or what office a person holds, and in which language: the seeds have all in English."""
        if named.kind == "body":
            return self.texts.get(f"bodykind_{named.role}", named.role or ""), self.look.language
        office = self.wording.names.office(named.id, self.words)
        return (office, self.look.language) if office else (named.role or "", "en")

    def outlet(self, named: Outlet, otherwise: str = "") -> str:
        """Name an outlet."""
        return outlet_in(self.look.language, named, otherwise)


class Painter:
    """Makes pages of templates."""

    def __init__(self, wording: Wording, texts: Texts) -> None:
        """Read the templates; a name that a template does not know is an error, and what it is told is escaped."""
        self._wording, self._texts = wording, texts
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_shown,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(outside=outside, answered=answered)
        self._templates.globals.update(
            direction_of=direction_of, address_of=_chart_address, language_names=LANGUAGE_NAMES, languages=LANGUAGES
        )

    def speech(self, look: Look) -> Speech:
        """Return how the page speaks in a look."""
        words = self._wording.of(look.language)
        return Speech(look=look, texts=self._texts[str(look.language)], words=words, wording=self._wording)

    def paint(self, request: Request, template: str, facts: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        """Answer with a page."""
        look: Look = request.state.look
        speech = self.speech(look)
        shown = self._templates.get_template(template).render(
            **facts, say=speech, t=speech.t, pairs=speech.pairs, look=look, here=Here(request)
        )
        return HTMLResponse(shown, status)


class Here:
    """The address of a page, and addresses that differ from it in some fields."""

    def __init__(self, request: Request) -> None:
        """Read it once."""
        self.path = request.url.path
        self.fields = dict(request.query_params)

    def but(self, **changes: object) -> str:
        """Return this address with other fields; a field that is None is left out."""
        return address(self.path, {**self.fields, **changes})

    def twin(self, ending: str) -> str:
        """Return the address of the same in another form, such as `.csv`."""
        return address(self.path.rstrip("/") + ending, self.fields)


def address(path: str, fields: Mapping[str, object]) -> str:
    """Return an address of ours with its fields; those that are None are left out."""
    kept = {name: str(value) for name, value in fields.items() if value is not None}
    return f"{path}?{urlencode(kept)}" if kept else path


def _chart_address(path: str, fields: Mapping[str, object], **how: object) -> str:
    return address(path, {**fields, **how})


def outside(url: str | None) -> str | None:
    """Return an address that a reader may be sent to: http or https, else None."""
    try:
        return url if url is not None and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _shown(value: object) -> object:
    """Take what could turn a line around out of every text a template shows; None shows as nothing."""
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value
