"""Every entry of seeds/sources says what can be true, and docs/sources.md says the same as the entries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import registry_press
from cssselect import parse
from typer.testing import CliRunner

from analysis import urls
from analysis.cadence import PROMPT_MINUTES
from analysis.hosts import home_hosts, host_of
from analysis.records import ClosureReason, Discovery, Entry, Language, Source, Way
from analysis.seeds import fill_searches, read_sources
from cli.main import app
from pipeline.seeds import read_source_files, read_topic
from spiders.ways import questions, read_found

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
SOURCES = fill_searches(read_source_files(SEEDS / "sources"), read_topic(SEEDS))
FOLLOWED = {source.id for source in SOURCES if source.closed is None}
ARABIC = re.compile("[\u0621-\u064a]")
HOST = re.compile(r"([a-z0-9-]+\.)+[a-z]{2,}")
HTTP_ONLY = {"article19", "albayane-ar"}
MOST_QUESTIONS = 40  # of one source at one time
LONGEST_CADENCE = {1: 30, 2: 60, 3: 180, 4: 720}  # minutes, by tier
MANY_A_DAY = 100  # so many articles make it worth while to ask every ten minutes
MOST_PROMPT = 0.05  # of the sources: what half a request for each article leaves (docs/decisions/crawling.md)
MENTIONED = re.compile(r"\b[a-z0-9]+(?:-[a-z0-9]+)+\b")

PATH = re.compile(r"(?<=\s)/[\w-]+")


def remarks() -> Iterator[tuple[str, str]]:
    """Read what stands over each entry about its robots.txt."""
    for file in (SEEDS / "sources").glob("*.yml"):
        for remark, name in re.findall(r"((?:^# .*\n)*)^- id: (\S+)", file.read_text("utf-8"), re.MULTILINE):
            for sentence in re.findall(r"robots\.txt forbids ([^.]*)", remark):
                yield name, f" {sentence}"


FORBIDDEN = dict(remarks())
each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)


def test_the_registry_holds_nearly_all_of_the_press() -> None:
    assert len(FOLLOWED) >= 110


@each_source
def test_names_are_in_their_scripts(source: Source) -> None:
    assert not ARABIC.search(source.name)
    assert source.name_ar is None or ARABIC.search(source.name_ar)


@each_source
def test_the_first_host_is_the_one_of_its_home_and_the_others_are_others(source: Source) -> None:
    assert source.hosts[0] == urlsplit(source.home).hostname
    assert len(set(source.hosts)) == len(source.hosts)
    assert [host for host in source.hosts if not HOST.fullmatch(host)] == []
    assert urls.canonical(urls.canonical(source.home)) == urls.canonical(source.home)


@each_source
def test_it_is_asked_on_its_own_hosts(source: Source) -> None:
    at_home = {urls.host(f"https://{host}/") for host in source.hosts}
    assert [each.url for each in source.discovery if urls.host(each.url) not in at_home] == []


@each_source
def test_its_listings_pick_links(source: Source) -> None:
    for discovery in source.discovery:
        assert (discovery.way is Way.LISTING) == (discovery.links is not None)
        assert discovery.links is None or parse(discovery.links)


@each_source
def test_it_is_asked_over_https_where_it_can_be(source: Source) -> None:
    asked = [source.home, *(each.url for each in source.discovery)]
    assert {urlsplit(address).scheme for address in asked} == {"http" if source.id in HTTP_ONLY else "https"}


@each_source
def test_its_questions_are_few_and_none_is_left_unfinished(source: Source) -> None:
    asked = [question for each in source.discovery for question in questions(each, source.searches, None)]
    assert len(set(asked)) == len(asked) <= MOST_QUESTIONS
    assert [question for question in asked if "{" in question or not question.isascii()] == []
    assert bool(source.searches) == any(each.is_search for each in source.discovery)


@each_source
def test_nothing_is_asked_that_the_remark_over_its_entry_calls_forbidden(source: Source) -> None:
    forbidden = tuple(PATH.findall(FORBIDDEN.get(source.id, "")))
    asked = [urlsplit(question).path for each in source.discovery for question in questions(each, ("x",), None)]
    assert [path for path in asked if forbidden and path.startswith(forbidden)] == []


@each_source
def test_every_way_of_it_yields_all_that_the_press_answers_each_page_once(source: Source) -> None:
    for discovery in source.discovery:
        named, found = walk(discovery, questions(discovery, source.searches, None)[-1])
        assert {host_of(entry.url) for entry in found} <= home_hosts(source)
        assert {urls.canonical(entry.url) for entry in found} == {urls.canonical(page) for page in named}
        assert len({urls.canonical(page) for page in named}) == len(named) > 0
        assert [entry for entry in found if entry.title is None and discovery.way is not Way.SITEMAP] == []


def walk(discovery: Discovery, question: str) -> tuple[list[str], list[Entry]]:
    """Ask a question of the press and what its answers lead to; return the pages it named and those that were found."""
    named, found, left = list[str](), list[Entry](), [question]
    while left:
        asked = left.pop()
        answer = registry_press.answer(discovery, asked)
        read = read_found(discovery, answer.body, asked)
        named += answer.pages
        found += read.entries
        left += [*(child.url for child in read.sitemaps), *filter(None, [read.more])]
    return named, found


@each_source
def test_it_prints_a_language_that_we_read_or_is_closed_for_it(source: Source) -> None:
    is_read = Language.OTHER not in source.languages
    assert is_read or (source.closed and source.closed.reason is ClosureReason.OTHER_LANGUAGE)


@each_source
def test_it_is_asked_as_often_as_its_tier_deserves_and_never_in_haste(source: Source) -> None:
    fastest = PROMPT_MINUTES if source.tier == 1 and source.promise.articles_a_day[1] >= MANY_A_DAY else 15
    assert source.closed or fastest <= source.cadence_minutes <= LONGEST_CADENCE[source.tier]
    assert source.cadence_minutes <= source.slowest_minutes <= 24 * 60
    assert source.delay_seconds >= 1


def test_no_more_are_prompt_than_the_requests_for_each_article_allow() -> None:
    prompt = [source for source in SOURCES if source.closed is None and source.cadence_minutes <= PROMPT_MINUTES]
    assert 0 < len(prompt) <= MOST_PROMPT * len(FOLLOWED)


@each_source
def test_the_sources_named_in_place_of_a_closed_one_are_followed(source: Source) -> None:
    assert source.closed is None or set(MENTIONED.findall(source.closed.instead)) <= FOLLOWED


def test_no_address_is_asked_for_two_sources() -> None:
    asked = Counter(urls.canonical(each.url) for source in SOURCES for each in source.discovery)
    assert [address for address, count in asked.items() if count > 1] == []


def test_the_page_of_sources_is_what_the_entries_say() -> None:
    printed = CliRunner().invoke(app, ["seeds", "table"]).stdout
    assert (ROOT / "docs/sources.md").read_text("utf-8") == printed, "marsad seeds table > docs/sources.md"


def test_the_entries_that_the_documents_show_can_be_read() -> None:
    followed, closed = re.findall(r"```yaml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    (atlas,) = read_sources(followed, file="ma.yml", country="MA")
    shut = re.sub(r"  (articles_a_day|undated_share).*\n", "", followed) + closed
    (walled,) = read_sources(shut, file="ma.yml", country="MA")
    assert (atlas.closed, walled.closed is None) == (None, False)
    assert atlas.discovery == walled.discovery
