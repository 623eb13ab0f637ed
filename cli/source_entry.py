"""An entry of seeds/sources as YAML, in the style of those files: short lists on one line, ways one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml


def entry_text(entry: Mapping[str, object]) -> str:
    """Write an entry so that it can be added to a file as it is."""
    lines = [line for key, fact in entry.items() for line in _lines(key, fact)]
    return "- " + "\n  ".join(lines)


def _lines(key: str, fact: object) -> Iterator[str]:
    if isinstance(fact, Mapping):
        yield f"{key}:"
        yield from (f"  {name}: {_flow(each)}" for name, each in fact.items())
    elif isinstance(fact, list) and fact and isinstance(fact[0], Mapping):
        yield f"{key}:"
        for each in fact:
            pairs = [f"{name}: {_flow(value)}" for name, value in each.items()]
            yield f"  - {pairs[0]}"
            yield from (f"    {pair}" for pair in pairs[1:])
    else:
        yield f"{key}: {_flow(fact)}"


def _flow(fact: object) -> str:
    written: str = yaml.safe_dump(fact, default_flow_style=True, allow_unicode=True, width=10**6)
    return written.removesuffix("\n").removesuffix("\n...")
