"""`marsad seeds`: take fingerprints of texts, load the seeds into Postgres, check that they can be read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from analysis.corpus import line
from analysis.errors import MarsadError
from analysis.records import Language
from analysis.register import list_names
from analysis.seeds import fill_searches
from analysis.vocabulary import Country
from cli.context import clock, database, say, say_json, settings
from cli.source_page import source_page
from pipeline.meet import compile_resolver
from pipeline.seeds import (
    CORPUS,
    SOURCES,
    Unread,
    count_seeds,
    describe_texts,
    read_alert_seeds,
    read_corpus_file,
    read_known_events,
    read_seeds,
    read_source_files,
    read_texts,
    seeds_directory,
)

app = typer.Typer(
    name="seeds",
    help="The sources we follow, the words we look for, the texts we know from the start.",
    no_args_is_help=True,
)

JsonOption = Annotated[bool, typer.Option("--json", help="Print facts as JSON.")]


@app.command()
def fingerprint(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of texts named ID.txt, in UTF-8.")],
    out: Annotated[Path | None, typer.Option(help="Write the lines to this file, not to standard output.")] = None,
) -> None:
    """Take the fingerprint of each text of a folder: a JSON line each, to add to seeds/corpus.jsonl.

    Outlet, date, tags and events are left empty for you to fill in. A file that is no text is named on standard error;
    the others are still written, and the exit code is 1.
    """
    found = list(describe_texts(folder))
    _write([line(each) for each in found if not isinstance(each, Unread)], out)
    unread = [each for each in found if isinstance(each, Unread)]
    for file in unread:
        print(f"{file.file}: {file.why}", file=sys.stderr)  # noqa: T201 standard output is for the lines
    if unread:
        raise typer.Exit(1)


def _write(lines: Sequence[str], out: Path | None) -> None:
    if out is None:
        for each in lines:
            say(each)
        return
    try:
        out.write_text("".join(f"{each}\n" for each in lines), encoding="utf-8")
    except OSError as error:
        raise MarsadError(f"cannot write {out}: {error.strerror}") from error


@app.command()
def load(
    sources: Annotated[Path | None, typer.Option(help="A file or folder of sources, instead of the seeds'.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="A file of seed documents, instead of the seeds'.")] = None,
    texts: Annotated[Path | None, typer.Option(help="A folder with ID.txt: keep these texts in your database.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Put the sources and the seed corpus into Postgres; doing it again writes only what changed.

    A source that has left the seeds is retired and its pages stay, unless you name the sources to load yourself.
    """
    from models.archive import Archive  # noqa: PLC0415 the other commands need no database
    from models.audiences import AudienceBook  # noqa: PLC0415 as above
    from models.event_book import EventBook  # noqa: PLC0415 as above

    directory = seeds_directory(settings())
    vocabulary = read_seeds(directory)
    followed = fill_searches(read_source_files(sources or directory / SOURCES), vocabulary.topic)
    documents = read_corpus_file(corpus or directory / CORPUS)
    bodies = read_texts(texts, documents) if texts else {}
    known, listening = read_known_events(directory, vocabulary), read_alert_seeds(directory, vocabulary)
    with database() as opened:
        archive = Archive(opened.engine)
        loaded = {
            "sources": asdict(archive.load_sources(followed, whole=sources is None)),
            "seed_documents": asdict(archive.load_seed_documents(documents, bodies)),
            "names": asdict(archive.load_names([*list_names(vocabulary)])),
            "recipients_and_rules": asdict(AudienceBook(opened.engine).load(listening)),
            "known_events": asdict(EventBook(opened.engine, clock()).load(known, compile_resolver(vocabulary))),
        }
    if as_json:
        say_json(loaded)
        return
    for name, counts in loaded.items():
        say(f"{name.replace('_', ' ')}: " + ", ".join(f"{count} {what}" for what, count in counts.items()))


@app.command()
def check(as_json: JsonOption = False) -> None:
    """Read every seed file and count what each says; the first mistake is told with its file and line."""
    counts = count_seeds(seeds_directory(settings()))
    if as_json:
        say_json(counts)
    else:
        say(", ".join(f"{count} {name}" for name, count in counts.items()))


@app.command()
def table() -> None:
    """Print the sources of the seeds as a page of Markdown; `docs/sources.md` is what it prints, kept."""
    directory = seeds_directory(settings())
    countries = {country.code: _name_of(country) for country in read_seeds(directory).places.countries}
    say(source_page(read_source_files(directory / SOURCES), countries))


def _name_of(country: Country) -> str:
    """Return its name in English, else in a language that spells it alike."""
    names = [country.names.get(language) for language in (Language.ENGLISH, Language.FRENCH, Language.SPANISH)]
    return next((spelt[0] for spelt in names if spelt), country.code)
