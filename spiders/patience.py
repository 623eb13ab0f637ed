"""Tries again what failed on the way, but never what a host asked to be left alone with."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response


class PatientRetry(RetryMiddleware):
    """Scrapy's second try, but for answers that say when to come back."""

    def process_response(  # type: ignore[override]  # the third argument is gone from Scrapy's own, but in name
        self, request: Request, response: Response
    ) -> Request | Response:
        """Hand on an answer with Retry-After as it is."""
        return response if "Retry-After" in response.headers else super().process_response(request, response)
