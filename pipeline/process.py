"""The whole pipeline after the fetch, in one function: what a page says, whether it is ours, and where it belongs.

Reads nothing but the page, the seeds and the texts we know; writes nothing. `pipeline.work` does both around it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Protocol

from analysis import dedupe
from analysis.extract import extract
from analysis.reading import leave_refrains_out, read
from analysis.records import Article, Filing, Fingerprint, Former, Lookalike, Page, Rejection, RejectionReason
from analysis.revisions import revise
from pipeline.library import Library


class Recall(Protocol):
    """What is known from other pages."""

    def refrains(self, article: Article) -> Collection[int]:
        """Return the hashes of the paragraphs that the source of an article prints in article after article."""

    def lookalikes(self, fingerprint: Fingerprint) -> Sequence[Lookalike]:
        """Return the texts we know that share something with a fingerprint."""


def process(page: Page, library: Library, recall: Recall, former: Former | None = None) -> Filing | Rejection:
    """Read one page to the end: everything to file of it, or why it is no article of ours.

    `former` is the article that another version of the page became: this one revises it, unless it says the same.
    Raises ExtractionError where the extractor broke, and whatever `recall` raises.
    """
    gate = library.gate if former is None else None  # what became an article once is read again in any case
    article = extract(page, library.countries.get(page.source_id), gate)
    if isinstance(article, Rejection):
        return article
    revision = None if former is None else revise(former, article)
    if isinstance(revision, Rejection):
        return revision
    reading = read(article, library.reader)
    if not reading.judgement.relevant:
        score = reading.judgement.score
        return Rejection(reason=RejectionReason.OFF_TOPIC, detail=f"score {score:.2f}: {article.title}")
    reading = leave_refrains_out(reading, recall.refrains(article))
    placement = dedupe.place(reading.fingerprint, recall.lookalikes(reading.fingerprint))
    return replace(reading.filing(placement), revision=revision)
