"""What a worker needs to know to read any page, made ready once: the seeds compiled, and the version of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis.gate import Gate
from analysis.presences import Reader, compile_reader
from analysis.records import Source
from analysis.tags import Vocabulary, compile_vocabulary
from pipeline.seeds import read_seeds, rules_version


@dataclass(frozen=True, kw_only=True)
class Library:
    """The rules of reading: what to look for, and the version that every outcome names.

    `countries` tells the country of a source, whose clock its pages print. `gate` refuses, unparsed, pages
    that no article of ours can be on.
    """

    rules: str
    countries: Mapping[str, str]
    vocabulary: Vocabulary
    reader: Reader

    @cached_property
    def gate(self) -> Gate:
        """Compile the gate when the first page asks: texts that are handed in without one need none."""
        return Gate(self.vocabulary)


def open_library(directory: Path, sources: Iterable[Source] = ()) -> Library:
    """Make ready the seeds of a folder. Raises SeedError, with file and line, where they say what they cannot mean."""
    vocabulary = compile_vocabulary(read_seeds(directory))
    return Library(
        rules=rules_version(directory),
        countries={source.id: source.country for source in sources},
        vocabulary=vocabulary,
        reader=compile_reader(vocabulary),
    )
