"""Letters as they are written from the seeds of this repository, for the tests of this folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from analysis.records import Language, Letter, Message
from channels.letters import write_letter
from channels.wording import Wording
from channels.words import LanguageWords
from pipeline.seeds import read_seeds, read_wording

SEEDS = Path(__file__).parents[2] / "seeds"
LANGUAGES = (Language.ARABIC, Language.FRENCH, Language.ENGLISH, Language.SPANISH)


@cache
def wording(web_url: str | None = None) -> Wording:
    """Read the words and names of the seeds."""
    return read_wording(SEEDS, read_seeds(SEEDS), web_url)


def words_of(language: Language) -> LanguageWords:
    return wording().words[language]


def written(message: Message, web_url: str | None = None) -> Letter:
    """Write a message with the words of the seeds."""
    return write_letter(message, wording(web_url))
