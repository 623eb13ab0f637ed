"""Corrections made ready to be shown: who did what and when, each fact as it was and as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.plain import record_of
from analysis.records import When
from models.questions.corrections import Correction
from web.painter import Speech


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownFact:
    """A fact that was fixed, with what it was and is; texts of the page's own language."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownCorrection:
    """A correction, with its facts and, of tags, what was added, taken away and judged."""

    said: Correction
    facts: tuple[ShownFact, ...]
    tags: tuple[str, ...]
    is_taken_back: bool


def shown_corrections(corrections: Iterable[Correction], speech: Speech) -> tuple[ShownCorrection, ...]:
    """Make corrections ready, the last first."""
    return tuple(_shown(each, speech) for each in reversed([*corrections]))


def in_words(name: str, value: Any, speech: Speech) -> str:  # noqa: ANN401 of any fact, as `plain_of` writes it
    """Say a fact."""
    if value is None or value == []:
        return speech.t("nobody_says")
    match name:
        case "when":
            return speech.days(record_of(value, When))
        case "city":
            return str(speech.city(value).striptags())
        case "kind" | "direction":
            return speech.one_of(name, value)
    namers = {"countries": speech.country, "bodies": speech.body, "people": speech.person}
    return " · ".join(str(namers[name](each).striptags()) for each in value)


def _shown(each: Correction, speech: Speech) -> ShownCorrection:
    is_of_tags = each.action == "tag"
    names = () if is_of_tags else each.is_now or {}
    was, now = each.was or {}, each.is_now or {}
    return ShownCorrection(
        said=each,
        facts=tuple(
            ShownFact(name=name, was=in_words(name, was.get(name), speech), now=in_words(name, now[name], speech))
            for name in names
        ),
        tags=tuple(_tags(now, speech)) if is_of_tags else (),
        is_taken_back=bool(each.released),
    )


def _tags(said: Mapping[str, Any], speech: Speech) -> Iterable[str]:
    for what, name in (("tag_added", "added"), ("tag_removed", "removed")):
        for each in said.get(name, ()):
            namer = {"country": speech.country, "person": speech.person, "body": speech.body}.get(each["kind"])
            shown = namer(each["id"]).striptags() if namer else each["id"]
            yield speech.t(what, value=shown)
    if said.get("relevant") is not None:
        yield speech.t("tag_relevant" if said["relevant"] else "tag_irrelevant")
