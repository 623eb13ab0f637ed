"""How a table is shown: as wide as the terminal (or COLUMNS), and as wide as needed where there is none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from cli.context import say

GAP = INDENT = 2
LONG_WORD = 28  # characters: no id is longer, an address is


def say_table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, sentence_last: bool = False
) -> None:
    """Print a title and rows; text is folded where it must, ids, numbers and dates only where nothing else helps.

    With `sentence_last` the last column is a sentence, which stands under its row where the terminal is narrow.
    """
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    room, whole = _room(), _needs([columns, *cells])
    is_narrow = room is not None and _width(whole) > room
    below = [row.pop() for row in cells] if sentence_last and is_narrow else [""] * len(cells)
    header = list(columns[:-1] if sentence_last and is_narrow else columns)
    widths = _fit([header, *cells], room)
    say(_styled(title, "1"))
    say(_styled("\n".join(_lines(header, widths)), "2") if cells else "none")
    for row, sentence in zip(cells, below, strict=True):
        under = [" " * INDENT + line for line in _fold(sentence, (room or 0) - INDENT)] if sentence else []
        say("\n".join([*_lines(row, widths), *under]))


def _styled(line: str, style: str) -> str:
    return f"\x1b[{style}m{line}\x1b[0m" if sys.stdout.isatty() else line


def _room() -> int | None:
    """Return how many characters a line may have; None where nothing says so."""
    if sys.stdout.isatty():
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() and int(given) else None


def _width(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _needs(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the width of the longest line of each column; an Arabic vowel sign takes no room, a Chinese letter two."""
    from rich.cells import cell_len  # noqa: PLC0415 commands that print no table start faster

    return [max(cell_len(line) for cell in column for line in cell.split("\n")) for column in zip(*rows, strict=True)]


def _fit(rows: Sequence[Sequence[str]], room: int | None) -> list[int]:
    """Return the widths of columns that fit the room; words are broken only if they must, the longest first."""
    widths, words = _needs(rows), _needs([["\n".join(cell.split()) for cell in row] for row in rows])
    for longest in range(LONG_WORD, 0, -1):
        fitted = _narrow(widths, [max(1, min(word, longest)) for word in words], room)
        if room is None or _width(fitted) <= room:
            break
    return fitted


def _narrow(widths: Sequence[int], least: Sequence[int], room: int | None) -> list[int]:
    """Narrow columns until the row fits, all to the same share of what they need, so that rows stay low."""
    fitted = list(widths)
    while room is not None and _width(fitted) > room:
        free = [place for place, width in enumerate(fitted) if width > least[place]]
        if not free:
            break
        fitted[max(free, key=lambda place: fitted[place] / widths[place])] -= 1
    return fitted


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Give the lines of one row, without blanks at their ends."""
    from rich.cells import set_cell_size  # noqa: PLC0415 as above

    folded = [_fold(cell, width) for cell, width in zip(row, widths, strict=True)]
    for parts in zip_longest(*folded, fillvalue=""):
        sized = (set_cell_size(part, width) for part, width in zip(parts, widths, strict=True))
        yield (" " * GAP).join(sized).rstrip()


def _fold(cell: str, width: int) -> list[str]:
    """Break a cell into lines of a width, between words where it can; an id, number or date is a word."""
    from rich.console import Console  # noqa: PLC0415 as above
    from rich.text import Text  # noqa: PLC0415 as above

    return [line.plain.rstrip() for line in Text(cell).wrap(Console(), max(width, 1), overflow="fold")]
