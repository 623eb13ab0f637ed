"""Forms of the page as they were sent, and the corrections they mean; a value that cannot be is refused in words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeVar
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import Depends, HTTPException, Request

from analysis.errors import CorrectionError
from analysis.records import Direction, EventKind, Facts, NamedTag, Precision, TagFix, TagKind, When
from models.hands import Hand
from models.questions.filters import GREATEST

Value = TypeVar("Value")

LONGEST = 200_000
LONGEST_FIELD = 2000


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, several of one name in their order."""

    fields: Sequence[tuple[str, str]]

    @property
    def once(self) -> Mapping[str, str]:
        """The last value of each field."""
        return dict(self.fields)

    def text(self, name: str) -> str:
        """Return what was written in a field, without blanks around it; empty for nothing."""
        return self.once.get(name, "").strip()[:LONGEST_FIELD]

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a field that are not empty, each once."""
        return tuple(dict.fromkeys(value.strip() for one, value in self.fields if one == name and value.strip()))

    def number(self, name: str) -> int:
        """Return a number; raises CorrectionError for none."""
        return _read(name, self.text(name), _number)

    def numbers(self, name: str) -> tuple[int, ...]:
        """Return all numbers of a field."""
        return tuple(_read(name, each, _number) for each in self.all(name))

    def hand(self, name: str) -> Hand:
        """Return whose form it is: its key is made of the form's own number and of all that was written in it."""
        said = sorted((one, value) for one, value in self.fields if one != "token")
        key = UUID(bytes=hashlib.sha256(repr(said).encode()).digest()[:16])
        return Hand(name=name, because=self.text("because"), key=key, seen=_read("seen", self.text("seen"), int))


async def read_form(request: Request) -> Form:
    """Read a form; one that is too long is refused."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            raise HTTPException(413)
    try:
        fields = parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=2000)
    except ValueError:
        raise HTTPException(400) from None
    if any("\0" in value for _, value in fields):
        raise HTTPException(400)
    return Form(fields)


AskForm = Annotated[Form, Depends(read_form)]


def facts_in(form: Form, find: Callable[[str, str], str]) -> Facts:
    """Return the facts a form gives an event; `find` tells what the register calls a name of a kind."""
    kind = _read("kind", form.text("kind"), EventKind)
    direction = form.text("direction")
    return Facts(
        kind=kind,
        direction=_read("direction", direction, Direction) if direction and kind is EventKind.VISIT else None,
        when=_when(form),
        city=_city(form, find),
        countries=tuple(_read("country", each, _code) for each in form.all("country")),
        bodies=_names(form, "body", find),
        people=_names(form, "person", find),
    )


def tags_in(form: Form, find: Callable[[str, str], str]) -> TagFix:
    """Return what a form says of the tags of an article; `find` as above."""
    relevant = {"no": False, "yes": True}.get(form.text("relevant"))
    named = [(kind, each) for kind in (TagKind.PERSON, TagKind.BODY) for each in form.all(f"{kind}_more")]
    by_name = tuple(NamedTag(kind=kind, id=find(kind, each)) for kind, each in named)
    return TagFix(added=(*_tags(form, "add"), *by_name), removed=_tags(form, "remove"), relevant=relevant)


def _when(form: Form) -> When | None:
    if not (form.text("first") or form.text("last")):
        return None
    first = _read("first", form.text("first") or form.text("last"), date.fromisoformat)
    last = _read("last", form.text("last") or form.text("first"), date.fromisoformat)
    return When(first=first, last=last, precision=_read("precision", form.text("precision") or "day", Precision))


def _city(form: Form, find: Callable[[str, str], str]) -> str | None:
    said = form.text("city")
    if said == form.text("city_shown"):
        return form.text("city_id") or None
    return find("place", said) if said else None


def _names(form: Form, kind: str, find: Callable[[str, str], str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*form.all(kind), *(find(kind, each) for each in form.all(f"{kind}_more")))))


def _tags(form: Form, name: str) -> tuple[NamedTag, ...]:
    pairs = (each.partition(":") for each in form.all(name))
    return tuple(NamedTag(kind=_read(name, kind, TagKind), id=tag) for kind, _, tag in pairs)


def _number(said: str) -> int:
    number = int(said)
    if not 1 <= number <= GREATEST:
        raise ValueError(said)
    return number


def _code(said: str) -> str:
    if not (len(said) == len("ES") and said.isascii() and said.isupper()):
        raise ValueError(said)
    return said


def _read(name: str, said: str, read: Callable[[str], Value]) -> Value:
    try:
        return read(said)
    except ValueError:
        raise CorrectionError(f"{name}: {said[:80]}") from None
