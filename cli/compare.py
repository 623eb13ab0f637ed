"""`marsad compare`: two files beside one another, whether one is a copy of the other, and the passages they share."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap
from typing import Annotated

import typer

from analysis.errors import MarsadError
from analysis.passages import Comparison, Passage, compare
from cli.context import counted, say, say_json

LEFT_TO_RIGHT = "\u200e"
"""Between two Arabic columns, so that a terminal that orders what it shows does not put the second one first."""
NARROWEST, WIDEST = 24, 70


class UnreadableFileError(MarsadError):
    """A file is not there, or no text in UTF-8; the message says which."""


def compare_files(
    one: Annotated[Path, typer.Argument(metavar="FILE", help="A text in UTF-8.")],
    other: Annotated[Path, typer.Argument(metavar="FILE", help="The text to hold it against.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Say whether the first text is a copy of the second, by which share, and show the passages they have in common.

    A copy is told as in the archive: its spelling does not count, nearly half of the shorter text must stand in the
    other. But which countries a text names is not looked at here.
    """
    mine, theirs = _read(one), _read(other)
    found = compare(mine, theirs)
    if as_json:
        say_json({**asdict(found), "passages": [_facts(each, mine, theirs) for each in found.passages]})
        return
    say(verdict(found))
    tell_passages(found.passages, mine, theirs)


def verdict(found: Comparison) -> str:
    """Say in one line whether a text is a copy, and how much two texts share."""
    kind = "no copy" if found.kind is None else f"{found.kind} ({found.share or 0:.0%} the same)"
    covered = f"{found.covered:.0%} of the first and {found.other_covered:.0%} of the second"
    return f"{kind}: {covered} stand in {counted(len(found.passages), 'passage')} of both"


def tell_passages(passages: Sequence[Passage], mine: str, theirs: str) -> None:
    """Print the passages of two texts side by side."""
    width = min(WIDEST, max(NARROWEST, (_room() - 3) // 2))
    for number, each in enumerate(passages, start=1):
        places = f"characters {each.start} to {each.end}, and {each.other_start} to {each.other_end} of the other"
        say(f"\n{number}  {counted(each.words, 'word')}: {places}")
        for left, right in _columns(mine[each.start : each.end], theirs[each.other_start : each.other_end], width):
            say(f"{left}{' ' * (width - _width(left))} {LEFT_TO_RIGHT}|{LEFT_TO_RIGHT} {right}")


def _columns(left: str, right: str, width: int) -> Iterator[tuple[str, str]]:
    return zip_longest(wrap(left, width), wrap(right, width), fillvalue="")


def _width(line: str) -> int:
    """Count the columns of a line: what stands over or under a letter takes none."""
    return sum(not unicodedata.category(char).startswith(("M", "Cf")) for char in line)


def _room() -> int:
    given = os.environ.get("COLUMNS", "")
    if sys.stdout.isatty():
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    return int(given) if given.isdigit() else 2 * WIDEST + 3


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise UnreadableFileError(f"{file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{file}: expected UTF-8") from error


def _facts(passage: Passage, mine: str, theirs: str) -> dict[str, object]:
    texts = {
        "text": mine[passage.start : passage.end],
        "other_text": theirs[passage.other_start : passage.other_end],
    }
    return {**asdict(passage), **texts}
