"""The commands of every day as a person runs them: facts on standard output, trouble in one sentence, exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from analysis.records import Catch, Outcome, OutcomeKind, Rhythm, RunState
from builders import page, source, visit
from command import MARSAD

ROOT = Path(__file__).parents[2]
NEWS = """<html lang="fr"><head><title>Un titre</title><meta property="og:title" content="{title}">
<meta property="article:published_time" content="2026-02-10T09:00:00+01:00"></head>
<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"""
VISIT = """
Le directeur général de la Sûreté nationale et de la surveillance du territoire, Abdellatif Hammouchi, a effectué lundi
une visite de travail à Madrid, où il s'est entretenu avec le directeur général de la Police nationale espagnole de la
coopération sécuritaire et de la lutte contre le terrorisme.

Les deux responsables ont passé en revue l'échange de renseignements entre la DGSN et les services espagnols, ainsi que
la préparation de la Coupe du monde 2030.
""".split("\n\n")  # noqa: SIM905 paragraphs read better as paragraphs

DATED = (
    VISIT[0].replace("lundi", "lundi 9 et mardi 10 février 2026"),
    VISIT[1],
    VISIT[1].replace("passé", "encore passé"),
)
OTHER_WORDS = """
En visite de travail à Madrid les 9 et 10 février 2026, Abdellatif Hammouchi, patron de la DGSN et de la DGST, a
rencontré les chefs de la police espagnole.

