"""Written data (YAML or JSON) to records: walks the text by the record's own fields and names the line of a mistake.

The type of a field decides what is written there: `country: NO` is Norway and never false.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, NoReturn, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import yaml

from analysis.errors import SeedError
from analysis.forms import Must

T = TypeVar("T")

_YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml reads the places ten times as fast


@dataclass(frozen=True, slots=True)
class Node:
    """A written value and its line: text (None for nothing), a list, or a mapping of keys to values."""

    line: int
    value: str | list[Node] | dict[str, Node] | None


# ---------------------------------------------------------------- text to nodes


def yaml_node(text: str, *, file: str) -> Node:
    """Read YAML as nodes; what follows a key stands on the key's line. Raises SeedError."""
    try:
        root = yaml.compose(text, Loader=_YAML_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise SeedError(file=file, line=line, expected=f"expected YAML, but {error.problem}") from error
    except yaml.YAMLError as error:
        raise SeedError(file=file, line=None, expected=f"expected YAML, but {error}") from error
    if root is None:
        raise SeedError(file=file, line=None, expected="expected entries, but the file is empty")
    return _from_yaml(root, file)


def _from_yaml(node: yaml.Node, file: str, line: int | None = None) -> Node:
    line = line or node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Node(line, [_from_yaml(child, file) for child in node.value])
    if isinstance(node, yaml.MappingNode):
        return Node(line, dict(_pairs(node, file)))
    return Node(line, None if node.tag == "tag:yaml.org,2002:null" else str(node.value))


def _pairs(node: yaml.MappingNode, file: str) -> Iterator[tuple[str, Node]]:
    seen: set[str] = set()
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in seen:
            raise SeedError(file=file, line=line, expected=f"expected '{name}' once, found it twice")
        seen.add(name)
        yield name, _from_yaml(value, file, line)


def json_node(text: str, *, file: str, line: int) -> Node:
    """Read one line of JSON as nodes that all stand on that line. Raises SeedError."""
    try:
        return node_of(json.loads(text), line)
    except json.JSONDecodeError as error:
        raise SeedError(file=file, line=line, expected=f"expected a JSON object, but {error.msg.lower()}") from error


def node_of(value: object, line: int = 1) -> Node:
    """Return what JSON holds as nodes that all stand on one line."""
    if isinstance(value, list):
        return Node(line, [node_of(child, line) for child in value])
    if isinstance(value, dict):
        return Node(line, {name: node_of(child, line) for name, child in value.items()})
    return Node(line, value if value is None or isinstance(value, str) else json.dumps(value))


# ---------------------------------------------------------------- nodes to records


def build(node: Node, shape: type[T], *, file: str) -> T:
    """Make the record (or tuple, mapping, word …) of type `shape` that the node writes. Raises SeedError."""
    return cast("T", _Builder(file).make(node, shape))


class _Builder:
    """Makes values of one file; every error names it."""

    def __init__(self, file: str) -> None:
        self._file = file

    def make(self, node: Node, shape: Any) -> Any:  # noqa: ANN401 a type form has no type of its own
        """Make a value of any shape that a seed record has."""
        origin, parts = get_origin(shape), get_args(shape)
        if origin is Annotated:
            return self._annotated(node, parts)
        if origin in (Union, types.UnionType):
            return None if node.value is None else self.make(node, next(p for p in parts if p is not type(None)))
        if origin is tuple:
            return self._tuple(node, parts)
        if origin is not None and issubclass(origin, Mapping):
            return self._mapping(node, parts)
        if is_dataclass(shape):
            return self._record(node, cast("type[Any]", shape))
        return self._word(node, shape)

    def _annotated(self, node: Node, parts: tuple[Any, ...]) -> object:
        value = self.make(node, parts[0])
        for must in parts[1:]:
            if isinstance(must, Must) and not must.holds(value):
                self._fail(node, must.be)
        return value

    def _tuple(self, node: Node, parts: tuple[Any, ...]) -> tuple[object, ...]:
        if not isinstance(node.value, list):
            self._fail(node, "a list")
        if parts[-1] is Ellipsis:
            return tuple(self.make(child, parts[0]) for child in node.value)
        if len(node.value) != len(parts):
            self._fail(node, f"a list of {len(parts)}")
        return tuple(self.make(child, part) for child, part in zip(node.value, parts, strict=True))

    def _mapping(self, node: Node, parts: tuple[Any, ...]) -> dict[object, object]:
        written = self._keys(node)
        return {
            self.make(Node(child.line, key), parts[0]): self.make(child, parts[1]) for key, child in written.items()
        }

    def _record(self, node: Node, shape: type[Any]) -> object:
        fields_of = _fields(cast("Hashable", shape))
        written, known = self._keys(node), {name: kind for name, kind, _ in fields_of}
        for name, child in written.items():
            if name not in known:
                self._stop(child.line, f"expected one of the keys {', '.join(known)}, found '{name}'")
        for name, _, needed in fields_of:
            if needed and name not in written:
                self._stop(node.line, f"expected the key '{name}' in this entry")
        values = {name: self.make(child, known[name]) for name, child in written.items()}
        try:
            return shape(**values)
        except ValueError as error:
            self._stop(node.line, f"expected {error}")

    def _keys(self, node: Node) -> dict[str, Node]:
        if not isinstance(node.value, dict):
            self._fail(node, "keys with values")
        return node.value

    def _word(self, node: Node, shape: type[Any]) -> object:
        if not isinstance(node.value, str):
            self._fail(node, _called(shape))
        if issubclass(shape, StrEnum):
            if node.value not in _choices(shape):
                self._fail(node, _called(shape))
            return shape(node.value)
        form, read, _ = _WORDS[shape]
        if not re.fullmatch(form, node.value):
            self._fail(node, _called(shape))
        try:
            return read(node.value)
        except ValueError:
            self._fail(node, _called(shape))

    def _fail(self, node: Node, what: str) -> NoReturn:
        found = {type(None): "nothing", list: "a list", dict: "keys with values"}.get(type(node.value))
        self._stop(node.line, f"expected {what}, found {found or repr(node.value)}")

    def _stop(self, line: int, expected: str) -> NoReturn:
        raise SeedError(file=self._file, line=line, expected=expected)


_WORDS: Mapping[type, tuple[str, Callable[[str], object], str]] = {
    str: (r"(?s).+", str, "words"),
    int: (r"[+-]?\d+", int, "a whole number"),
    float: (r"[+-]?\d+(\.\d+)?", float, "a number"),
    bool: (r"true|false", lambda word: word == "true", "true or false"),
    date: (r"\d{4}-\d\d-\d\d", date.fromisoformat, "a date such as 2026-02-11"),
    time: (r"\d\d:\d\d(:\d\d)?", time.fromisoformat, "a time of day such as 22:30"),
    datetime: (r"\d{4}-\d\d-\d\dT[\d:.]+([+-]\d\d:\d\d|Z)", datetime.fromisoformat, "a moment with its zone"),
}


def _called(shape: type[Any]) -> str:
    return _WORDS[shape][2] if shape in _WORDS else f"one of {', '.join(_choices(shape))}"


def _choices(shape: type[Any]) -> list[str]:
    return [str(choice) for choice in cast("type[StrEnum]", shape)]


@lru_cache(maxsize=64)
def _fields(shape: Hashable) -> tuple[tuple[str, Any, bool], ...]:
    """List the fields of a record: name, type, and whether an entry must give it."""
    record = cast("Any", shape)
    kinds = get_type_hints(record, include_extras=True)
    return tuple((each.name, kinds[each.name], _is_needed(each)) for each in fields(record))


def _is_needed(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING
