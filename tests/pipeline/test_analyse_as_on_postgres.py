"""A text handed to `marsad analyse` is read as the page it stands on: the same tags, reports, score and original."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pages_of_press import fetched_truths, fill
from sqlalchemy import Engine, text

from analysis.records import TagKind
from builders import source
from cli.sample_press import FOLDER, serve
from models.archive import Archive
from pipeline.analyse import Analyst
from pipeline.library import Library, open_library
from pipeline.runs import run
from pipeline.seeds import read_corpus_file
from pipeline.work import Worker

KINDS = {"tags": TagKind.THEME, "people": TagKind.PERSON, "bodies": TagKind.BODY, "countries": TagKind.COUNTRY}
ARTICLES = "SELECT * FROM articles ORDER BY id"
TAGS = "SELECT kind, tag_id FROM tags WHERE article_id = :article"
REPORTS = "SELECT * FROM reports WHERE article_id = :article"


def read_press(archive: Archive, library: Library) -> None:
    with serve(port=0) as press:
        names = {truth.source for truth in fetched_truths(press)}
        archive.load_sources([source(id=name, hosts=(name,)) for name in names])
        fill(archive, press)
    with run(archive, "process", {}) as current:
        assert sum(1 for _ in Worker(archive=archive, library=library).settle_all(current)) > 0


def rows(engine: Engine, question: str, **values: object) -> Sequence[Mapping[str, Any]]:
    with engine.begin() as connection:
        return connection.execute(text(question), values).mappings().all()


def on_postgres(engine: Engine) -> Iterator[tuple[bytes, dict[str, object]]]:
    """Give each article as a line to hand in, and what Postgres holds of it."""
    for row in rows(engine, ARTICLES):
        day = row["published_on"]
        line = {key: row[key] for key in ("id", "url", "title", "text", "language")}
        line["published"] = day and day.isoformat()
        tags = rows(engine, TAGS, article=row["id"])
        yield (
            json.dumps(line).encode(),
            {
                "relevant": True,
                "score": row["score"],
                "because": tuple(row["because"]),
                "copy_of": row["copy_of_seed_id"] or row["copy_of_article_id"],
                **{name: {tag["tag_id"] for tag in tags if tag["kind"] == kind} for name, kind in KINDS.items()},
                "reports": sorted(map(facts, rows(engine, REPORTS, article=row["id"]))),
            },
        )


def facts(report: Mapping[str, Any]) -> tuple[object, ...]:
    days = [str(report[key]) if isinstance(report[key], date) else report[key] for key in ("first_on", "last_on")]
    return (report["evidence"], report["kind"], report["direction"] or "", report["told"], *map(str, days))


def as_on_postgres(answer: dict[str, Any]) -> dict[str, object]:
    told = {key: answer[key] for key in ("relevant", "score", "because", "copy_of")}
    reports = [{**each, "first_on": each["from"], "last_on": each["to"]} for each in answer["reports"]]
    return {**told, **{name: set(answer[name]) for name in KINDS}, "reports": sorted(map(facts, reports))}


def test_the_same_text_gives_the_same_answer_on_postgres_and_as_a_line(archive: Archive, engine: Engine) -> None:
    library = open_library(FOLDER.parent)
    read_press(archive, library)
    analyst = Analyst(library, read_corpus_file(FOLDER / "corpus.jsonl"))
    lines, kept = zip(*on_postgres(engine), strict=True)
    assert [as_on_postgres(answer) for answer in analyst.answer_all(lines)] == list(kept)
