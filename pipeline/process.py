"""The whole pipeline after the fetch, in one function: what a page says, whether it is ours, and where it belongs.

Reads nothing but the page, the seeds and the texts we know; writes nothing. `pipeline.work` does both around it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis import dedupe
from analysis.extract import extract
from analysis.records import Filing, Fingerprint, Lookalike, Page, Rejection, RejectionReason
from analysis.relevance import judge
from analysis.reports import find_reports
from analysis.tags import find_tags
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
    tags = find_tags(article, library.vocabulary)
    judgement = judge(article, tags, library.vocabulary)
    if not judgement.relevant:
        return Rejection(reason=RejectionReason.OFF_TOPIC, detail=f"score {judgement.score:.2f}: {article.title}")
    fingerprint = dedupe.fingerprint(article.text)
    return Filing(
        article=article,
        judgement=judgement,
        tags=tags,
        reports=find_reports(article, tags, library.reader),
        fingerprint=fingerprint,
        placement=dedupe.place(fingerprint, recall(fingerprint)),
    )
