"""`marsad analyse`: texts in, what they say out, a line of JSON each; no database, no network, no clock."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import MarsadError
from cli.context import counted, settings
from pipeline.seeds import CORPUS, read_corpus_file, read_known_events, seeds_directory


class LinesRefusedError(MarsadError):
    """Lines of the input are no texts; they are answered with the error, and all others were read."""


def analyse(
    file: Annotated[Path | None, typer.Argument(help="A file of JSON lines; standard input without it.")] = None,
) -> None:
    r"""Read texts as JSON lines, and write for each one line of JSON: what it says and whose copy it is.

    A line in: {"id", "url", "title", "text", "published": "2026-02-11" | null}; docs/analyse.md explains the line out.
    The exit code is 1 if a line was no such object: it is answered with its error, and the others all the same.
    """
    from pipeline.analyse import Analyst  # noqa: PLC0415 the automata take a moment to load, and --help needs none
    from pipeline.library import open_library  # noqa: PLC0415 as above

    directory = seeds_directory(settings())
    library = open_library(directory)
    history = read_known_events(directory, library.vocabulary.seeds)
    analyst = Analyst(library, read_corpus_file(directory / CORPUS), history)
    refused = total = 0
    try:
        for each in analyst.answer_all(_lines(file)):
            total, refused = total + 1, refused + ("error" in each)
            sys.stdout.buffer.write(json.dumps(each, ensure_ascii=False).encode() + b"\n")
            sys.stdout.buffer.flush()
    except BrokenPipeError:  # whoever reads has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    if refused:
        raise LinesRefusedError(f'{counted(refused, "line")} of {total} could not be read: see "error" in the answers')


def _lines(file: Path | None) -> Iterator[bytes]:
    if file is None:
        yield from sys.stdin.buffer
        return
    try:
        with file.open("rb") as lines:
            yield from lines
    except OSError as error:
        raise LinesRefusedError(f"{file}: {error.strerror}") from error
