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

    def __init__(self, app: FastAPI, *, raises: bool = True) -> None:
        """Visit this application; what goes wrong in it is raised here, unless it is to be shown as a page."""
        self.app, self._raises = app, raises

    def get(self, path: str, language: str = "en", **headers: str) -> Response:
        """Ask for a path of it."""
        return asyncio.run(self._get(path, {"Accept-Language": language, **headers}))

    def page(self, path: str, language: str = "en") -> html.HtmlElement:
        """Ask for a page that must be there, and read it."""
        answer = self.get(path, language)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:500])
        return html.document_fromstring(answer.content)

    async def _get(self, path: str, headers: dict[str, str]) -> Response:
        transport = ASGITransport(self.app, raise_app_exceptions=self._raises)
        async with AsyncClient(transport=transport, base_url="http://desk.example") as client:
            return await client.get(path, headers=headers)


def said(page: html.HtmlElement, where: str = MAIN) -> str:
    """Return the words of a part of a page, blanks as one."""
    return " ".join(" ".join(page.xpath(f"{where}//text()")).split())


def links(page: html.HtmlElement) -> Iterator[str]:
    """Give every address a page leads to."""
    yield from page.xpath("//@href")
