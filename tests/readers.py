"""The seeds of the repository, compiled once for all tests that read articles."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from analysis.presences import Reader, compile_reader
from analysis.tags import Vocabulary, compile_vocabulary
from pipeline.seeds import read_seeds

SEEDS = Path(__file__).parents[1] / "seeds"


@cache
def vocabulary() -> Vocabulary:
    """Compile the seeds of the repository."""
    return compile_vocabulary(read_seeds(SEEDS))


@cache
def reader() -> Reader:
    """Make them ready for reading."""
    return compile_reader(vocabulary())
