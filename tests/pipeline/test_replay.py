"""`marsad replay` on the sample press: what yesterday's rules spoilt becomes what today's would have made of it."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator

import pytest
from killing import MARSAD, WHAT_CAME_OUT, Killer, came_out, load, marsad, variables
from sqlalchemy import Engine, text

from analysis.records import OutcomeKind
from builders import page, source, visit
from cli.sample_press import FOLDER, SamplePress, serve
from desk_asking import events_of
from models.archive import Archive
from models.database import make_engine
from models.queries import Queries
from models.replays import Again, Replays
from pipeline import work
from pipeline.library import Library, open_library
from pipeline.meet import compile_resolver
from pipeline.replay import Replayer
from pipeline.runs import run
from postgres import create_database, drop_database

REPLAYED = "SELECT count(*) FROM pages WHERE rules <> 'old'"
OUTCOMES = text("SELECT canonical_url, version, outcome, reason, detail FROM pages ORDER BY 1, 2")
# as if yesterday's rules had read it all, and badly; where originals go, their copies are nobody's
SPOIL = """
    UPDATE pages SET rules = 'old', detail = '';
    UPDATE articles SET title = 'عنوان آخر', author = NULL, score = 1 WHERE id % 3 = 0;
    DELETE FROM tags WHERE article_id % 3 = 1;
    UPDATE reports SET countries = '{JP}', event_id = NULL, met_at = NULL WHERE id % 4 = 0;
    DELETE FROM reports WHERE id % 4 = 1;
    UPDATE pages SET outcome = 'filed', reason = '' WHERE outcome = 'copy' AND id % 2 = 0;
    UPDATE articles SET copy_of_article_id = NULL, copy_of_seed_id = NULL, copy_kind = NULL, copy_share = NULL
        FROM pages WHERE pages.id = page_id AND pages.outcome = 'filed';
    DELETE FROM shingles USING fingerprints
        WHERE fingerprints.id = fingerprint_id AND article_id % 5 = 0;
    UPDATE articles SET set_aside_at = now(), is_current = false
        WHERE id IN (SELECT a.id FROM articles a WHERE a.copy_kind IS NULL AND a.id % 7 = 0
            AND NOT EXISTS (SELECT FROM articles c WHERE a.id IN (c.copy_of_article_id, c.revises_id)));
    UPDATE pages SET outcome = 'rejected', reason = 'off_topic'
        FROM articles WHERE page_id = pages.id AND set_aside_at IS NOT NULL;
    DELETE FROM tags USING articles WHERE article_id = articles.id AND set_aside_at IS NOT NULL;
    DELETE FROM reports USING articles WHERE article_id = articles.id AND set_aside_at IS NOT NULL;
    DELETE FROM fingerprints USING articles WHERE article_id = articles.id AND set_aside_at IS NOT NULL;
"""
EVENTS_LEFT = "SELECT count(*) FROM reports WHERE met_at IS NULL"


@pytest.fixture(scope="module")
def press() -> Iterator[SamplePress]:
    with serve(port=0) as opened:
        yield opened


@pytest.fixture(scope="module")
def read_press(server, template, press, tmp_path_factory) -> Iterator[str]:
    """Make a database in which the sample press was read by today's rules, to make copies of."""
    url = create_database(server, "read_press", template)
    load(url, press, tmp_path_factory.mktemp("press"))
    for command in ("crawl", "process"):
        assert marsad(url, command).returncode == 0
    yield "read_press"
    drop_database(server, "read_press")


@pytest.fixture
def both(server, read_press: str) -> Iterator[tuple[Engine, Engine, str]]:
    """Connect to the database of the press, and to a copy of it, whose address comes along."""
    url = create_database(server, "replayed", read_press)
    engines = make_engine(server.url(read_press)), make_engine(url)
    yield *engines, url
    for engine in engines:
        engine.dispose()
    drop_database(server, "replayed")


def spoil(engine: Engine) -> int:
    """Let yesterday's rules have read all; return how many pages there are."""
    with engine.begin() as connection:
        connection.execute(text(SPOIL.replace(":", "\\:")))
        connection.execute(text("DELETE FROM shingles WHERE fingerprint_id NOT IN (SELECT id FROM fingerprints)"))
        return connection.scalar(text("SELECT count(*) FROM pages"))


def happened(engine: Engine) -> list[tuple[object, ...]]:
    """List the events that stand, by what they are."""
    found = events_of(engine, most=1000)
    facts = ((each.kind, each.countries, each.bodies, str(each.first_on), each.told, each.reports) for each in found)
    return sorted(fact for fact, each in zip(facts, found, strict=True) if each.retracted_at is None)


def assert_healed(quiet: Engine, healed: Engine) -> None:
    found = [name for name in WHAT_CAME_OUT if name != "outcomes"]  # which name the rules
    assert came_out(healed, found) == came_out(quiet, found)
    with quiet.connect() as one, healed.connect() as other:
        assert one.execute(OUTCOMES).all() == other.execute(OUTCOMES).all()
    assert happened(healed) == happened(quiet)
    assert all(one.holds and not one.waiting for one in Queries(healed).conservation())


