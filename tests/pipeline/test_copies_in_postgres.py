"""The judgement of copies and the index in Postgres together: what is loaded as a fingerprint is known again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from alterations import NINE_WAYS, made_up
from sqlalchemy import Engine

from analysis.corpus import describe, split
from analysis.dedupe import fingerprint, place
from analysis.records import KnownText, Placement
from models.archive import Archive
from models.fingerprints import find_lookalikes

TEXTS = Path(__file__).parents[3] / "shared" / "seeds"


def placed(engine: Engine, text: str) -> Placement:
    kept = fingerprint(text)
    with engine.begin() as connection:
        return place(kept, find_lookalikes(connection, kept))


def missed(engine: Engine, archive: Archive, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Load texts as seed documents, and return those that are not named in one of nine ways."""
    archive.load_seed_documents([describe(name, text) for name, text in texts.items()], {})
    return [
        (name, way.__name__)
        for name, text in texts.items()
        for way in NINE_WAYS
        if placed(engine, way(text)).copy_of != KnownText.seed(name)
    ]


def test_a_seed_document_is_named_in_each_of_nine_ways(engine: Engine, archive: Archive):
    assert (
        missed(engine, archive, {f"text-{seed}": made_up(350 + 40 * seed, seed=seed) for seed in range(20, 25)}) == []
    )


def test_a_text_that_is_no_copy_is_named_for_none(engine: Engine, archive: Archive):
    archive.load_seed_documents([describe("text", made_up(400, seed=20))], {})
    assert placed(engine, made_up(400, seed=30)) == Placement()


@pytest.mark.shared
@pytest.mark.skipif(not TEXTS.is_dir(), reason="the texts of the seed corpus are not beside the repository")
def test_the_real_seeds_are_named_in_each_of_nine_ways(engine: Engine, archive: Archive):
    bodies = {file.stem: split(file.read_text(encoding="utf-8")).body for file in TEXTS.glob("*.txt")}
    assert missed(engine, archive, bodies) == []
