"""Constructions of the press, class by class and in four languages: each article tells what it should, and no more.

Each was written for its class, and is published on Tuesday, 10 February 2026. A report is written as kind, direction,
way of telling, countries and, where they matter, days.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from readers import reader

from analysis.records import Basis, Language, Published, Report
from analysis.reports import find_reports
from analysis.tags import find_tags
from builders import article

WRITTEN = Path(__file__).with_name("constructions.jsonl")
PUBLISHED = Published(on=date(2026, 2, 10), at=None, basis=Basis.META)
ROWS = [json.loads(line) for line in WRITTEN.read_text(encoding="utf-8").splitlines()]


def told(report: Report) -> str:
    days = f" {report.when.first}..{report.when.last}" if report.when else ""
    return f"{report.kind} {report.direction or '-'} {report.told} {','.join(report.countries) or '-'}{days}"


def read(row: dict) -> list[str]:
    one = article(title=row["title"], text=row["text"], language=Language(row["language"]), published=PUBLISHED)
    return [told(report) for report in find_reports(one, find_tags(one, reader().vocabulary), reader())]


def without_days(told: str) -> str:
    return " ".join(told.split()[:4])


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['class']}-{row['language']}-{n}" for n, row in enumerate(ROWS)])
def test_a_construction_tells_what_it_should_and_no_more(row):
    dated = {without_days(each) for each in row["reports"] if len(each.split()) > 4}
    found = [each if without_days(each) in dated else without_days(each) for each in read(row)]
    assert sorted(found) == sorted(row["reports"])


def test_every_language_has_its_share_of_constructions():
    languages = [row["language"] for row in ROWS]
    assert min(map(languages.count, ("ar", "fr", "es", "en"))) >= len(ROWS) // 6
