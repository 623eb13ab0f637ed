"""The sample press is what its manifest says."""

from __future__ import annotations

from collections import Counter

import yaml
from asking import ask
from lxml import html
from sample_truth import truths

from analysis.records import EventKind, RejectionReason, Told, VisitState
from analysis.seeds import read_bodies, read_corpus, read_people, read_places, read_themes
from cli.sample_press import FOLDER

OUTLETS = sorted(place.parent.name for place in FOLDER.glob("*/site.yml"))


def written(outlet: str, name: str) -> list[dict]:
    place = FOLDER / outlet / name
    return yaml.safe_load(place.read_text("utf-8")) if place.exists() else []


def test_every_page_answers_with_the_status_of_the_manifest(press):
    answered = {truth.url: ask(truth.url)[0].status for truth in truths(press)}
    assert answered == {truth.url: truth.status for truth in truths(press)}


def test_every_fetched_article_can_be_read_in_the_charset_of_the_manifest_and_holds_its_title(press):
    without = [
        truth.url
        for truth in truths(press)
        if truth.language and truth.title not in html.fromstring(ask(truth.url)[1].decode(truth.charset)).text_content()
    ]
    assert without == []


def test_articles_and_manifest_name_the_same_pages(press):
    printed = {
        outlet.base + article.path: (outlet.facts["id"], article.title)
        for outlet in press.outlets
        for article in outlet.articles
        if article.listed
    }
    assert printed == {truth.url: (truth.source, truth.title) for truth in truths(press)}


def test_the_manifest_gives_each_article_the_day_it_was_printed(press):
    printed = {
        outlet.base + article.path: article.published.date() if article.published else None
        for outlet in press.outlets
        for article in outlet.articles
    }
    dated = [truth for truth in truths(press) if truth.language]
    assert {truth.url: truth.published_on for truth in dated} == {truth.url: printed[truth.url] for truth in dated}


def test_the_manifest_speaks_the_words_of_the_records(press):
    found = truths(press)
    assert {truth.visit for truth in found} <= set(VisitState)
    assert {truth.outcome for truth in found} <= {None, "filed", "copy", "rejected"}
    assert {reason for truth in found for reason in truth.reasons} <= set(RejectionReason)
    reports = [report for truth in found for report in truth.reports]
    assert {report["kind"] for report in reports} <= set(EventKind)
    assert {report["told"] for report in reports} <= set(Told)
    assert all((report["kind"] == "visit") == ("direction" in report) for report in reports)


def test_the_manifest_names_only_what_the_seeds_know(press):
    def seed(name: str) -> dict[str, str]:
        return {"text": (FOLDER.parent / name).read_text("utf-8"), "file": name}

    places = read_places(**seed("places.yml"))
    known = {
        "themes": {theme.id for theme in read_themes(**seed("tags.yml"))},
        "people": {person.id for person in read_people(**seed("people.yml"))},
        "bodies": {body.id for body in read_bodies(**seed("bodies.yml"))},
        "countries": {country.code for country in places.countries},
    }
    cities = {city.id for city in places.cities} | {None}
    for truth in truths(press):
        for named in [truth.tags, *truth.reports]:
            assert all(set(named.get(kind, ())) <= ids for kind, ids in known.items()), truth.url
        assert {report["city"] for report in truth.reports} <= cities, truth.url


def test_reports_of_one_event_agree_where_it_was_and_when(press):
    told: dict[str, list[dict]] = {}
    for truth in truths(press):
        for report in truth.reports:
            told.setdefault(report["event"], []).append(report)
    for event, reports in told.items():
        assert len({tuple(report["countries"]) for report in reports}) == 1, event
        assert len({report["city"] for report in reports} - {None}) <= 1, event
        days = [(report["from"], report["to"]) for report in reports if "from" in report]
        assert all(one[0] <= other[1] for one in days for other in days), event


def test_every_outcome_comes_with_what_it_needs(press):
    for truth in truths(press):
        assert (truth.outcome is None) == (truth.visit != "fetched"), truth.url
        assert bool(truth.reasons) == (truth.outcome == "rejected"), truth.url
        assert bool(truth.copy_of) == (truth.outcome == "copy"), truth.url
        assert bool(truth.reports) == (truth.outcome in ("filed", "copy")), truth.url


def test_a_copy_is_of_a_seed_document_or_of_a_page_printed_before(press):
    found = {truth.url: truth for truth in truths(press)}
    seeds = {document.id for document in read_corpus((FOLDER / "corpus.jsonl").read_text("utf-8"), file="corpus.jsonl")}
    copies = [truth for truth in found.values() if truth.outcome == "copy"]
    for copy in copies:
        if copy.copy_of not in seeds:
            assert found[copy.copy_of].published_on <= copy.published_on
            assert found[copy.copy_of].copies == copy.copies
    assert Counter(copy.copy_of in seeds for copy in copies) == {True: 2, False: 2}


def test_the_communique_stands_word_for_word_in_two_outlets():
    texts = [row["text"] for outlet in OUTLETS for row in written(outlet, "articles.yml")]
    twice = [text for text, count in Counter(texts).items() if count > 1]
    assert len(twice) == 1
    assert twice[0].startswith("أجرى المدير العام للأمن الوطني")
