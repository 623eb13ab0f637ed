"""The index of a folder of saved pages, as people and spreadsheets write it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.errors import IndexFileError
from pipeline.imports import SavedPage, read_index

ONE = "one.html\thttps://x.example/1\t"


def write(folder: Path, *lines: str, end: str = "\n", encoding: str = "utf-8") -> Path:
    (folder / "index.tsv").write_bytes(end.join(lines).encode(encoding))
    return folder


@pytest.mark.parametrize("how", [{}, {"end": "\r\n"}, {"encoding": "utf-8-sig"}])
def test_an_index_is_read_as_each_program_writes_it(tmp_path: Path, how: dict[str, str]) -> None:
    folder = write(tmp_path, "file\turl\tfetched_at", "", ONE + "2026-02-10T12:00:00", "", **how)
    noon = datetime(2026, 2, 10, 12, tzinfo=UTC)
    assert read_index(folder) == (SavedPage(file=folder / "one.html", url="https://x.example/1", fetched_at=noon),)


def test_quotes_separators_and_long_words_are_taken_as_they_stand(tmp_path: Path) -> None:
    name = '"a\u2028b".html'
    long = "https://x.example/" + "%d8%a7" * 30_000
    [saved] = read_index(write(tmp_path, "url\tfile\tnote", f"{long}\t{name}\tmore\tand more"))
    assert (saved.file.name, saved.url, saved.fetched_at) == (name, long, None)


def test_a_line_is_named_by_its_number_in_the_file_blank_lines_counted(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match=r"index\.tsv, line 5: expected the name of a file"):
        read_index(write(tmp_path, "file\turl", "", "", ONE, "two.html\tftp://x.example/2"))


def test_an_index_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match=r"index\.tsv, line 2: expected UTF-8"):
        read_index(write(tmp_path, "file\turl", "é.html\thttps://x.example/1", encoding="latin-1"))


@pytest.mark.parametrize("name", ["../outside.html", "/etc/hostname", "link.html"])
def test_an_index_cannot_reach_out_of_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.html").touch()
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.html").symlink_to(tmp_path / "outside.html")
    with pytest.raises(IndexFileError, match=r"line 2: expected a file of this folder, not "):
        read_index(write(folder, "file\turl", f"{name}\thttps://x.example/1"))
