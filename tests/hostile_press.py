"""Articles that would do harm if anything of them were more than text, each with a report that is no better."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine

from analysis.records import Article, Language
from analysis.settings import Settings
from builders import article, filed, filing, fingerprint, page, report, source, visit
from models.archive import Archive
from models.event_book import EventBook
from pipeline.meet import compile_resolver
from pipeline.seeds import read_seeds, seeds_directory

SCRIPT = "<script>alert(1)</script>"
OVERRIDE = "\u202egnp.exe\u202c"
LONG = 10_000_000


def hostile() -> Iterator[Article]:
    """Give the articles: scripts, templates, ten megabytes in a line, links, controls and headlines without an end."""
    yield article(title=f"{SCRIPT}{OVERRIDE}", text=f"{SCRIPT}\n<img src=x onerror=alert(2)> {OVERRIDE}")
    yield article(title="'\"><svg onload=alert(3)>", text="{{ 7 * 7 }} {% raw %} ${7*7}", author=SCRIPT)
    yield article(title="long", text="كلمة " * (LONG // 5), language=Language.ARABIC)
    yield article(title="link", url="javascript:alert(4)", text="\u2067unclosed \u2068isolates \x07\x1b[31m")
    yield article(title="W" * 100_000, text="i" * 100_000, author="W" * 10_000, subtitle="W" * 10_000)
    yield article(
        title="\u0647\u0325" * 200 + "\u0301" * 5_000, text="</main></body></html><style>*{display:none}</style>"
    )
    yield article(
        title="</title><style>body{display:none}</style>", text="a control \x01 inside, a lone \ufffe", section="]]>"
    )


def file_hostile(engine: Engine) -> None:
    """File them, each with a report whose sentence is all of its beginning, and let the reports meet."""
    archive = Archive(engine)
    archive.load_sources([source(name=SCRIPT)])
    crawl, process = archive.start_run("crawl", {}), archive.start_run("process", {})
    for number, each in enumerate(hostile()):
        url = f"https://atlas.example/{number}"
        archive.save_page(page(url=url, canonical_url=url), visit(url=url), crawl)
        marks = fingerprint(exact=f"{number:032x}", hashes=tuple(range(number * 100, number * 100 + 8)))
        with archive.claim(process) as claim:
            told = report(people=(SCRIPT, OVERRIDE), evidence=each.text[:200], city="'\"><b>")
            claim.settle(filed(), filing(article=each, reports=(told,), tags=(), fingerprint=marks))
    book, resolver = EventBook(engine), compile_resolver(read_seeds(seeds_directory(Settings())))
    while book.meet_next(resolver):
        pass
