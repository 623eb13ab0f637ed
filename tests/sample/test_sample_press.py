"""The sample press is what its manifest says, and answers as a real outlet would."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import feedparser
import pytest
import yaml
from lxml import html
from sample_truth import Truth, truths

from analysis.records import EventKind, RejectionReason, Told, VisitState
from analysis.seeds import read_corpus, read_sources
from cli.sample_outlet import Outlet
from cli.sample_press import FOLDER, SamplePress, SamplePressError, serve
from pipeline.seeds import read_seeds

OUTLETS = sorted(place.parent.name for place in FOLDER.glob("*/site.yml"))


@pytest.fixture(scope="module")
def press() -> Iterator[SamplePress]:
    with serve(port=0) as opened:
        yield opened


def ask(url: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """Ask once, following nothing; header names are written with an underscore."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=5)
    try:
        target = quote(address.path, safe="/%") + (f"?{address.query}" if address.query else "")
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def written(outlet: str, name: str) -> list[dict]:
    place = FOLDER / outlet / name
    return yaml.safe_load(place.read_text("utf-8")) if place.exists() else []


def by_source(press: SamplePress) -> dict[str, list[Truth]]:
    found: dict[str, list[Truth]] = {}
    for truth in truths(press):
        found.setdefault(truth.source, []).append(truth)
    return found


def listed(press: SamplePress, source_id: str) -> list[str]:
    """Return the addresses that the ways of discovery of a source name, as written there but made absolute."""
    source = next(each for each in read_sources(press.sources(), file="sources.yml") if each.id == source_id)
    links: list[str] = []
    for discovery in source.discovery:
        links += [urljoin(discovery.url, link) for link in named(discovery.way, discovery.url, discovery.links)]
    return links


def named(way: str, url: str, selector: str | None) -> list[str]:
    body = ask(url)[1]
    if way == "feed":
        return [entry.link for entry in feedparser.parse(body).entries]
    if way == "listing":
        selected = selector.replace("#liste a.titre", '//*[@id="liste"]//a[@class="titre"]/@href')
        return html.fromstring(body).xpath(selected)
    locations = re.findall(rb"<loc>(.*?)</loc>", body)
    found = [location.decode() for location in locations]
    return [link for child in found for link in named(way, child, None)] if b"<sitemapindex" in body else found


# ---------------------------------------------------------------- the manifest


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
    seeds = read_seeds(FOLDER.parent)
    known = {
        "themes": {theme.id for theme in seeds.themes},
        "people": {person.id for person in seeds.people},
        "bodies": {body.id for body in seeds.bodies},
        "countries": {country.code for country in seeds.places.countries},
    }
    cities = {city.id for city in seeds.places.cities} | {None}
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


# ---------------------------------------------------------------- discovery


def test_discovery_names_every_page_of_the_manifest_and_no_other(press):
    for source, pages in by_source(press).items():
        links = [unquote(link.split("?utm_")[0]) for link in listed(press, source)]
        assert Counter(links) == Counter(truth.url for truth in pages), source


def test_the_english_feed_has_relative_links_that_track_the_reader(press):
    outlet = press.outlets[5]
    links = [entry.link for entry in feedparser.parse(ask(f"{outlet.base}/rss")[1]).entries]
    assert all(link.startswith("/story/") and "utm_source=rss" in link for link in links)


def test_one_page_gives_its_day_nowhere(press):
    undated = [truth for truth in truths(press) if truth.language and truth.published_on is None]
    assert [truth.source for truth in undated] == ["sample-courier"]
    body = ask(undated[0].url)[1].decode()
    assert "2026" not in body
    entry = next(e for e in feedparser.parse(ask(f"{press.outlets[5].base}/rss")[1]).entries if "quiet" in e.link)
    assert "published" not in entry


def test_a_wordpress_search_finds_by_words_in_its_feed_and_by_pages_in_rest(press):
    base = press.outlets[0].base
    found = feedparser.parse(ask(f"{base}/?s={quote('الدوحة زيارة')}&feed=rss2")[1]).entries
    assert {"الدوحة" in entry.title for entry in found} == {True, False}
    address = f"{base}/wp-json/wp/v2/posts?search={quote('حموشي')}&per_page=2"
    first, body = ask(f"{address}&page=1")
    total, pages = int(first.headers["X-WP-Total"]), int(first.headers["X-WP-TotalPages"])
    links = [each["link"] for page in range(1, pages + 1) for each in json.loads(ask(f"{address}&page={page}")[1])]
    assert (len(set(links)), len(json.loads(body))) == (total, 2)
    assert ask(f"{address}&page={pages + 1}")[0].status == 400


def test_robots_forbid_the_page_that_the_sitemap_names_all_the_same(press):
    forbidden = [truth for truth in truths(press) if truth.visit == "robots_forbid"]
    assert [urlsplit(truth.url).path for truth in forbidden] == ["/khass/amn-mawani.html"]
    robots = ask(f"{press.outlets[1].base}/robots.txt")[1].decode()
    assert "Disallow: /khass/" in robots
    assert f"Sitemap: {press.outlets[1].base}/sitemap.xml" in robots


def test_the_redirect_loop_never_ends(press):
    loop = next(truth for truth in truths(press) if truth.visit == "redirect_loop")
    url, seen = loop.url, []
    while url not in seen:
        seen.append(url)
        url = urljoin(url, ask(url)[0].headers["Location"])
    assert url == loop.url


# ---------------------------------------------------------------- charsets