Au menu de ces entretiens figuraient les filières de la drogue et l'appui de la police marocaine aux enquêteurs
espagnols, selon une source proche du dossier citée par la presse de Madrid.
""".split("\n\n")  # noqa: SIM905 as above


def news(title: str, *paragraphs: str) -> bytes:
    return NEWS.format(title=title, paragraphs="".join(f"<p>{each}</p>" for each in paragraphs)).encode()


def keep(archive, url: str, body: bytes) -> None:
    archive.load_sources([source()])
    run_id = archive.start_run("crawl", {})
    archive.save_page(page(url=url, canonical_url=url, body=body), visit(url=url), run_id)
    archive.end_run(run_id, RunState.DONE, {"pages": 1})


def test_pages_are_read_listed_and_added_up(archive, marsad) -> None:
    keep(archive, "https://atlas.example/visite", news("Hammouchi en visite de travail à Madrid", *VISIT))
    keep(archive, "https://atlas.example/meteo", news("Le temps de demain", *["Soleil sur les plaines du Nord."] * 6))
    keep(archive, "https://atlas.example/vide", b"")

    counts = json.loads(marsad("process", "--json").stdout)
    assert {name: counts[name] for name in OutcomeKind} == {"filed": 1, "copy": 0, "rejected": 2, "failed": 0}
    assert marsad("process").stdout == "no page waits to be read\n"
    marsad("process", "--skip-if-nothing-waits", code=99)

    listed = json.loads(marsad("articles", "--json").stdout)
    assert [(a["url"], a["title"], a["language"], a["published_on"]) for a in listed] == [
        ("https://atlas.example/visite", "Hammouchi en visite de travail à Madrid", "fr", "2026-02-10")
    ]
    assert json.loads(marsad("articles", "--json", "--language", "ar").stdout) == []
    assert json.loads(marsad("articles", "--json", "--tag", "ES", "--since", "2026-02-10").stdout) == listed

    rejected = json.loads(marsad("articles", "--rejected", "--json").stdout)
    assert {each["url"].rsplit("/")[-1]: each["reason"] for each in rejected} == {"meteo": "off_topic", "vide": "empty"}
    assert marsad("watch").stdout.startswith("3 pages of 3 runs: each became exactly one thing, none is lost\n")

    shown = marsad("overview").stdout
    assert "New visits and agreements: 1 of 1\n" in shown
    assert re.search(
        r"1 +2026-02-09 +visit to Spain, madrid +abdellatif-hammouchi, francisco-pardo-piqueras +atlas +Le directeur",
        shown,
    )
    assert VISIT[0].strip()[:60] in re.sub(r"\s+", " ", shown)


@pytest.fixture
def told_twice(archive, marsad) -> None:
    """Read one visit told by two outlets, its copy in a third place, and two pages of other things."""
    archive.load_sources([source(), source(id="rif", name="Rif", hosts=("rif.example",))])
    keep_all(
        archive,
        {
            "https://atlas.example/visite": news("Hammouchi en visite à Madrid [vidéo]", *DATED),
            "https://rif.example/madrid": news("Le patron de la DGSN reçu à Madrid", *OTHER_WORDS),
            "https://rif.example/copie": news("Visite de travail à Madrid", *DATED),
            "https://rif.example/meteo": news("Le temps de demain", *["Soleil sur les plaines du Nord."] * 6),
        },
    )
    assert marsad("process").stdout == "4 pages read: 2 filed, 1 copy, 1 rejected; 1 new event, 1 new story\n"


def keep_all(archive, pages: dict[str, bytes]) -> None:
    run_id = archive.start_run("crawl", {})
    for url, body in pages.items():
        at = {"source_id": url.split("/")[2].removesuffix(".example"), "url": url}
        archive.save_page(page(**at, canonical_url=url, body=body), visit(**at), run_id)
    archive.end_run(run_id, RunState.DONE, {"pages": len(pages)})


@pytest.mark.usefixtures("told_twice")
def test_overview_says_a_visit_once_with_who_and_where_and_how_many_tell_it(marsad) -> None:
    shown = marsad("overview").stdout
    assert shown.count("visit to Spain") == 1
    assert re.search(
        r"1 +2026-02-09 to 10 +visit to Spain, madrid +abdellatif-hammouchi, francisco-pardo-piqueras"
        r" +atlas and 1 other +Le directeur",
        shown,
    )
    assert "New visits and agreements: 1 of 1\n" in shown
    assert "Addresses that gave no page\nnone\n" in shown
    assert re.search(
        r"a score from 0\.\d\d; the nearest misses are shown\)\n.*\n1 +off_topic +gate: its words cannot", shown
    )
    assert "of, read earlier" in shown
    assert [line for line in shown.splitlines() if line != line.rstrip()] == []
    [told] = json.loads(marsad("overview", "--json").stdout)["events"]
    facts = {
        "people": ["abdellatif-hammouchi", "francisco-pardo-piqueras"],
        "city": "madrid",
        "sources": ["atlas", "rif"],
        "article": 1,
    }
    assert {name: told[name] for name in facts} == facts


@pytest.mark.usefixtures("told_twice")
def test_an_event_is_listed_once_shown_with_its_reports_and_put_right(marsad) -> None:
    line = (
        r"1 +2026-02-09 to 10 +visit to Spain, madrid +abdellatif-hammouchi, francisco-pardo-piqueras"
        r" +atlas and 1 other +Le directeur"
    )
    assert re.search(line, marsad("events", "--kind", "visit", "--country", "es").stdout)
    assert marsad("events", "--kind", "agreement").stdout == "0 events\nnone\n"
    assert marsad("events", "--csv").stdout.splitlines()[1].startswith("1,visit,outbound,news,abdellatif-hammouchi ")
    shown = marsad("event", 1).stdout
    assert shown.startswith("visit to Spain, madrid\nevent      1\nwhen       2026-02-09 to 10\n")
    assert "3 reports" in shown
    assert len(json.loads(marsad("event", 1, "--json").stdout)["reports"]) == 3
    marsad("events", "split", 1, 2, "--by", "amina")
    assert [each["event"] for each in json.loads(marsad("events", "--json").stdout)] == [2, 1]
    marsad("events", "merge", 1, 2)
    marsad("events", "retract", 1, "--because", "the outlet withdrew it")
    assert json.loads(marsad("events", "--news-only", "--json").stdout) == []
    assert "the outlet withdrew it" in marsad("event", 2).stdout
    assert "there is no event 9" in marsad("event", 9, code=1).stderr


@pytest.mark.usefixtures("told_twice")
def test_reports_and_an_article_show_the_sentence_that_says_so(marsad) -> None:
    listed = marsad("reports", "--kind", "visit", "--country", "es", "--limit", 1).stdout
    assert listed.startswith("the newest 1 of 3 reports\n")
    assert json.loads(marsad("reports", "--kind", "visit", "--since", "2026-02-11", "--json").stdout) == []
    of_rif = json.loads(marsad("reports", "--source", "rif", "--told", "news", "--json").stdout)
    assert {each["article"] for each in of_rif} == {2, 3}

    shown = marsad("article", 3).stdout
    assert re.search(
        r"^copy of +article 1 of atlas \(same, 100% the same\), Hammouchi en visite à Madrid \[vidéo\]$",
        shown,
        re.MULTILINE,
    )
    assert re.search(r"(?m)^published +2026-02-10 \(2026-02-10 08:00 UTC\), found in: meta \(stated\)$", shown)
    assert re.search(r"(?m)^story +1, told by article 1", shown)
    assert re.search(r"(?m)^country +ES +", shown)
    whole = json.loads(marsad("article", 1, "--json").stdout)
    assert whole["copy"] is None
    assert all(each["evidence"] in whole["text"] for each in whole["reports"])
    assert marsad("article", 99, code=1).stderr == "marsad: there is no article 99\n"


@pytest.mark.usefixtures("told_twice")
def test_articles_are_chosen_by_names_that_exist(marsad) -> None:
    assert marsad("articles", "--tag", "es", "--limit", 2).stdout.startswith("the newest 2 of 3 articles\n")
    assert "[vidéo]" in marsad("articles", "--originals").stdout
    unknown = marsad("articles", "--tag", "hammouchi", code=1).stderr
    assert unknown.startswith("marsad: the seeds know no tag `hammouchi`; near it: `abdellatif-hammouchi`")
    assert marsad("articles", "--source", "nope", code=1).stderr == marsad("crawl", "nope", code=1).stderr
    assert [each["source_id"] for each in json.loads(marsad("articles", "--rejected", "--json").stdout)] == ["rif"]
    assert marsad("articles", "--rejected", "--source", "atlas").stdout == "0 pages\nnone\n"
    idle = marsad("articles", "--failed", "--language", "fr", code=2).stderr
    assert "--language cannot choose among them" in " ".join(idle.replace("│", " ").split())
    assert "ask for one of them" in marsad("articles", "--failed", "--rejected", code=2).stderr


def test_a_retired_source_is_shown_as_such_and_words_stay_whole_at_80_columns(archive, marsad, monkeypatch) -> None:
    archive.load_sources([source(id="maghreb-intelligence", name="Maghreb Intelligence, une lettre d'information")])
    archive.load_sources([source(id="rif", name="Rif", hosts=("rif.example",))], whole=True)
    monkeypatch.setenv("COLUMNS", "80")
    shown = marsad("sources").stdout
    assert max(map(len, shown.splitlines())) <= 80
    assert {"maghreb-intelligence", "retired", "Intelligence,", "d'information", "never"} <= set(shown.split())


def test_a_page_that_breaks_the_reading_is_kept_with_its_error_and_can_be_read_again(archive, engine, marsad) -> None:
    keep(archive, "https://atlas.example/1", news("Hammouchi en visite de travail à Madrid", *VISIT))
    with archive.claim(archive.start_run("process", {})) as claim:
        claim.settle(Outcome(kind=OutcomeKind.FAILED, reason="RecursionError", detail="too deep", rules="old"), None)

    listed = json.loads(marsad("articles", "--failed", "--json").stdout)
    assert [(each["reason"], each["detail"]) for each in listed] == [("RecursionError", "too deep")]
    told = marsad("process", code=0)
    assert told.stdout == "no page waits to be read\n"
    assert "broke the reading" in marsad("watch", code=1).stderr
    assert marsad("process", "--retry-failed").stdout == "1 page read: 1 filed; 1 new event, 1 new story\n"
    marsad("watch")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT outcome FROM pages")) == "filed"


def test_only_sources_whose_time_has_come_are_due(archive, marsad) -> None:
    asked = source(id="asked", hosts=("asked.example",))
    silent = source(id="silent", hosts=("silent.example",), discovery=())
    archive.load_sources([source(), asked, silent])
    run_id = archive.start_run("crawl", {})
    now, way = datetime.now(UTC), asked.discovery[0]
    later = now + timedelta(minutes=asked.cadence_minutes)
    rhythm = Rhythm(
        source_id="asked", url=way.url, way=way.way, interval_minutes=60, asked_at=now, read_at=now, next_at=later
    )
    seen = visit(source_id="asked", way=way.way, url=way.url, visited_at=now)
    archive.save([Catch(visit=seen, rhythm=rhythm)], run_id)
    archive.save_visit(visit(source_id="atlas", way=None, visited_at=datetime.now(UTC)), run_id)
    assert marsad("sources", "--due", "--ids").stdout == "atlas\n"
    assert {each["id"] for each in json.loads(marsad("sources", "--json").stdout)} == {"atlas", "asked", "silent"}


def test_saved_pages_are_imported_once_and_a_missing_file_is_told(archive, marsad, tmp_path: Path) -> None:
    archive.load_sources([source(hosts=("www.X.example",))])
    (tmp_path / "one.html").write_bytes(news("Hammouchi en visite de travail à Madrid", *VISIT))
    lines = ["file\turl\tfetched_at", "one.html\thttps://x.example/1\t2026-02-11T00:00:00+00:00"]
    index = tmp_path / "index.tsv"
    index.write_text("\n".join([*lines, "gone.html\thttps://x.example/2\t"]) + "\n", "utf-8")
    told = marsad("import-pages", tmp_path, "--json", code=1)
    assert json.loads(told.stdout) == {"kept": 1, "known": 0, "unreadable": 1}
    assert told.stderr == "marsad: 1 file of the index could not be read; all others are kept\n"

    index.write_text("\n".join(lines), "utf-8")
    assert json.loads(marsad("import-pages", tmp_path, "--json").stdout) == {"kept": 0, "known": 1, "unreadable": 0}
    assert marsad("process").stdout == "1 page read: 1 filed; 1 new event, 1 new story\n"
    assert [each["source_id"] for each in json.loads(marsad("articles", "--json").stdout)] == ["atlas"]


@pytest.mark.parametrize(
    ("index", "told"),
    [
        (None, "index.tsv is missing: it says the URL of each file"),
        ("name\taddress\n", "index.tsv, line 1: expected the header"),
        ("file\turl\na.html\tftp://x\n", "index.tsv, line 2: expected the name of a file and an http(s) URL"),
        ("file\turl\tfetched_at\na.html\thttp://x/1\tlast week\n", "line 2: expected a moment such as"),
    ],
)
def test_an_index_that_cannot_be_read_stops_the_import_with_its_line(index, told, marsad, tmp_path: Path) -> None:
    if index is not None:
        (tmp_path / "index.tsv").write_text(index, "utf-8")
    assert told in marsad("import-pages", tmp_path, code=1).stderr


@pytest.mark.parametrize("command", ["crawl", "process", "sources", "articles", "reports", "overview", "watch"])
def test_a_database_that_is_not_there_is_one_sentence(command: str) -> None:
    variables = {**os.environ, "MARSAD_DATABASE_URL": "postgresql://nobody:secret@127.0.0.1:1/nothing"}
    done = subprocess.run([MARSAD, command], env=variables, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"marsad: the database `nothing` at 127\.0\.0\.1:1 does not answer: [^\n]+\n", done.stderr)
    assert "secret" not in done.stderr


def test_an_unknown_setting_is_one_sentence() -> None:
    variables = {**os.environ, "MARSAD_COLOUR": "green"}
    done = subprocess.run([MARSAD, "sources"], env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("marsad: MARSAD_COLOUR is not a setting of marsad; it knows MARSAD_")


def test_every_command_has_help_and_stands_in_the_documents() -> None:
    documents = "".join(place.read_text("utf-8") for place in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    listed = subprocess.run([MARSAD, "--help"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^│ ([a-z]+(?:-[a-z]+)*) {2,}\S", listed, re.MULTILINE)
    assert len(commands) > 8
    assert [name for name in commands if f"marsad {name}" not in documents] == []
