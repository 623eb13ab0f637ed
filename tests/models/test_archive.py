"""What the archive keeps, and what it gives back."""

from __future__ import annotations

from builders import entry, filed, filing, page, source, visit
from models.archive import Archive


def test_a_page_comes_back_as_it_was_kept(archive: Archive) -> None:
    kept = page(entry=entry())
    archive.load_sources([source()])
    run_id = archive.start_run("crawl", {"source": "atlas"})
    archive.save_page(kept, visit(), run_id)
    with archive.claim(run_id) as claim:
        assert claim.page == kept
        claim.settle(filed(), filing())
    with archive.claim(run_id) as claim:
        assert claim is None
