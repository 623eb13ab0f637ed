"""What one request is for, how it is made of that, and the visit that tells how it ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.http import Response

from analysis import urls
from analysis.hosts import host_of
from analysis.records import Address, AddressState, Page, Source, Validators, Visit, VisitState, Way
from spiders.endings import Ending
from spiders.questions import Question

ERRAND = "errand"  # the key of it in the meta of a request
MOST_VALIDATOR = 500  # characters; what is longer is not worth its place


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """One request: a question to a source, or else an address of a page; `hosts` are those of the source."""

    source: Source
    hosts: frozenset[str]
    question: Question | None = None
    address: Address | None = None

    @property
    def url(self) -> str:
        """The address that is asked."""
        if self.question is not None:
            return self.question.url
        assert self.address is not None  # noqa: S101 one of the two
        return self.address.entry.url

    @property
    def way(self) -> Way | None:
        """The way of discovery, None for a page."""
        return self.question.discovery.way if self.question else None

    @property
    def validators(self) -> Validators:
        """What to ask only for news by."""
        if self.question is None:
            return self.address.validators if self.address else Validators()
        # a question with other parameters, or for the next page, is another address
        is_same = self.question.url == self.question.rhythm.url
        return self.question.rhythm.validators if is_same else Validators()

    @property
    def is_new(self) -> bool:
        """Tell whether a page is asked for that is not kept yet."""
        return self.address is not None and self.address.state is AddressState.WAITING

    def request(self) -> Request:
        """Make the request; raises ValueError for an address that Scrapy cannot parse, though a list named it."""
        asked = {"If-None-Match": self.validators.etag, "If-Modified-Since": self.validators.last_modified}
        return Request(
            self.url,
            headers={name: value for name, value in asked.items() if value},
            meta={ERRAND: self, Downloader.DOWNLOAD_SLOT: host_of(self.url)},
            dont_filter=True,
        )


def answer_of(errand: Errand, response: Response, at: datetime) -> Visit:
    """Return the visit of a request that was answered, with something or with nothing new."""
    is_same = response.status == 304  # noqa: PLR2004 RFC 9110, 15.4.5
    return replace(
        visit_of(errand, Ending(state=VisitState.NOT_MODIFIED if is_same else VisitState.FETCHED, detail=""), at),
        status=response.status,
        elapsed_ms=_milliseconds(response.meta.get("download_latency")),
        size_bytes=len(response.body),
        detail="" if response.url == errand.url else f"redirected to {response.url}",
    )


def visit_of(errand: Errand, how: Ending, at: datetime, latency: float | None = None) -> Visit:
    """Return the visit of a request that brought nothing."""
    return Visit(
        source_id=errand.source.id,
        url=errand.url,
        way=errand.way,
        state=how.state,
        visited_at=at,
        status=how.status,
        elapsed_ms=_milliseconds(latency),
        detail=how.detail,
    )


def page_of(errand: Errand, response: Response, at: datetime) -> Page:
    """Return the page of an answer, under the address where it was found in the end."""
    return Page(
        source_id=errand.source.id,
        url=response.url,
        canonical_url=urls.canonical(response.url),
        fetched_at=at,
        content_type=header(response, "Content-Type"),
        body=response.body,
        entry=errand.address.entry if errand.address else None,
        headers=tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ),
    )


def validators_of(errand: Errand, response: Response) -> Validators:
    """Return what to ask again only for news by: of the address that was asked, not of where it led."""
    known_as = errand.question.rhythm.url if errand.question else errand.url
    if not response.url == errand.url == known_as:
        return Validators()
    etag, modified = header(response, "ETag"), header(response, "Last-Modified")
    return Validators(etag=_bounded(etag), last_modified=_bounded(modified))


def header(response: Response, name: str) -> str | None:
    """Return a header of an answer; None where there is none."""
    value = response.headers.get(name)
    return None if value is None else value.decode("latin-1")


def _bounded(stated: str | None) -> str | None:
    return stated if stated and len(stated) <= MOST_VALIDATOR else None


def _milliseconds(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1000)
