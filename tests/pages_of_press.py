"""The pages of the sample press as a crawl would keep them, without a crawl: asked for one by one, in order."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

from sample_truth import Truth, truths

from analysis import urls
from analysis.records import Page
from analysis.seeds import read_corpus
from builders import visit
from cli.sample_press import FOLDER, SamplePress

FETCHED_AT = datetime(2026, 2, 23, 8, tzinfo=UTC)


def fetched_truths(press: SamplePress) -> list[Truth]:
    """Return what is true of each page that a crawl would keep."""
    return [truth for truth in truths(press) if truth.visit == "fetched"]


def pages(press: SamplePress) -> Iterator[Page]:
    """Ask for each page of the manifest that gives one."""
    for truth in fetched_truths(press):
        with urllib.request.urlopen(quote(truth.url, safe="/:%?&="), timeout=5) as answer:  # noqa: S310 loopback
            yield Page(
                source_id=truth.source,
                url=truth.url,
                canonical_url=urls.canonical(truth.url),
                fetched_at=FETCHED_AT,
                content_type=answer.headers.get("Content-Type"),
                body=answer.read(),
            )


def fill(archive, press: SamplePress) -> None:
    """Let an archive, in memory or on Postgres, know the seed texts of the press and keep its pages."""
    corpus = (FOLDER / "corpus.jsonl").read_text("utf-8")
    archive.load_seed_documents(read_corpus(corpus, file="corpus.jsonl"), {})
    run_id = archive.start_run("crawl", {})
    for page in pages(press):
        archive.save_page(page, visit(source_id=page.source_id, url=page.url), run_id)
    archive.end_run(run_id, "done", {})
