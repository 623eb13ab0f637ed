"""The settings of Scrapy for a crawl: polite by default, bounded in time and size, and quiet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.hosts import home_hosts
from analysis.records import Source
from analysis.settings import PRODUCT

FIRST_LINES = "spiders.first_lines.FirstLines"
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What one crawl may cost: the time and bytes of a page, the second tries, the pages and sitemaps of a source.

    Without `throttle` neither slow hosts nor their Crawl-delay slow the crawl down: for measuring on loopback only.
    Without `public_only` hosts at private addresses are asked too.
    """

    timeout_seconds: float = 30.0
    page_bytes: int = 20 * MEBIBYTE
    retries: int = 1
    new_pages: int = 500
    child_sitemaps: int = 12
    requests_at_once: int = 64
    throttle: bool = True
    public_only: bool = True


def scrapy_settings(sources: Iterable[Source], user_agent: str, limits: Limits) -> Mapping[str, Any]:
    """Return every setting of Scrapy that is not its default, as one mapping."""
    return {
        **_polite(user_agent, limits),
        **_bounded(limits),
        **({"TWISTED_DNS_RESOLVER": "spiders.public.PublicResolver"} if limits.public_only else {}),
        **_QUIET,
        "DOWNLOAD_SLOTS": delays(sources),
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "spiders.heads.StrictHandler"),
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "spiders.redirects.StayAtHome": 60,  # before robots.txt: no stranger is asked for one
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "spiders.robots.ObeyRobots": 100,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "spiders.patience.PatientRetry": 550,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            "spiders.decoding.StrictDecoding": 590,
            "spiders.public.PublicOnly": 800 if limits.public_only else None,  # sees errors before they are retried
        },
        "SPIDER_MIDDLEWARES": {"scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None},  # Arabic slugs are long
        "EXTENSIONS": {"scrapy.extensions.throttle.AutoThrottle": None, "spiders.pace.Pace": 0, FIRST_LINES: 0},
    }


def delays(sources: Iterable[Source]) -> dict[str, dict[str, Any]]:
    """Return a download slot for each host: one request at a time, with the longest delay of the sources on it."""
    longest: dict[str, float] = {}
    for source in sources:
        for host in home_hosts(source):
            longest[host] = max(longest.get(host, 0.0), source.delay_seconds)
    return {host: {"concurrency": 1, "delay": delay, "jitter": 0} for host, delay in longest.items()}


def _polite(user_agent: str, limits: Limits) -> dict[str, Any]:
    return {
        "USER_AGENT": user_agent,
        "ROBOTSTXT_USER_AGENT": PRODUCT.partition("/")[0],
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY_JITTER": 0,  # we have no habit to hide, and a delay that was asked for is kept in full
        "AUTOTHROTTLE_ENABLED": limits.throttle,
        "AUTOTHROTTLE_START_DELAY": 0,
        "AUTOTHROTTLE_MAX_DELAY": 60,
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
        "METAREFRESH_ENABLED": False,  # a page is kept as it was served
        "DEFAULT_REQUEST_HEADERS": {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
    }


def _bounded(limits: Limits) -> dict[str, Any]:
    return {
        "DOWNLOAD_TIMEOUT": limits.timeout_seconds,
        "DOWNLOAD_MAXSIZE": limits.page_bytes,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,  # what is kept as evidence was said by who it names
        "RETRY_TIMES": limits.retries,
        "RETRY_HTTP_CODES": [500, 502, 503, 504, 522, 524, 408],  # but 429: it asks us to come back later
        "REDIRECT_MAX_TIMES": 10,
    }


_QUIET: dict[str, Any] = {
    "LOG_ENABLED": False,  # what happens is a visit in the database, and what breaks is raised
    "STATS_DUMP": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,  # it would run Python that is sent to a port
    "LOGSTATS_INTERVAL": 0,
    "MEMUSAGE_ENABLED": False,
}
