"""Visits of ways of discovery as askings: which way each visit asked, and what one run says of that way."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from analysis.failures import ANSWERS, OF_THE_LINE, OVERRUN, hour_of, observation
from analysis.records import Discovery, Observation, Severity, Source, Visit, Way, WayVisit
from analysis.records.followed import PAGE, PHRASE
from analysis.standing import WEIGHTS


def way_of(source: Source, visit: Visit) -> Discovery | None:
    """Return the way of discovery a visit asked, None for a sitemap that an index named and for a way that is gone."""
    asked = [way for way in source.discovery if way.way is visit.way and _is_asked(way, visit.url)]
    return max(asked, key=lambda way: len(_parameters(way.url)), default=None)


def askings(
    source: Source, visits: Iterable[WayVisit], offline: Collection[datetime] = ()
) -> Mapping[Discovery, tuple[Observation, ...]]:
    """Return what was observed of each way, run by run in their order: an answer to any of its questions is an answer.

    Failures of the line in the hours in which our own was down are left out.
    """
    seen: defaultdict[tuple[Discovery, int], list[Observation]] = defaultdict(list)
    for each in visits:
        way, is_ours = way_of(source, each.visit), each.visit.state in OF_THE_LINE
        if way is not None and not (is_ours and hour_of(each.visit.visited_at) in offline):
            seen[way, each.run_id].append(observation(each.visit))
    asked: defaultdict[Discovery, list[Observation]] = defaultdict(list)
    for (way, _), observed in seen.items():
        asked[way].append(_of_one_run(observed))
    return {way: tuple(sorted(observed, key=lambda each: each.at)) for way, observed in asked.items()}


def overruns(source: Source, visits: Iterable[WayVisit], after: datetime) -> Mapping[Discovery, int]:
    """Count the runs `after` a time in which lists ran over, and no other that answered reached back to what was known.

    Searches find what they find, and reach nowhere.
    """
    answered: defaultdict[int, list[tuple[Discovery, Visit]]] = defaultdict(list)
    for each in visits:
        is_answer = each.visit.visited_at > after and each.visit.state in ANSWERS
        way = way_of(source, each.visit) if is_answer else None
        if way and not way.is_search:
            answered[each.run_id].append((way, each.visit))
    lost = (seen for seen in answered.values() if all(visit.detail.startswith(OVERRUN) for _, visit in seen))
    return Counter(way for seen in lost for way, _ in seen)


def _is_asked(way: Discovery, url: str) -> bool:
    """Tell whether an address asked is that of a way: its blanks filled in, WordPress's with parameters of time too."""
    if way.way is Way.WORDPRESS:
        return urlsplit(url)[:3] == urlsplit(way.url)[:3] and _parameters(way.url) <= _parameters(url)
    blanks = {re.escape(PHRASE): "[^&/]+", re.escape(PAGE): r"\d+"}
    pattern = re.escape(way.url)
    for blank, filled in blanks.items():
        pattern = pattern.replace(blank, filled)
    return re.fullmatch(pattern, url) is not None


def _parameters(url: str) -> frozenset[str]:
    return frozenset(name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _of_one_run(observed: Iterable[Observation]) -> Observation:
    """Return the answer among the observations of one run, else the gravest failure; of equals the last."""
    return max(observed, key=lambda each: (each.severity is Severity.ANSWERED, WEIGHTS.get(each.severity, 0), each.at))
