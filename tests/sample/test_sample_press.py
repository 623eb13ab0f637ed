"""The sample press answers as real outlets would."""

from __future__ import annotations

import gzip
import json
import re
import signal
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import feedparser
import pytest
import yaml
from asking import ask
from lxml import html
from sample_truth import Truth, truths

from analysis.seeds import read_sources
from cli.sample_outlet import Outlet
from cli.sample_press import FOLDER, SamplePress, SamplePressError, serve

OUTLETS = sorted(place.parent.name for place in FOLDER.glob("*/site.yml"))


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
