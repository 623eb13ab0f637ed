"""How a table is shown: as wide as the terminal (or COLUMNS), and as wide as needed where there is none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from cli.context import say

GAP = 2
LONG_WORD = 22  # characters: no id is longer, an address is


def say_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a title and rows; text is folded where it must, but no id, number or date within a word."""
    from rich.console import Console  # noqa: PLC0415 commands that print no table start faster
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = _fit(*_measure([columns, *cells]), _room())
    on_terminal = sys.stdout.isatty()
    shown = Console(file=StringIO(), width=max(sum(widths) + GAP * len(widths), 1), force_terminal=on_terminal)
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="dim")
    for column, width in zip(columns, widths, strict=True):
        table.add_column(Text(column), overflow="fold", width=width)
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    with shown.capture() as captured:
        shown.print(Text(title, style="bold"), soft_wrap=True)
        shown.print(table if cells else "none")
    say("\n".join(line.rstrip() for line in captured.get().splitlines()))


def _room() -> int | None:
    """Return how many characters a line may have; None where nothing says so."""
    if sys.stdout.isatty():
        from rich.console import Console  # noqa: PLC0415 as above

        return Console().width
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() and int(given) else None


def _measure(rows: Sequence[Sequence[str]]) -> tuple[list[int], list[int]]:
    """Return for each column the width of its longest line, and the least width that breaks no short word."""
    from rich.cells import cell_len  # noqa: PLC0415 as above

    columns = list(zip(*rows, strict=True))
    whole = [max(cell_len(line) for cell in column for line in (cell.splitlines() or [""])) for column in columns]
    words = [[min(cell_len(word), LONG_WORD) for cell in column for word in cell.split()] for column in columns]
    return whole, [max(lengths, default=0) for lengths in words]


def _fit(widths: list[int], least: list[int], room: int | None) -> list[int]:
    """Narrow columns until the row fits, all to the same share of what they need, so that rows stay low.

    None becomes narrower than its least; where that is too wide for the room, so is the row.
    """
    fitted = list(widths)
    while room is not None and sum(fitted) + GAP * (len(fitted) - 1) > room:
        free = [place for place, width in enumerate(fitted) if width > least[place]]
        if not free:
            break
        fitted[max(free, key=lambda place: fitted[place] / widths[place])] -= 1
    return fitted