def test_the_same_rules_make_the_same_of_all(both):
    quiet, replayed, url = both
    done = marsad(url, "replay", "--force", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["differences"] == []
    assert said["counts"]["pages"] == said["extent"]["pages"] > 0
    assert_healed(quiet, replayed)
    numbers = "SELECT a.id, a.story_id, r.id, r.event_id FROM articles a LEFT JOIN reports r ON r.article_id = a.id"
    with quiet.connect() as one, replayed.connect() as other:
        assert set(one.execute(text(numbers))) == set(other.execute(text(numbers)))


def test_what_was_spoilt_is_made_good_and_told(both):
    quiet, spoilt, url = both
    total = spoil(spoilt)
    dry = marsad(url, "replay", "--dry-run")
    assert (dry.returncode, dry.stderr.count("Error")) == (0, 0), dry.stderr
    done = marsad(url, "replay")
    assert done.returncode == 0, done.stderr
    assert_healed(quiet, spoilt)
    assert f"{total} pages read again" in done.stdout
    for title in ("Outcomes", "Articles that read otherwise", "Tags", "Reports", "Events"):
        assert f"\n{title}\n" in done.stdout
        assert f"\n{title}\n" in dry.stdout
    with spoilt.connect() as connection:
        counts = connection.scalar(text("SELECT counts FROM runs WHERE command = 'replay' AND state = 'done'"))
    assert counts["pages"] == total > counts["changed"] > 0


@pytest.mark.timeout(300)
def test_a_replay_that_is_killed_goes_on_where_it_was(both):
    quiet, shaken, url = both
    total = spoil(shaken)
    chance = random.Random(20260222)  # noqa: S311 moments, not secrets
    assert Killer(url, chance, kills=5).strike("replay", REPLAYED, total) > 2
    assert all(one.holds for one in Queries(shaken).conservation())
    assert marsad(url, "replay").returncode == 0
    assert_healed(quiet, shaken)


@pytest.mark.timeout(300)
def test_replays_and_readings_at_the_same_moment_end_well(both):
    quiet, busy, url = both
    spoil(busy)
    with busy.begin() as connection:  # pages that became nothing wait once more
        connection.execute(
            text(
                "UPDATE pages SET outcome = NULL, reason = '', rules = NULL, outcome_at = NULL, outcome_run_id = NULL"
                " WHERE outcome = 'rejected' AND NOT EXISTS (SELECT FROM articles WHERE page_id = pages.id)"
            )
        )
    commands = ["replay", "process", "replay", "process"]
    started = [
        subprocess.Popen([MARSAD, each], env=variables(url), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for each in commands
    ]
    ended = [(each.communicate()[1], each.returncode) for each in started]
    assert [code for _, code in ended] == [0] * 4, ended
    assert_healed(quiet, busy)
    with busy.connect() as connection:
        assert connection.scalar(text(EVENTS_LEFT)) == 0


# ---------------------------------------------------------------- a page that breaks the reading

HTML = "<html lang='fr'><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p></body></html>"
VISIT = (
    "Le directeur général de la Sûreté nationale, Abdellatif Hammouchi, a effectué lundi une visite de travail à "
    "Madrid, où il s'est entretenu avec le chef de la Police nationale espagnole de la lutte contre le terrorisme."
)


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(FOLDER.parent)


def test_a_page_that_today_s_rules_break_on_stays_as_it_was(
    archive: Archive, engine: Engine, library: Library, monkeypatch: pytest.MonkeyPatch
):
    archive.load_sources([source()])
    with run(archive, "crawl", {}) as crawl:
        html = HTML.format("Hammouchi en visite de travail à Madrid", VISIT).encode()
        archive.save_page(page(body=html), visit(), crawl.id)
    with run(archive, "process", {}) as current:
        [outcome] = work.Worker(archive=archive, library=library).settle_all(current)
    assert outcome.kind is OutcomeKind.FILED

    def broken(*_: object) -> None:
        raise RecursionError("too deep")

    def failures(again: Again) -> list[str]:
        resolver = compile_resolver(library.vocabulary.seeds)
        replayer = Replayer(archive=Replays(engine), again=again, library=library, resolver=resolver)
        with run(archive, "replay", {}) as current:
            return [each.failed for each in replayer.replay(current)]

    again = Again(rules="newer")
    monkeypatch.setattr(work, "process", broken)
    assert failures(again) == ["RecursionError: too deep"]
    with engine.begin() as connection:
        rows = "SELECT outcome, rules, tries, a.is_current FROM pages JOIN articles a ON a.page_id = pages.id"
        assert connection.execute(text(rows)).all() == [("filed", library.rules, 0, True)]
        connection.execute(text("UPDATE pages SET tries = 3"))  # as three workers do who die over it
    assert failures(again)[0].startswith("DeadlyPageError")
    monkeypatch.undo()
    assert failures(again)[0].startswith("DeadlyPageError")
    assert failures(Again(rules="newer", force=True)) == [""]
    assert failures(Again(rules=library.rules)) == []
