"""A first look at outlets of several makes on loopback: what is asked, what is seen, what is proposed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import outlets
import pytest
from lone_survey import look_alone
from sites import serve_all
from typer.testing import CliRunner

from analysis.proposals import propose
from analysis.records import ClosureReason, Discovery, Language, Way
from analysis.seeds import read_sources
from cli.main import app
from cli.source_entry import entry_text


class Look:
    """All outlets, looked at once in one process."""

    def __init__(self, served):
        self.sites = served
        self.seen = look_alone({name: f"{site.base}/" for name, site in served.items()})
        self._asked = {name: [asked.path for asked in site.asked] for name, site in served.items()}

    def proposal(self, name):
        """Propose an entry; the address of the site is written as if it were atlas.example."""
        return propose(self.seen[name], datetime.now(UTC), {})

    def source(self, name):
        """Read the entry as the seeds are read."""
        return read_sources(entry_text(self.proposal(name).entry), file="ma.yml", country="MA")[0]

    def asked(self, name):
        """Every path that was asked for, in order."""
        return self._asked[name]

    def came(self, name):
        """What came of each try, by what it was for."""
        base = self.sites[name].base
        return [(tried.what, tried.url.removeprefix(base), tried.came) for tried in self.seen[name].tried]


@pytest.fixture(scope="module")
def look():
    with serve_all(**outlets.OUTLETS) as served:
        yield Look(served)


def test_an_outlet_of_wordpress_is_asked_by_feed_sitemap_rest_and_search(look):
    base = look.sites["wordpress"].base
    source = look.source("wordpress")
    assert source.discovery == (
        Discovery(way=Way.FEED, url=f"{base}/feed/"),
        Discovery(way=Way.SITEMAP, url=f"{base}/map.xml"),
        Discovery(way=Way.WORDPRESS, url=f"{base}/wp-json/wp/v2/posts"),
        Discovery(way=Way.FEED, url=base + "/?s={phrase}&feed=rss2&paged={page}"),
    )
    assert (source.name, source.languages, source.promise.articles_a_day) == ("Le Marché", (Language.FRENCH,), (2, 16))
    assert [sample.article.title for sample in look.seen["wordpress"].samples] == ["Le marché couvert"] * 2


def test_each_address_is_asked_once_and_robots_txt_first(look):
    assert look.asked("wordpress") == [
        "/robots.txt",
        "/",
        "/feed",
        "/feed/",
        "/map.xml",
        "/posts-1.xml",
        "/wp-json/wp/v2/posts?per_page=50&orderby=date&order=desc&_fields=link,title,date_gmt,modified_gmt",
        "/?s=DGSN&feed=rss2&paged=1",
        "/visite-1/",
        "/visite-2/",
    ]


def test_an_outlet_of_arc_xp_is_asked_where_arc_has_its_lists(look):
    base = look.sites["arc"].base
    news = Discovery(way=Way.SITEMAP, url=f"{base}/arc/outboundfeeds/sitemap-news/?outputType=xml")
    assert look.source("arc").discovery == (news,)
    assert look.asked("arc")[2] == "/arc/outboundfeeds/rss/?outputType=xml"
    assert ("sitemap", "/arc/outboundfeeds/sitemap-news/?outputType=xml") in [each[:2] for each in look.came("arc")]


def test_what_robots_txt_forbids_is_not_asked_and_said(look):
    assert "/prive/halle_0/" not in look.asked("arc")
    warnings = look.proposal("arc").warnings
    assert f"robots.txt forbids {look.sites['arc'].base}/prive/halle_0/" in warnings
    assert look.asked("shut") == ["/robots.txt"]
    assert look.source("shut").closed.reason is ClosureReason.ROBOTS_FORBID


def test_a_list_whose_newest_entry_is_old_is_told(look):
    assert [warning for warning in look.proposal("arc").warnings if "9 days old" in warning] != []
    assert [warning for warning in look.proposal("wordpress").warnings if "days old" in warning] == []


def test_an_outlet_without_lists_is_asked_for_the_headlines_of_its_first_page(look):
    base = look.sites["section"].base
    listing = Discovery(way=Way.LISTING, url=f"{base}/", links='a[href*="/actualite/"]')
    assert look.source("section").discovery == (listing,)
    assert len(look.seen["section"].samples) == 2


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("plain", ClosureReason.NO_LIST),
        ("walled", ClosureReason.REFUSES_ROBOTS),
        ("parked", ClosureReason.UNREACHABLE),
    ],
)
def test_an_outlet_that_cannot_be_followed_is_proposed_as_closed(look, name, reason):
    closed = look.source(name)
    assert (closed.closed.reason, closed.discovery) == (reason, ())


def test_an_outlet_without_a_first_page_is_an_error_in_one_sentence(look):
    base = look.sites["dead"].base
    assert look.seen["dead"] == f"{base}/ shows no first page: HTTP 410"
    assert "it redirects more than 5 times" in look.seen["round_about"]


def marsad_source(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "source", *arguments, "--delay", "0"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_the_command_prints_the_entry_alone_on_standard_output(look):
    site = look.sites["wordpress"]
    told = marsad_source(f"{site.base}/", MARSAD_ALLOW_PRIVATE_ADDRESSES="yes")
    (proposed,) = read_sources(told.stdout, file="ma.yml", country="MA")
    assert (told.returncode, proposed.home) == (0, f"{site.base}/")
    assert "8 entries, the newest of" in told.stderr
    assert "beware: it is asked over http" in told.stderr


def test_the_command_gives_the_same_as_facts(look):
    told = marsad_source(f"{look.sites['arc'].base}/", "--json", MARSAD_ALLOW_PRIVATE_ADDRESSES="yes")
    facts = json.loads(told.stdout)
    assert (facts["entry"]["name"], told.stderr) == ("La Halle", "")
    assert [page.get("words") for page in facts["pages"]] == [None, 136]


def test_no_private_address_is_asked_unless_the_settings_allow_it(look):
    told = marsad_source(f"{look.sites['section'].base}/")
    assert (told.returncode, told.stdout) == (1, "")
    assert "which is no public address" in told.stderr
    assert len(look.sites["section"].asked) == len(look.asked("section"))


@pytest.mark.parametrize("given", ["mailto:redaction@atlas.example", "ftp://atlas.example/", "https://", "a b"])
def test_what_is_no_address_is_said_at_once(given):
    told = CliRunner().invoke(app, ["source", given])
    assert str(told.exception) == f"{given} is no address of an outlet, such as https://www.hespress.com/"
