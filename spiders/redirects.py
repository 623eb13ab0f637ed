"""Redirects lead from one address of a source to another; those that leave it or turn in a circle are refused."""

from __future__ import annotations

from scrapy import Request

from analysis import urls
from spiders.endings import OffHostError, RedirectLoopError


class StayAtHome:
    """A downloader middleware that looks at each request a redirect makes; `meta["hosts"]` are those of the source."""

    def process_request(self, request: Request) -> None:
        """Refuse a redirect to another host or to where it came from; robots.txt may redirect anywhere."""
        hosts = request.meta.get("hosts")
        been = request.meta.get("redirect_urls", ())
        if not been or hosts is None:
            return
        if urls.host(request.url) not in hosts:
            raise OffHostError(f"redirected to {request.url}")
        if request.url in been:
            raise RedirectLoopError(f"redirected to {request.url} again")
