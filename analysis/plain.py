"""Records as the plain facts that JSON holds, and back: for what is kept as it stood at its moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

from analysis.shapes import build, node_of

T = TypeVar("T")


def plain_of(value: Any) -> Any:  # noqa: ANN401 whatever a record holds
    """Return a record as a mapping, without the fields that have their default; what it holds likewise."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain_of(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain_of(each) for each in value]
    if is_dataclass(value):
        written = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: plain_of(said) for each, said in written if not _is_default(each, said)}
    return value


def record_of(facts: object, shape: type[T]) -> T:
    """Return the record that `plain_of` made facts of. Raises SeedError where they are none of this shape."""
    return build(node_of(facts), shape, file="kept facts")


def _is_default(each: Field[Any], said: object) -> bool:
    if each.default_factory is not MISSING:
        return bool(said == each.default_factory())
    return each.default is not MISSING and bool(said == each.default)