def test_the_windows_1256_outlet_never_names_its_charset_in_a_header(press):
    pages = by_source(press)["sample-qantara"]
    headers = Counter(ask(truth.url)[0].headers["Content-Type"] for truth in pages)
    assert set(headers) == {"text/html", "text/html; charset=utf-8", "text/html; charset=iso-8859-1"}
    assert headers["text/html"] > len(pages) / 2


def test_the_lying_page_says_utf_8_twice_and_is_not(press):
    answer, body = ask(f"{press.outlets[2].base}/news.php/900/suq-khamis")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"charset=utf-8" in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


# ---------------------------------------------------------------- the server


def test_a_feed_that_did_not_change_is_not_sent_again(press):
    feed = f"{press.outlets[3].base}/atom.xml"
    first = ask(feed)[0].headers
    assert ask(feed, If_None_Match=first["ETag"])[0].status == 304
    assert ask(feed, If_Modified_Since=first["Last-Modified"])[0].status == 304
    assert ask(feed, If_None_Match='"another"', If_Modified_Since=first["Last-Modified"])[0].status == 200


def test_a_page_is_zipped_for_those_who_ask(press):
    url = f"{press.outlets[0].base}/feed/"
    plain, zipped = ask(url), ask(url, Accept_Encoding="gzip, br")
    assert zipped[0].headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped[1]) == plain[1]


def test_head_tells_the_length_and_sends_nothing(press):
    url = f"{press.outlets[4].base}/rss/portada.xml"
    answer, body = ask(url, "HEAD")
    assert (answer.status, body, int(answer.headers["Content-Length"])) == (200, b"", len(ask(url)[1]))


def test_an_address_nobody_wrote_is_missing(press):
    assert [ask(f"{outlet.base}/nothing")[0].status for outlet in press.outlets] == [404] * 6


def test_requests_are_counted_by_address_and_told():
    with serve(port=0) as press:
        feed = f"{press.outlets[0].base}/feed/"
        ask(feed)
        ask(feed)
        told = json.loads(ask(f"{press.outlets[5].base}/__requests")[1])
        assert told == press.requests() == {feed: 2}


def test_a_taken_port_is_told_in_one_sentence(press):
    with pytest.raises(SamplePressError, match=rf"^port {press.port} is taken .* --port$"):
        serve(port=press.port)


def test_a_closed_press_leaves_its_port_free():
    with serve(port=0) as first:
        port = first.port
    with serve(port=port) as second:
        assert second.port == port


def test_the_command_names_its_addresses_and_ends_with_ctrl_c():
    with serve(port=0) as press:
        port = press.port
    command = [sys.executable, "-m", "cli.main", "sample-press", "--port", str(port)]
    with subprocess.Popen(command, cwd=FOLDER.parents[1], stdout=subprocess.PIPE, text=True) as served:
        told = [served.stdout.readline().split()[0] for _ in OUTLETS]
        statuses = [ask(f"{base}/robots.txt")[0].status for base in told]
        served.send_signal(signal.SIGINT)
        assert served.wait(timeout=20) == 0
    assert told == [f"http://127.0.0.{last}:{port}" for last in range(11, 17)]
    assert statuses == [200] * 6


def test_a_folder_without_outlets_is_told(tmp_path: Path):
    with pytest.raises(SamplePressError, match="holds no outlet"):
        serve(tmp_path, port=0)


# ---------------------------------------------------------------- the outlets among themselves


def test_no_two_outlets_share_a_template():
    templates = {
        outlet: {place.read_text("utf-8") for place in (FOLDER / outlet).iterdir() if place.suffix in (".html", ".xml")}
        for outlet in OUTLETS
    }
    assert all(not templates[one] & templates[other] for one, other in combinations(OUTLETS, 2))
    classes = {outlet: set(re.findall(r'class="([\w -]+)"', "".join(texts))) for outlet, texts in templates.items()}
    for one, other in combinations(OUTLETS, 2):
        assert len(classes[one] & classes[other]) <= 4, (one, other)


def test_every_page_says_at_its_foot_that_its_news_is_invented(press):
    for outlet in press.outlets:
        shown = [article for article in outlet.articles if article.answer is None]
        pages = [outlet.base + article.path for article in shown] + [f"{outlet.base}/", f"{outlet.base}/nothing"]
        charset = outlet.facts["charset"]
        texts = [html.fromstring(ask(page)[1].decode(charset)).text_content() for page in pages]
        assert all(outlet.facts["footer"] in text for text in texts), outlet.host


def test_a_template_escapes_what_an_article_says(tmp_path: Path):
    facts = {"host": "127.0.0.17", "charset": "utf-8", "content_type": "text/html", "article_path": "/{slug}"}
    facts["lists"] = [{"path": "/feed", "template": "feed.xml"}]
    (tmp_path / "site.yml").write_text(yaml.safe_dump(facts), "utf-8")
    (tmp_path / "articles.yml").write_text("- {title: '<b> & co', slug: one}", "utf-8")
    (tmp_path / "page.html").write_text("<h1>{{ article.title }}</h1>", "utf-8")
    (tmp_path / "feed.xml").write_text("{% for article in articles %}{{ article.title }}{% endfor %}", "utf-8")
    outlet = Outlet(tmp_path, 8099)
    assert outlet.answer("/one", {}).body == b"<h1>&lt;b&gt; &amp; co</h1>"
    assert outlet.answer("/feed", {}).body == b"&lt;b&gt; &amp; co"
