"""One outlet of the sample press: its folder of texts and templates, and what each of its addresses answers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import jinja2
import yaml

CASABLANCA = ZoneInfo("Africa/Casablanca")
OTHERS = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What an address answers; `modified_at` is set where a client may ask whether it changed."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    modified_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """An article as its outlet prints it, or an oddity such as a dead link, which then has an `answer` of its own."""

    title: str
    path: str
    url: str
    published: datetime | None = None
    text: str = ""
    author: str = ""
    section: str = ""
    number: int = 0
    language: str = ""
    template: str = "page.html"
    charset: str = ""
    content_type: str = ""
    listed: bool = True
    answer: Mapping[str, Any] | None = None

    @property
    def paragraphs(self) -> list[str]:
        """Return the paragraphs of the text."""
        return self.text.split("\n") if self.text else []


class Outlet:
    """The routes and articles of one folder, answered under `http://host:port`."""

    def __init__(self, folder: Path, port: int) -> None:
        """Read `site.yml`, `articles.yml` and, if there is one, `oddities.yml`."""
        self.facts: dict[str, Any] = _read(folder / "site.yml")
        self.host: str = self.facts["host"]
        self.base = f"http://{self.host}:{port}"
        rows = _read(folder / "articles.yml") + (_read(folder / "oddities.yml") or [])
        printed = [self._printed(number, row) for number, row in enumerate(rows, start=1)]
        self.articles = sorted(printed, key=_newest_first)
        self._by_path = {article.path: article for article in self.articles}
        self._templates = _templates(folder)

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        """Answer one address: a list (feed, sitemap, listing), an article or an oddity, else 404."""
        for route in self.facts["lists"]:
            if route["path"] == path and route.get("query", {}).items() <= query.items():
                return self._list(route, query)
        article = self._by_path.get(path)
        if article is None:
            return self._page("missing.html", 404, others=self.articles[:OTHERS])
        return self._article(article) if article.answer is None else self._oddity(article.answer)

    def _printed(self, number: int, row: dict[str, Any]) -> Printed:
        published = row.pop("published", None)
        published = published and published.replace(tzinfo=CASABLANCA)
        slug, path = row.pop("slug", ""), row.pop("path", self.facts["article_path"])
        path = path.format(slug=slug, published=published, number=number)
        url = self.base + (quote(path).lower() if self.facts.get("lower_quotes") else quote(path))
        return Printed(**row, number=number, path=path, url=url, published=published)

    def _article(self, article: Printed) -> Answer:
        others = [other for other in self.articles if other is not article and other.listed][:OTHERS]
        body = self._render(article.template, article=article, others=others)
        charset = article.charset or self.facts["charset"]
        content_type = article.content_type or self.facts["content_type"]
        return Answer(body=body.encode(charset), headers={"Content-Type": content_type})

    def _oddity(self, answer: Mapping[str, Any]) -> Answer:
        return Answer(
            body=answer.get("body", "").encode("latin-1"),
            status=answer.get("status", 200),
            headers=answer.get("headers", {}),
        )

    def _list(self, route: Mapping[str, Any], query: Mapping[str, str]) -> Answer:
        wanted = query.get(route.get("search", ""), "").casefold().split()
        found = [article for article in self.articles if article.listed and _says(article, wanted)]
        size = _count(query.get("per_page"), route.get("size", len(found) or 1))
        page, pages = _count(query.get("page", query.get("paged")), 1), max(1, math.ceil(len(found) / size))
        if page > pages:
            return self._page("missing.html", int(route.get("beyond", 404)), others=[])
        shown = found[(page - 1) * size : page * size]
        body = self._render(route["template"], articles=shown, page=page, pages=pages, total=len(found), query=query)
        headers = {"Content-Type": route.get("type", self.facts["content_type"])}
        if route.get("totals"):
            headers |= {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)}
        newest = max((article.published for article in shown if article.published), default=None)
        return Answer(
            body=body.encode(route.get("charset", self.facts["charset"])), headers=headers, modified_at=newest
        )

    def _page(self, template: str, status: int, *, others: Sequence[Printed]) -> Answer:
        body = self._render(template, others=others)
        return Answer(
            body=body.encode(self.facts["charset"]), status=status, headers={"Content-Type": self.facts["content_type"]}
        )

    def _render(self, template: str, **given: object) -> str:
        return self._templates.get_template(template).render(outlet=self.facts, base=self.base, **given)


def _templates(folder: Path) -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(folder)
    templates = jinja2.Environment(
        loader=loader, autoescape=jinja2.select_autoescape(["html", "xml"]), undefined=jinja2.StrictUndefined
    )
    templates.filters["rfc822"] = format_datetime
    return templates


def _read(path: Path) -> Any:  # noqa: ANN401 the shape differs by file
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else None


def _newest_first(article: Printed) -> tuple[bool, float]:
    return (article.published is None, -(article.published.timestamp() if article.published else 0))


def _count(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdecimal() and int(written) else otherwise


def _says(article: Printed, words: Sequence[str]) -> bool:
    said = f"{article.title} {article.text}".casefold()
    return all(word in said for word in words)
