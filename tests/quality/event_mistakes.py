"""Show where the open halves of the labelled stream and unseen sets are read otherwise than a person reads them.

`python tests/quality/event_mistakes.py [stream] [one] … [--kind operation] …` prints the articles with mistakes in
visits and agreements, or in the kinds that are named; no sealed half is shown.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator

from event_figures import MEASURED, UNSEEN, Labelled, Pair, Report, analyse, read_labelled, read_unseen

FACTS = ("told", "countries", "direction", "from", "to")


def main() -> None:
    """Print the mistakes in some kinds, and how many there are of each class."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--kind", action="append")
    asked = parser.parse_args()
    kinds = frozenset(asked.kind or MEASURED)
    classes = Counter[str]()
    for one, pairs in _answers({*asked.sets}):
        mistakes = [] if one.is_sealed else list(_mistakes(pairs, kinds))
        if mistakes:
            sys.stdout.write(f"\n{one.id} {one.language} {one.given['published']} {one.given['title']}\n")
        for name, line in mistakes:
            classes[name] += 1
            sys.stdout.write(f"  {name}: {line}\n")
    sys.stdout.write("\n" + "\n".join(f"{count:4} {name}" for name, count in classes.most_common()) + "\n")


def _answers(names: set[str]) -> Iterator[tuple[Labelled, list[Pair]]]:
    """Answer the sets of these names, or all where none is given."""
    if not names or "stream" in names:
        yield from analyse(read_labelled())
    for path in UNSEEN:
        if not names or path.stem.removeprefix("unseen_") in names:
            yield from analyse(read_unseen(path))


def _mistakes(pairs: list[Pair], kinds: frozenset[str]) -> Iterator[tuple[str, str]]:
    for wanted, found in pairs:
        if (wanted or found or {})["kind"] not in kinds:
            continue
        if wanted is None and found is not None:
            yield f"{found['kind']} told as {found['told']} that is none", _line(found)
        elif wanted is not None and found is None:
            yield f"{wanted['kind']} told as {wanted['told']} missed", _line(wanted)
        elif wanted is not None and found is not None:
            yield from _differences(wanted, found)


def _differences(wanted: Report, found: Report) -> Iterator[tuple[str, str]]:
    for fact in FACTS:
        is_open = fact in ("from", "to") and wanted["from"] is None
        if not is_open and wanted[fact] != found[fact]:
            name = f"told {wanted['told']} -> {found['told']}" if fact == "told" else f"other {fact}"
            yield f"{name} ({wanted['told']} {wanted['kind']})", f"{wanted[fact]} -> {found[fact]} {_line(found)}"


def _line(report: Report) -> str:
    days = f"{report['from']}..{report['to']}" if report["from"] else "-"
    facts = (report["kind"], report["direction"] or "", report["told"], *report["countries"], days)
    return " ".join((*facts, report.get("rule", ""), report.get("evidence", "")))


if __name__ == "__main__":
    main()
