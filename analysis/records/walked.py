"""The way back through the archive of a source: one list after the other."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.records.followed import Discovery


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One list of a walk to ask for, and how to read it.

    `depth` counts the indexes above a sitemap, or the pages before one of a list; `failed` how often it failed so far.
    """

    discovery: Discovery
    url: str
    depth: int = 0
    failed: int = 0
