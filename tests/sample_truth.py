"""The manifest of the sample press for tests: what is true of each of its pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from cli.sample_outlet import Printed
from cli.sample_press import SamplePress


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What a careful human says of one page; the head of `seeds/sample/manifest.yml` explains each field."""

    url: str
    source: str
    title: str
    language: str | None = None
    published_on: date | None = None
    visit: str = "fetched"
    status: int = 200
    charset: str = "utf-8"
    outcome: str | None = None
    reasons: list[str] = field(default_factory=list)
    copy_of: str | None = None
    copy_kind: str | None = None
    copies: str | None = None
    story: str | None = None
    tags: dict[str, list[str]] = field(default_factory=dict)
    reports: list[dict[str, Any]] = field(default_factory=list)


def truths(press: SamplePress) -> list[Truth]:
    """Read the manifest with the addresses of this press; a key it may not hold is an error."""
    return [Truth(**row) for row in yaml.safe_load(press.manifest())]


def printed(press: SamplePress) -> dict[str, Printed]:
    """Return each article as its outlet wrote it, by URL: the text an extractor should find, and no more."""
    return {outlet.base + each.path: each for outlet in press.outlets for each in outlet.articles if each.text}
