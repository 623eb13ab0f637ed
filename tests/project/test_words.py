"""The names in the code are the words of docs/words.md: none of its last column names anything of ours."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("analysis", "models", "channels", "pipeline", "spiders", "web", "cli", "dags")
MODULES = [place for package in PACKAGES for place in sorted((ROOT / package).rglob("*.py"))]
BARRED_MODULES = {"utils", "helpers", "common", "misc", "manager"}
GIVEN = {"spiders": {"item"}}  # Scrapy's own name for what a spider yields


def barred_words() -> set[str]:
    """Read the last column of the table; a word with a remark in brackets is right in another sense."""
    rows = re.findall(r"^\| [^|]+ \| [^|]+ \|([^|]*)\|$", (ROOT / "docs/words.md").read_text("utf-8"), re.MULTILINE)
    return {word.strip() for row in rows[1:] for word in row.split(",") if word.strip() and "(" not in word}


def names_in(module: Path) -> Iterator[tuple[int, str]]:
    """Give each name that a module makes: of a function, class, argument, attribute or variable."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield node.lineno, name


def parts(name: str) -> set[str]:
    if name.startswith("__"):
        return set()  # Python's own
    return {part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_the_table_is_read() -> None:
    assert {"item", "error", "dupe"} & barred_words() == {"item", "dupe"}
    assert len(barred_words()) > 15


@pytest.mark.parametrize("module", MODULES, ids=lambda place: f"{place.parent.name}/{place.stem}")
def test_no_name_is_a_word_we_do_not_use(module: Path) -> None:
    barred = barred_words() - GIVEN.get(module.parent.name, set())
    assert [(line, name) for line, name in names_in(module) if parts(name) & barred] == []
    assert module.stem not in BARRED_MODULES
