"""Real saved pages go through the same pipeline: imported, read, and each becomes exactly one thing."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from analysis import urls
from command import Command

PAGES = Path(__file__).parents[3] / "shared" / "data" / "pages"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PAGES.is_dir(), reason="the saved pages for measuring are not beside the repository"),
]


def addresses() -> dict[Path, str]:
    """Name each saved page: by its gold where that says the address, else by its file."""
    dates = json.loads((PAGES / "htmldate" / "gold_dates.json").read_text("utf-8"))
    strings = json.loads((PAGES / "trafilatura" / "gold_strings.json").read_text("utf-8"))
    told = {PAGES / "htmldate" / name: gold["url"] for name, gold in dates.items()}
    told |= {PAGES / "trafilatura" / gold["file"]: url for url, gold in strings.items()}
    files = [*PAGES.glob("*/*.html"), *PAGES.glob("*/*.html.gz")]
    named = {file: told.get(file, "") for file in sorted(files)}
    unnamed = "https://saved.example/{0.parent.name}/{0.name}"
    return {file: url if url.startswith("http") else unnamed.format(file) for file, url in named.items()}


def write_index(folder: Path) -> int:
    """Lay out a folder as a person would: the files, and the index of their addresses."""
    lines = ["file\turl\tfetched_at"]
    for number, (file, url) in enumerate(addresses().items()):
        name = f"{number:03}{''.join(file.suffixes[-2:]) if file.suffix == '.gz' else file.suffix}"
        shutil.copy(file, folder / name)
        lines.append(f"{name}\t{url}\t2026-10-01T00:00:00+00:00")
    (folder / "index.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return len(lines) - 1


@pytest.mark.timeout(400)
def test_every_real_page_is_kept_and_becomes_exactly_one_thing(marsad: Command, tmp_path: Path) -> None:
    saved = write_index(tmp_path)
    kept = json.loads(marsad("import-pages", tmp_path, "--json").stdout)
    names = {urls.canonical(url) for url in addresses().values()}
    assert kept == {"kept": len(names), "known": saved - len(names), "unreadable": 0}

    counts = json.loads(marsad("process", "--json").stdout)
    assert counts["failed"] == 0
    assert counts["filed"] + counts["copy"] + counts["rejected"] == kept["kept"]

    rejected = json.loads(marsad("articles", "--rejected", "--json", "--limit", "1000").stdout)
    reasons = Counter(page["reason"] for page in rejected)
    # none of these pages is about security diplomacy, and nearly all can be read
    assert counts["filed"] + counts["copy"] <= 2, reasons
    assert reasons["off_topic"] >= 0.93 * kept["kept"], reasons
    marsad("watch")
