"""Reading of real saved pages: pages a second of ours and of other readers, and what became of each.

`python bench/reading.py [FOLDER]`; the folder is by default `../shared/data/pages` beside the repository. All take
turns on the same pages, in CPU time; of each page the median of the rounds counts. news-please and newspaper4k read
each once, in a process and an environment of their own that `make bench` makes. Gold is known of three folders.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import trafilatura

from analysis.records import Article, Page, Rejection

sys.path.append(str(Path(__file__).parents[1] / "tests" / "quality"))
import reading_figures as figures

ROUNDS = 2
ROOT = Path(__file__).parents[1]
READERS = ROOT / ".venv-bench" / "readers" / "bin" / "python"
Outcome = Article | Rejection | Exception


def main() -> None:
    """Print the speeds, the table by folder and the F1 of the texts."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else figures.PAGES
    files = list(figures.saved(folder)) if folder.is_dir() else []
    if not files:
        print(f"Nothing to read: {folder} holds no saved pages.")
        return
    known = {gold.file: gold for gold in _gold(folder)}
    pages = {file: figures.as_page(file, known[file].url if file in known else "") for file in files}
    print_speeds(pages)
    outcomes = {file: figures.read(page) for file, page in pages.items()}
    print_table(outcomes, {file: gold.on for file, gold in known.items()})
    if (folder / "fundus").is_dir():
        ours, theirs = figures.f1_of_texts(folder)
        print(f"F1 of the texts of fundus: marsad {ours:.3f}, trafilatura {theirs:.3f}")
    if (folder / "trafilatura" / "gold_strings.json").exists():
        for name, found in figures.gold_strings(folder).items():
            print(
                f"gold strings: {name} keeps {found['kept']} of {found['wanted']}, lets in {found['noise']} of others"
            )
    for name, lines in figures.furniture_left(list(pages.values())).items():
        print(f"lines of furniture that remain: {name} {lines}")


def _gold(folder: Path) -> list[figures.Gold]:
    of_dates = figures.gold_of_htmldate(folder) if (folder / "htmldate" / "gold_dates.json").exists() else ()
    return [*figures.gold_of_fundus(folder), *of_dates]


def print_speeds(pages: Mapping[Path, Page]) -> None:
    """Print pages a second of each, their median milliseconds a page, and how many times as fast ours is."""
    ways: dict[str, Callable[[Page], object]] = {"marsad": figures.read, "trafilatura, defaults": _by_trafilatura}
    taken = defaultdict[str, list[float]](list)
    with _others() as others:
        for file, page in pages.items():
            rounds = [{name: _seconds(way, page) for name, way in ways.items()} for _ in range(ROUNDS)]
            for name in ways:
                taken[name].append(statistics.median(each[name] for each in rounds))
            for name, seconds in others(file).items():
                taken[name].append(seconds)
    for name, times in taken.items():
        median = 1000 * statistics.median(times)
        print(f"{name:22} {len(times) / sum(times):6.1f} pages/s, median {median:5.1f} ms a page, {len(times)} pages")
    ours = sum(taken["marsad"])
    ratios = (f"{sum(times) / ours:.2f} {name}" for name, times in taken.items() if name != "marsad")
    print(f"times as fast as: {', '.join(ratios)}\n")


@contextmanager
def _others() -> Iterator[Callable[[Path], dict[str, float]]]:
    """Start the other readers, and give what asks them to read a page: CPU seconds by name, nothing without them."""
    if not READERS.exists():
        print("no environment of other readers: no figures of news-please and newspaper4k")
        yield lambda _: {}
        return
    command = [str(READERS), str(ROOT / "bench" / "peers" / "reading.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peers:  # noqa: S603 ours

        def read(file: Path) -> dict[str, float]:
            print(f"{file.resolve()}\thttps://saved.example/{file.stem}", file=peers.stdin, flush=True)
            answered: dict[str, float] = json.loads(peers.stdout.readline())
            return answered

        yield read


def _by_trafilatura(page: Page) -> object:
    return trafilatura.bare_extraction(page.body, url=page.url, with_metadata=True)


def _seconds(way: Callable[[Page], object], page: Page) -> float:
    began = time.process_time()
    way(page)
    return time.process_time() - began


def print_table(outcomes: Mapping[Path, Outcome], days: Mapping[Path, date | None]) -> None:
    """Print by folder how many pages became articles, why the others did not, and what their dates rest on."""
    for name in sorted({file.parent.name for file in outcomes}):
        here = {file: outcome for file, outcome in outcomes.items() if file.parent.name == name}
        articles = {file: outcome for file, outcome in here.items() if isinstance(outcome, Article)}
        others = Counter(_why(outcome) for outcome in here.values() if not isinstance(outcome, Article))
        dated = {file: article.published for file, article in articles.items() if article.published}
        known = {file: published for file, published in dated.items() if days.get(file)}
        print(f"{name}: {len(here)} pages, {len(articles)} articles{_counted(others)}")
        print(f"    {len(dated)} dated{_counted(Counter(published.basis.value for published in dated.values()))}")
        if known:
            wrong = [file.name for file, published in known.items() if published.on != days[file]]
            print(f"    {len(known)} of them known: {len(wrong)} wrong {', '.join(wrong)}")


def _why(outcome: Outcome) -> str:
    return outcome.reason.value if isinstance(outcome, Rejection) else "failed"


def _counted(counts: Counter[str]) -> str:
    listed = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    return f" ({listed})" if listed else ""


if __name__ == "__main__":
    main()
