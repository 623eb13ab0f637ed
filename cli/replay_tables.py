"""What a replay made otherwise, as tables: outcomes, articles, tags, reports and events, with examples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from analysis.records import Difference, FoundIn, Outcome, When
from cli.context import counted, say
from cli.names import country_names, read_vocabulary
from cli.reports import what_and_how
from cli.tables import say_table

EXAMPLES = 3
SIGNS = ("+", "-")
Group = dict[tuple[object, ...], list[Difference]]


def tell_differences(differences: Sequence[Difference]) -> None:
    """Print a table for each kind of difference there is."""
    for tell in (_tell_outcomes, _tell_fields, _tell_tags, _tell_reports, _tell_events, _tell_failed):
        tell(differences)


def _tell_outcomes(differences: Sequence[Difference]) -> None:
    grouped = _group(differences, lambda each: [(_named(each.before), _named(each.after))])
    rows = [
        (before, after, len(pages), _examples(each.url for each in pages))
        for (before, after), pages in grouped.items()
        if before != after
    ]
    _say("Outcomes", ("was", "is", "pages", "such as"), rows)


def _tell_fields(differences: Sequence[Difference]) -> None:
    rows = [
        (change.field, each.page_id, f"{_short(change.before)} \N{RIGHTWARDS ARROW} {_short(change.after)}")
        for each in differences
        for change in each.fields
    ]
    _say("Articles that read otherwise", ("field", "page", "was and is"), sorted(rows))


def _tell_tags(differences: Sequence[Difference]) -> None:
    rows = []
    for sign, tags_of in zip(SIGNS, (_tags_added, _tags_removed), strict=True):
        grouped = _group(differences, lambda each, of=tags_of: [(tag.kind, tag.id) for tag in of(each)])  # type: ignore[misc]
        for (kind, name), pages in grouped.items():
            sentence = next(tag.sentence for tag in tags_of(pages[0]) if (tag.kind, tag.id) == (kind, name))
            rows.append((sign, kind, name, len(pages), _short(sentence)))
    _say("Tags", ("", "kind", "tag", "articles", "such as"), rows)


def _tell_reports(differences: Sequence[Difference]) -> None:
    names = country_names(read_vocabulary())
    rows = [
        (sign, each.page_id, what_and_how(report, names), _days(report.when), _short(report.evidence))
        for each in differences
        for sign, reports in zip(SIGNS, (each.reports_added, each.reports_removed), strict=True)
        for report in reports
    ]
    _say("Reports", ("", "page", "what", "when", "sentence"), rows)


def _tell_events(differences: Sequence[Difference]) -> None:
    touched = {
        "made": [number for each in differences for number in each.events.made],
        "met": [number for each in differences for number in each.events.met],
        "told of by nobody now": [number for each in differences for number in each.events.emptied],
    }
    rows = [(what, len(found), ", ".join(map(str, found[:20]))) for what, found in touched.items() if found]
    _say("Events", ("", "events", "such as"), rows)


def _tell_failed(differences: Sequence[Difference]) -> None:
    rows = [(each.page_id, each.url, each.failed) for each in differences if each.failed]
    _say("Broke the reading, and stay as they were", ("page", "address", "why"), rows)


def _say(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    if rows:
        say("")
        say_table(title, columns, rows, sentence_last=True)


def _group(differences: Iterable[Difference], keys: Callable[[Difference], Iterable[tuple[object, ...]]]) -> Group:
    grouped: Group = defaultdict(list)
    for each in differences:
        for key in keys(each):
            grouped[key].append(each)
    return dict(sorted(grouped.items(), key=lambda pair: (-len(pair[1]), str(pair[0]))))


def _named(outcome: Outcome) -> str:
    return f"{outcome.kind} ({outcome.reason})" if outcome.reason else outcome.kind.value


def _tags_added(each: Difference) -> tuple[FoundIn, ...]:
    return each.tags_added


def _tags_removed(each: Difference) -> tuple[FoundIn, ...]:
    return each.tags_removed


def _examples(urls: Iterable[str]) -> str:
    listed = list(urls)
    more = [f"and {counted(len(listed) - EXAMPLES, 'other')}"] if len(listed) > EXAMPLES else []
    return "\n".join([*listed[:EXAMPLES], *more])


def _days(when: When | None) -> str:
    if when is None:
        return "not said"
    return f"{when.first}" if when.first == when.last else f"{when.first} to {when.last}"


def _short(words: str, most: int = 160) -> str:
    line = " ".join(words.split()) or "none"
    return line if len(line) <= most else f"{line[:most]}\N{HORIZONTAL ELLIPSIS}"
