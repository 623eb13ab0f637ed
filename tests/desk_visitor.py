"""Whoever visits the page without a browser: asks, and reads the answer as HTML."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from lxml import html

MAIN = "//main"


class Visitor:
    """Asks an application, each time as a stranger: no cookie is kept."""

    def __init__(self, app: FastAPI) -> None:
        """Visit this application."""
        self.app = app

    def get(self, path: str, language: str = "en", **headers: str) -> Response:
        """Ask for a path of it."""
        return asyncio.run(self._get(path, {"Accept-Language": language, **headers}))

    def page(self, path: str, language: str = "en") -> html.HtmlElement:
        """Ask for a page that must be there, and read it."""
        answer = self.get(path, language)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:500])
        return html.document_fromstring(answer.content)

    async def _get(self, path: str, headers: dict[str, str]) -> Response:
        # what goes wrong in the application is raised here, not shown as a page
        async with AsyncClient(transport=ASGITransport(self.app), base_url="http://desk.example") as client:
            return await client.get(path, headers=headers)


def said(page: html.HtmlElement, where: str = MAIN) -> str:
    """Return the words of a part of a page, blanks as one."""
    return " ".join(" ".join(page.xpath(f"{where}//text()")).split())


def links(page: html.HtmlElement) -> Iterator[str]:
    """Give every address a page leads to."""
    yield from page.xpath("//@href")
