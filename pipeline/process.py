"""The whole pipeline after the fetch, in one function: what a page says, whether it is ours, and where it belongs.

Reads nothing but the page, the seeds and the texts we know; writes nothing. `pipeline.work` does both around it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis import dedupe
from analysis.extract import extract
from analysis.reading import read
from analysis.records import Filing, Fingerprint, Lookalike, Page, Rejection, RejectionReason
from pipeline.library import Library

Recall = Callable[[Fingerprint], Sequence[Lookalike]]


def process(page: Page, library: Library, recall: Recall) -> Filing | Rejection:
    """Read one page to the end: everything to file of it, or why it is no article of ours.

    `recall` finds the texts we know that share something with a fingerprint. Raises ExtractionError where the extractor
    broke, and whatever `recall` raises.
    """
    article = extract(page, library.countries.get(page.source_id))
    if isinstance(article, Rejection):
        return article
    reading = read(article, library.reader)
    if not reading.judgement.relevant:
        score = reading.judgement.score
        return Rejection(reason=RejectionReason.OFF_TOPIC, detail=f"score {score:.2f}: {article.title}")
    return reading.filing(dedupe.place(reading.fingerprint, recall(reading.fingerprint)))
