"""The texts of the seed corpus are not ours to print: the repository holds facts of them, and none of their wording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from analysis.corpus import split
from analysis.seeds import read_bodies, read_corpus, read_people
from word_runs import runs, spelt

ROOT = Path(__file__).parents[2]
TEXTS = ROOT.parent / "shared" / "seeds"
RUN = 6
OFFICES = (
    "المدير العام للأمن الوطني ولمراقبة التراب الوطني",
    "المدير العام للأمن الوطني ومراقبة التراب الوطني",
    "المدير العام للأمن الوطني والمديرية العامة لمراقبة التراب الوطني",
    "المدير العام للأمن الوطني",
    "مدير مكتب التحقيقات الفيدرالي الأمريكي",
    "مدير مكتب التحقيقات الفيدرالي",
)
NOT_OURS = {".git", ".venv", ".venv-bench", ".mypy_cache", ".ruff_cache", ".hypothesis", "__pycache__"}
ARABIC_WORD = re.compile("[\u0621-\u064a]{3}")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not TEXTS.is_dir(), reason="the texts of the seed corpus are not beside the repository"),
]


def facts() -> Iterable[str]:
    """Yield what may stand here word for word: headlines, names and titles of office, the longest first."""
    seeds = ROOT / "seeds"
    documents = read_corpus((seeds / "corpus.jsonl").read_text(encoding="utf-8"), file="corpus.jsonl")
    people = read_people((seeds / "people.yml").read_text(encoding="utf-8"), file="people.yml")
    bodies = read_bodies((seeds / "bodies.yml").read_text(encoding="utf-8"), file="bodies.yml")
    headlines = [document.title for document in documents if document.title]
    named = [names for who in [*people, *bodies] for names in who.names.values()]
    found = {spelt(fact) for facts in [headlines, OFFICES, *named] for fact in facts}
    return sorted(found, key=len, reverse=True)


def wording() -> dict[str, str]:
    """Return the runs of words of the seed texts that are no fact, and the text each is of."""
    known = [re.compile(rf"(?<!\S)[وفبلك]?{re.escape(fact)}(?!\S)") for fact in facts()]
    found = {}
    for file in TEXTS.glob("*.txt"):
        for line in split(file.read_text(encoding="utf-8")).body.splitlines():
            kept = spelt(line)
            for fact in known:
                kept = fact.sub("|", kept)
            found.update({run: file.stem for run in runs(kept, RUN) if "|" not in run})
    return found


def files_of_the_repository() -> Iterator[tuple[Path, str]]:
    for path in ROOT.rglob("*"):
        if path.is_file() and not NOT_OURS.intersection(path.relative_to(ROOT).parts):
            text = path.read_text(encoding="utf-8", errors="ignore")
            if ARABIC_WORD.search(text):
                yield path.relative_to(ROOT), text


def test_no_six_words_of_a_seed_text_stand_in_the_repository():
    theirs = wording()
    assert len(theirs) > 2000
    copied = [
        (str(path), run) for path, text in files_of_the_repository() for run in runs(spelt(text), RUN) if run in theirs
    ]
    assert copied == []
