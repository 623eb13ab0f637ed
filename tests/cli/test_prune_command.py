"""`marsad prune` as an operator runs it: it says what goes before it goes, and is counted as a run."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text

from analysis.records import Outcome, OutcomeKind, RejectionReason
from builders import page, source, visit
from command import Command
from models.archive import Archive
from models.queries import Queries

REJECTED = Outcome(kind=OutcomeKind.REJECTED, reason=RejectionReason.OFF_TOPIC, detail="score 0.1", rules="r1")


def fill(archive: Archive, ages: list[int]) -> None:
    """Keep a rejected page of each age in days."""
    archive.load_sources([source()])
    run_id = archive.start_run("crawl", {})
    for age in ages:
        url = f"https://atlas.example/{age}"
        fetched_at = datetime.now(UTC) - timedelta(days=age)
        archive.save_page(page(url=url, canonical_url=url, fetched_at=fetched_at), visit(url=url), run_id)
        with archive.claim(run_id) as claim:
            claim.settle(REJECTED, None)


def test_what_would_go_is_said_and_then_goes(archive: Archive, engine: Engine, marsad: Command) -> None:
    fill(archive, [10, 31, 60])
    assert marsad("prune", "--dry-run").stdout.startswith("would be given up: the bodies of 2 pages fetched before 2")
    assert json.loads(marsad("prune", "--dry-run", "--days", 5, "--json").stdout)["pages"] == 3
    said = json.loads(marsad("prune", "--json").stdout)
    assert (said["dry_run"], said["pages"], said["bytes"] > 0) == (False, 2, True)
    assert marsad("prune").stdout == "no body is due\n"
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT url FROM pages WHERE body IS NOT NULL")).all() == [
            "https://atlas.example/10"
        ]
    assert [run.counts for run in Queries(engine).runs(command="prune")] == [
        {},
        {"pages": 2, "bytes": said["bytes"]},
    ]
