"""`marsad feeds`: events as Atom feeds and visits as calendars, a file each, for any web server to offer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import MarsadError
from analysis.records import Language
from cli.context import counted, database, say, say_json, settings
from models.audiences import AudienceBook
from models.feeds import read_feed_events
from pipeline.feeds import FeedFile, write_feeds
from pipeline.seeds import read_seeds, read_wording, seeds_directory


def feeds(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Write them to this folder, which may be there.")],
    language: Annotated[Language, typer.Option(help="In this language.")] = Language.ARABIC,
    days: Annotated[int, typer.Option(min=1, max=36_500, help="Leave out what was over so many days ago.")] = 730,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Write a feed and a calendar of all events, and of each kind, country and rule.

    A reader that follows one sees each event once: it keeps its id, changes where facts do, and is cancelled where it
    proves not to have happened. Each file takes the place of the former one at once.
    """
    known, directory = settings(), seeds_directory(settings())
    wording = read_wording(directory, read_seeds(directory), known.web_url)
    with database() as opened:
        events = read_feed_events(opened.engine, datetime.now(UTC) - timedelta(days=days))
        rules = AudienceBook(opened.engine).read().rules
    names = _write(out, write_feeds(events, rules, wording, language))
    if as_json:
        say_json({"events": len(events), "files": names})
    else:
        say(f"{counted(len(events), 'event')} in {counted(len(names), 'file')} of {out}")


def _write(out: Path, files: Iterable[FeedFile]) -> list[str]:
    """Write files so that whoever reads one meanwhile has the whole of it, old or new."""
    names = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for each in files:
            new = out / f".{each.name}.new"
            new.write_bytes(each.body)
            new.replace(out / each.name)
            names.append(each.name)
    except OSError as error:
        raise MarsadError(f"cannot write {out}: {error.strerror}") from error
    return names
