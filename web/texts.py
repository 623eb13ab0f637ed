"""The page's own words in each language, from files: a word without one of the languages is an error at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from analysis.errors import SeedError
from web.look import LANGUAGES

FILES = tuple(Path(__file__).with_name(name) for name in ("texts.yml", "corrections.yml"))
Texts = Mapping[str, Mapping[str, str]]


def read_texts(files: Iterable[Path] = FILES) -> Texts:
    """Return the texts of each language by their names; raises SeedError where one is missing."""
    written = dict[str, Mapping[str, str]]()
    for file in files:
        written |= _read(file)
    return {language: {name: said[language] for name, said in written.items()} for language in LANGUAGES}


def _read(file: Path) -> Mapping[str, Mapping[str, str]]:
    written: Mapping[str, Mapping[str, str]] = yaml.safe_load(file.read_text("utf-8"))
    for name, said in written.items():
        if set(said) != set(LANGUAGES):
            raise SeedError(file=file.name, line=None, expected=f"expected '{name}' in {', '.join(LANGUAGES)}")
    return written
