"""Tables on terminals of any width: nothing is lost, and short words are not broken."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cli.context import counted, extent, spelled
from cli.tables import say_table

SENTENCE = "وقعت المديرية العامة للأمن الوطني برنامج عمل للتعاون في مجال التكوين الشرطي يمتد على ثلاث سنوات."
COLUMNS = ("when", "who", "article", "sentence")
ROWS = [("2026-02-13", "abdellatif-hammouchi", 24, SENTENCE), (None, "[vidéo]", 25, "")]


def test_a_pipe_gets_a_line_for_each_row(capsys, monkeypatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    say_table("Two things that happened", COLUMNS, ROWS, sentence_last=True)
    assert capsys.readouterr().out.splitlines() == [
        "Two things that happened",
        "when        who                   article  sentence",
        f"2026-02-13  abdellatif-hammouchi  24       {SENTENCE}",
        "            [vidéo]               25",
    ]


def test_a_narrow_terminal_gets_the_sentence_under_its_row(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    say_table("Two things that happened", COLUMNS, ROWS, sentence_last=True)
    title, header, first, *under, last = capsys.readouterr().out.splitlines()
    assert (title, header) == ("Two things that happened", "when        who                   article")
    assert (first, last) == ("2026-02-13  abdellatif-hammouchi  24", "            [vidéo]               25")
    assert " ".join(line.strip() for line in under) == SENTENCE
    assert max(map(cell_len, under)) <= 50


def test_an_empty_table_says_so_and_a_title_is_never_folded(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "10")
    say_table("A title of many words", ("a", "b"), [])
    assert capsys.readouterr().out == "A title of many words\nnone\n"


@given(st.lists(st.tuples(*[st.text("abc é-شرط", max_size=60)] * 3), min_size=1, max_size=4), st.integers(12, 90))
def test_a_table_fits_its_terminal_and_loses_no_letter(rows, room) -> None:

    with redirect_stdout(io.StringIO()) as out, patch.dict("os.environ", COLUMNS=str(room)):
        say_table("", ("one", "two", "three"), rows)
    lines = out.getvalue().splitlines()[1:]
    assert max(map(cell_len, lines)) <= room
    assert [line for line in lines if line != line.rstrip()] == []
    letters = "".join("".join(cell.split()) for row in [("one", "two", "three"), *rows] for cell in row)
    assert sorted("".join("".join(lines).split())) == sorted(letters)


def test_numbers_stand_with_their_nouns() -> None:
    assert [counted(0, "page"), counted(1, "page"), counted(2, "page")] == ["0 pages", "1 page", "2 pages"]
    assert counted(2, "copy", "copies") == "2 copies"
    assert spelled({"filed": 39, "copy": 4, "rejected": 1, "failed": 0}) == "39 filed, 4 copies, 1 rejected"
    assert spelled({"copy": 1}) == "1 copy"
    assert (extent(6, 43, "article"), extent(1, 1, "article")) == ("the newest 6 of 43 articles", "1 article")
