"""`marsad health` as an operator and a monitor meet it: a sentence and exit code, JSON, and an answer over HTTP."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from sqlalchemy import text

from analysis.alert_seeds import AlertSeeds
from builders import recipient
from command import MARSAD
from models.audiences import AudienceBook


def test_an_empty_marsad_is_well_and_one_whose_schedule_stands_still_is_not(marsad, engine) -> None:
    assert marsad("health").stdout == "marsad is well: 0 messages and 0 pages wait\n"
    marsad("digest")
    AudienceBook(engine).load(AlertSeeds(recipients=(recipient(is_operator=True),), rules=()))
    age = "UPDATE runs SET started_at = started_at - interval '9 days', ended_at = ended_at - interval '9 days'"
    with engine.begin() as connection:
        connection.execute(text(age))
    unwell = marsad("health", "--tell", code=1)
    assert "`marsad watch` has never ended well: see whether the schedule runs" in unwell.stderr
    marsad("health", "--tell", code=1)
    assert len(json.loads(marsad("alerts", "--json").stdout)) == 4
    facts = json.loads(marsad("health", "--json", code=1).stdout)
    assert (facts["is_well"], [each["name"] for each in facts["ailments"]]) == (
        False,
        ["late-crawl", "late-watch", "late-prune", "late-digest"],
    )


def test_a_monitor_hears_by_the_status_how_marsad_is(database_url, engine) -> None:
    with serving(database_url, MARSAD_DATABASE_GIB="900") as url:
        well = httpx.get(url, timeout=30)
        assert (well.status_code, well.json()["is_well"]) == (200, True)
        assert well.json()["vitals"]["room_bytes"] == 900 * 1024**3
        assert httpx.head(url, timeout=30).content == b""
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE alerts CASCADE"))
        gone = httpx.get(url, timeout=30)
        assert (gone.status_code, gone.json()["is_well"]) == (503, False)


@contextmanager
def serving(database_url: str, **variables: str) -> Iterator[str]:
    """Let marsad answer on a port that is free, and stop it."""
    environment = {**os.environ, "MARSAD_DATABASE_URL": database_url, **variables}
    line = [MARSAD, "health", "--serve", "0"]
    with subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as asked:
        try:
            yield asked.stdout.readline().split()[0]
        finally:
            asked.terminate()
