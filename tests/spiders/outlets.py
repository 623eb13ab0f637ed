"""Outlets on loopback, each of another make, for whoever looks at one for the first time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from sites import Answer, Site, feed, page, redirect, robots, says, sitemap, sitemap_index

PARAGRAPH = (
    "Une délégation de la commune a visité mardi le nouveau marché couvert, dont les travaux ont duré deux ans. "
    "Le maire a remercié les artisans et annoncé l'ouverture d'une seconde halle avant l'été prochain. "
)
NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def article(title: str, at: datetime) -> Answer:
    return says(
        f'<html lang="fr"><head><title>{title}</title><meta property="og:title" content="{title}">'
        f'<meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{at.isoformat()}"></head>'
        f"<body><article><h1>{title}</h1>{'<p>' + PARAGRAPH * 4 + '</p>'}</article></body></html>"
    )


def first_page(site: str, head: str = "", body: str = "") -> Answer:
    return says(
        f'<html lang="fr"><head><title>Accueil - {site}</title><meta property="og:site_name" content="{site}">{head}'
        f"</head><body><h1>{site}</h1>{body}</body></html>"
    )


def dated_feed(entries: Mapping[str, datetime]) -> Answer:
    lines = "".join(
        f"<item><title>Le marché couvert de la ville ouvre ses portes</title><link>{link}</link>"
        f"<pubDate>{format_datetime(at)}</pubDate></item>"
        for link, at in entries.items()
    )
    return says(f'<rss version="2.0"><channel><title>Fil</title>{lines}</channel></rss>', kind="application/rss+xml")


def wordpress(site: Site) -> Mapping[str, Answer]:
    """An outlet that WordPress publishes: feed, REST, search, an index of sitemaps that robots.txt names."""
    dates = {f"{site.base}/visite-{number}/": now() - timedelta(hours=3 * number) for number in range(1, 9)}
    posts = [
        {"link": link, "title": {"rendered": "Le marché couvert"}, "date_gmt": f"{at:%Y-%m-%dT%H:%M:%S}"}
        for link, at in dates.items()
    ]
    head = (
        f'<link rel="alternate" type="application/rss+xml" href="{site.base}/comments/feed/">'
        f'<link rel="alternate" type="application/rss+xml" href="{site.base}/feed">'
        f'<link rel="https://api.w.org/" href="{site.base}/wp-json/">'
    )

    def found(handler) -> None:
        (dated_feed(dict([*dates.items()][:2])) if "feed=rss2" in handler.path else first_page("Le Marché", head))(
            handler
        )

    return {
        "/robots.txt": robots("Disallow: /wp-admin/", "", f"Sitemap: {site.base}/map.xml"),
        "/": found,
        "/feed": redirect("/feed/"),
        "/feed/": dated_feed(dates),
        "/map.xml": sitemap_index(f"{site.base}/posts-1.xml", f"{site.base}/posts-2.xml"),
        "/posts-1.xml": sitemap(*dates),
        "/wp-json/wp/v2/posts": says(json.dumps(posts), kind="application/json"),
        **{link.removeprefix(site.base): article("Le marché couvert", at) for link, at in dates.items()},
    }


def arc(site: Site) -> Mapping[str, Answer]:
    """An outlet of Arc XP, whose robots.txt forbids the pages of a section and asks for a pause."""
    at = now() - timedelta(days=9)
    lines = "".join(
        f"<url><loc>{site.base}/{section}/halle_{number}/</loc><n:news><n:title>La halle rouvre</n:title>"
        f"<n:publication_date>{(at - timedelta(hours=number)).isoformat()}</n:publication_date></n:news></url>"
        for number, section in enumerate(("prive", "politique"))
    )
    return {
        "/robots.txt": robots("Disallow: /prive/", "Crawl-delay: 0.02"),
        "/": first_page("La Halle", '<script src="/pf/dist/engine/react.js"></script>'),
        "/arc/outboundfeeds/rss/": says("<html>nothing</html>", status=404),
        "/arc/outboundfeeds/sitemap-news/": says(f"<urlset {NAMES}>{lines}</urlset>", kind="text/xml"),
        "/politique/halle_1/": article("La halle rouvre", at),
    }


def section(_: Site) -> Mapping[str, Answer]:
    """An outlet with headlines on its first page, and no list of any kind."""
    links = [f"/actualite/halle-{number}" for number in range(6)]
    drawn = "".join(f'<li><a href="{link}">La halle du marché rouvre</a></li>' for link in links)
    return {
        "/": first_page("La Section", body=f'<a href="/contact">Nous écrire</a><ul>{drawn}</ul>'),
        **{link: article("La halle du marché rouvre", now()) for link in links},
    }


def plain(_: Site) -> Mapping[str, Answer]:
    """An outlet without a list, or anything that names one."""
    return {"/": first_page("Le Vide", body="<p>Nous revenons bientôt.</p>"), "/1": page("One"), "/rss": feed()}


def walled(_: Site) -> Mapping[str, Answer]:
    """An outlet that wants a proof of not being a robot."""
    wall = (
        "<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={};</script></body></html>"
    )
    return {"/": says(wall, status=403)}


def shut(_: Site) -> Mapping[str, Answer]:
    """An outlet that wants no robots."""
    return {"/robots.txt": robots("Disallow: /"), "/": first_page("Le Clos")}


def dead(_: Site) -> Mapping[str, Answer]:
    """An outlet that has ended."""
    return {"/": says("gone", status=410)}


def parked(_: Site) -> Mapping[str, Answer]:
    """An outlet whose name is for sale."""
    offer = '<p>halle.example is for sale.</p><script src="https://img.sedoparking.com/x.js"></script>'
    return {"/": says(offer)}


def round_about(_: Site) -> Mapping[str, Answer]:
    """An outlet that leads from one address to another without end."""
    return {"/": redirect("/home"), "/home": redirect("/")}


OUTLETS = {
    "wordpress": wordpress,
    "arc": arc,
    "section": section,
    "plain": plain,
    "walled": walled,
    "shut": shut,
    "dead": dead,
    "parked": parked,
    "round_about": round_about,
}
