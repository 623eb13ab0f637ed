"""`marsad analyse` from outside: lines in, lines out, in the same order, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from command import MARSAD

TITLE = "Hammouchi reçoit à Rabat le directeur de la police espagnole"
BODY = (
    "Le directeur général de la DGSN-DGST, Abdellatif Hammouchi, a reçu mardi à Rabat le directeur général de la"
    " police nationale espagnole, Francisco Pardo Piqueras."
    " Les deux hommes ont évoqué la lutte contre le terrorisme et la sécurité du Mondial 2030."
)
EVIDENCE = BODY[: BODY.index(" Les deux hommes")]
VISIT = {"id": "v", "url": "https://atlas.example/v", "title": TITLE, "text": BODY, "published": "2026-02-12"}
WEATHER = {"id": "w", "url": "", "title": None, "text": "Temps chaud jeudi sur les plaines.", "published": None}
NO_DATABASE = {**os.environ, "MARSAD_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}


def analyse(*lines: object, code: int = 0) -> tuple[list[dict[str, object]], str]:
    written = "\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines)
    done = subprocess.run(
        [MARSAD, "analyse"], input=written, env=NO_DATABASE, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_a_line_is_answered_with_every_field():
    (told,), _ = analyse(VISIT)
    assert told == {
        "id": "v",
        "language": "fr",
        "relevant": True,
        "score": told["score"],
        "because": told["because"],
        "tags": ["counter-terrorism", "major-sport-events-security"],
        "people": ["abdellatif-hammouchi", "francisco-pardo-piqueras"],
        "bodies": ["policia-nacional", "dgsn-dgst"],
        "countries": ["ES"],
        "reports": [
            {
                "kind": "visit",
                "direction": "inbound",
                "told": "news",
                "people": ["abdellatif-hammouchi", "francisco-pardo-piqueras"],
                "bodies": ["dgsn-dgst", "policia-nacional"],
                "countries": ["ES"],
                "city": "Rabat",
                "from": "2026-02-10",
                "to": "2026-02-10",
                "precision": "day",
                "evidence": EVIDENCE,
                "field": "text",
                "start": 0,
                "end": len(EVIDENCE),
                "rule": "host",
                "event": "e12",
            }
        ],
        "copy_of": None,
        "story": told["story"],
    }
    assert told["score"] > 0.5
    assert told["because"]


def test_lines_are_answered_in_their_order_and_a_copy_names_its_original():
    told, _ = analyse(WEATHER, VISIT, {**VISIT, "id": 3, "url": "https://other.example/3", "title": None})
    assert [(each["id"], each["relevant"], each["copy_of"]) for each in told] == [
        ("w", False, None),
        ("v", True, None),
        (3, True, "v"),
    ]


def test_what_is_not_ours_tells_nothing_but_is_described():
    (told,), _ = analyse(WEATHER)
    assert {key: told[key] for key in ("language", "relevant", "score", "reports")} == {
        "language": "fr",
        "relevant": False,
        "score": 0.0,
        "reports": [],
    }


def test_a_line_that_is_no_text_is_answered_with_its_error_and_the_others_all_the_same():
    told, complaint = analyse("{", VISIT, {"id": "x"}, "", WEATHER, code=1)
    assert [(each["id"], "error" in each) for each in told] == [(None, True), ("v", False), ("x", True), ("w", False)]
    assert complaint == 'marsad: 2 lines of 4 could not be read: see "error" in the answers\n'


def test_a_file_can_be_named_and_one_that_is_not_there_is_said_to_be(tmp_path: Path):
    file = tmp_path / "texts.jsonl"
    file.write_text(json.dumps(WEATHER), encoding="utf-8")
    done = subprocess.run([MARSAD, "analyse", file], env=NO_DATABASE, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["id"] == "w"
    gone = subprocess.run(
        [MARSAD, "analyse", tmp_path / "none"], env=NO_DATABASE, capture_output=True, text=True, check=False
    )
    assert (gone.returncode, gone.stderr) == (1, f"marsad: {tmp_path / 'none'}: No such file or directory\n")


def test_each_line_is_answered_before_the_next_is_handed_in():
    with subprocess.Popen([MARSAD, "analyse"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=NO_DATABASE) as asked:
        for each in (VISIT, WEATHER):
            asked.stdin.write(json.dumps(each).encode() + b"\n")
            asked.stdin.flush()
            assert json.loads(asked.stdout.readline())["id"] == each["id"]
        asked.stdin.close()


def test_whoever_has_read_enough_may_leave():
    with subprocess.Popen(
        [MARSAD, "analyse"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=NO_DATABASE
    ) as asked:
        asked.stdin.write(json.dumps(WEATHER).encode() + b"\n")
        asked.stdin.flush()
        asked.stdout.readline()
        asked.stdout.close()
        _, complaint = asked.communicate(json.dumps(WEATHER).encode() + b"\n", timeout=60)
    assert (asked.returncode, complaint) == (0, b"")


def test_what_several_lines_tell_is_one_event_and_what_is_recalled_is_known_from_the_start():
    later = {**VISIT, "id": "l", "published": "2026-02-12", "url": "https://other.example/l"}
    recalled = {
        "id": "r",
        "url": "https://third.example/r",
        "title": "Rétrospective : la coopération entre Rabat et Washington",
        "text": "Pour rappel, le directeur du FBI, Christopher Wray, avait été reçu à Rabat le 21 février 2023 par le "
        "directeur général de la Sûreté nationale, Abdellatif Hammouchi, pour parler de la lutte contre le terrorisme.",
        "published": "2026-02-13",
    }
    told, _ = analyse(VISIT, later, recalled)
    assert [[report["event"] for report in each["reports"]] for each in told] == [
        ["e12"],
        ["e12"],
        ["fbi-in-rabat-2023"],
    ]
