"""Why a request is not made after all: its host rests, its robots.txt is not known or forbids it, its page is known."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from analysis.records import RobotsFile


class HostRestsError(IgnoreRequest):
    """A host asked us to come back later."""


class RobotsForbidError(IgnoreRequest):
    """The robots.txt of a host forbids an address."""


class RobotsUnknownError(IgnoreRequest):
    """The robots.txt of a host could not be read, and never was (`read` says why)."""

    def __init__(self, read: RobotsFile) -> None:
        self.read = read
        super().__init__(read.detail)


class KnownPageError(IgnoreRequest):
    """A redirect leads to a page that is kept (`is_kept`), or that this crawl is asking for."""

    def __init__(self, url: str, *, is_kept: bool) -> None:
        self.is_kept = is_kept
        super().__init__(f"redirected to {url}")
