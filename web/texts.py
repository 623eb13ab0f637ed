"""The page's own words in each language, from `texts.yml`: a word without one of the languages is an error at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from analysis.errors import SeedError
from web.look import LANGUAGES

FILE = Path(__file__).with_name("texts.yml")
Texts = Mapping[str, Mapping[str, str]]


def read_texts(file: Path = FILE) -> Texts:
    """Return the texts of each language by their names; raises SeedError where one is missing."""
    written = yaml.safe_load(file.read_text("utf-8"))
    for name, said in written.items():
        if set(said) != set(LANGUAGES):
            raise SeedError(file=file.name, line=None, expected=f"expected '{name}' in {', '.join(LANGUAGES)}")
    return {language: {name: said[language] for name, said in written.items()} for language in LANGUAGES}
