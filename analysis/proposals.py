"""What was seen of an outlet that is not followed yet, and the entry that it proposes for seeds/sources."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from analysis import urls
from analysis.addresses import is_address
from analysis.forms import is_country_code
from analysis.language import find_language
from analysis.records import Article, ClosureReason, Discovery, Entry, Language

FRESH = timedelta(hours=72)  # a list whose newest entry is older is of an outlet that is gone, or of another one
TIER = 3
MOST_PAUSE = 2.0  # seconds between two requests that need no mention
_LEAST_SHARE = 0.15  # of the titles, from which a language is one of the outlet's
_ARABIC = re.compile("[\u0621-\u064a]")
_SOLD = frozenset({"TV", "ME", "IO", "CO", "AI", "FM"})  # domains of countries that outlets of any country take
_CAREFUL = 0.34
_NO_NAMES = frozenset({*Language, "com", "net", "org", "gov", "gouv", "co", "ac", "press", "info"})  # within a host
_INSTEAD = "to be found: the outlets that tell the same news"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """One address that was asked, `what` for, and what `came`; with `discovery` where it answered with a list."""

    url: str
    what: str
    came: str
    discovery: Discovery | None = None
    entries: tuple[Entry, ...] = ()
    forbidden: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """A page of the outlet and what reading makes of it: an article, or the reason why it is none."""

    url: str
    article: Article | None
    because: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """All that was seen of an outlet; `refusal` is why nothing could be, with the words of its answer."""

    home: str
    hosts: tuple[str, ...] = ()
    name: str = ""
    language: Language | None = None
    delay_seconds: float = MOST_PAUSE
    tried: tuple[Tried, ...] = ()
    samples: tuple[Sample, ...] = ()
    refusal: tuple[ClosureReason, str] | None = None

    @property
    def answered(self) -> tuple[Tried, ...]:
        """The ways that answered with a list."""
        return tuple(tried for tried in self.tried if tried.discovery is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """An entry as it is written in seeds/sources, and what speaks against following the outlet as it is."""

    entry: Mapping[str, object]
    warnings: tuple[str, ...]


def newest_of(entries: Iterable[Entry]) -> datetime | None:
    """Return the last of the dates that entries state, of publication or else of change."""
    return max((at for entry in entries if (at := entry.published_at or entry.updated_at)), default=None)


def propose(survey: Survey, now: datetime, owners: Mapping[str, str]) -> Proposal:
    """Propose an entry; `owners` are the sources of the registry by their hosts, as `urls.host` writes them."""
    entry = _entry(survey)
    return Proposal(entry=entry, warnings=(*_warnings(survey, now, owners), *_doubts_of_entry(entry, owners)))


def country_of(home: str) -> str | None:
    """Return the country in whose domain an outlet is (ISO 3166-1 alpha-2), None where that says nothing."""
    code = urls.host(home).rpartition(".")[2].upper().replace("UK", "GB")
    return code if is_country_code(code) and code not in _SOLD else None


# ---------------------------------------------------------------- the entry


def _entry(survey: Survey) -> dict[str, object]:
    """Write the keys in the order in which entries have them; what goes without saying is left out."""
    name_ar = survey.name if _ARABIC.search(survey.name) else None
    languages = _languages(survey)
    closed = _closed(survey)
    facts: dict[str, object | None] = {
        "id": _id(survey.home, languages),
        "name": (None if name_ar else survey.name) or _host_name(survey.home).capitalize(),
        "name_ar": name_ar,
        "home": survey.home,
        "hosts": list(survey.hosts) if len(survey.hosts) > 1 else None,
        "languages": [language.value for language in languages],
        "kind": "official" if re.search(r"\.gou?v\.", survey.home) else "news site",
        "tier": TIER,
        "discovery": [_way(tried.discovery) for tried in survey.answered if tried.discovery] or None,
        "articles_a_day": None if closed else list(_articles_a_day(survey)),
        "undated_share": None if closed else _undated_share(survey) or None,
        "delay_seconds": survey.delay_seconds if survey.delay_seconds > MOST_PAUSE else None,
        "closed": closed,
    }
    return {key: fact for key, fact in facts.items() if fact is not None}


def _host_name(home: str) -> str:
    """Return the part of the host that names the outlet: `hespress` of `fr.hespress.com`, `libe` of `libe.press.ma`."""
    host = urls.host(home).partition(":")[0]
    parts = [] if is_address(host) else host.split(".")[:-1]
    return next((part for part in reversed(parts) if part not in _NO_NAMES), "outlet")


def _id(home: str, languages: Sequence[Language]) -> str:
    """Name the source by its host, with the language where that stands before it as a host of its own."""
    first = urls.host(home).split(".")[0]
    slug = re.sub(r"[^a-z0-9]+", "-", _host_name(home)).strip("-")
    return f"{slug}-{first}" if first in set(languages) else slug


def _languages(survey: Survey) -> tuple[Language, ...]:
    """Tell the languages of the titles of its lists and of the pages read, the most frequent first."""
    titles = [entry.title for tried in survey.answered for entry in tried.entries if entry.title]
    found = Counter(find_language(title) for title in titles)
    found.update({sample.article.language: 5 for sample in survey.samples if sample.article})
    found_any = found.total() > 0
    found.pop(Language.OTHER, None)
    most = [language for language, count in found.most_common() if count >= _LEAST_SHARE * found.total()]
    return tuple(most) or (survey.language or (Language.OTHER if found_any else Language.ARABIC),)


def _way(discovery: Discovery) -> dict[str, str]:
    return {discovery.way.value: discovery.url} | ({"links": discovery.links} if discovery.links else {})


def _closed(survey: Survey) -> dict[str, str] | None:
    reason, detail = survey.refusal or (ClosureReason.NO_LIST, "no feed, sitemap or REST interface of it was found")
    if survey.refusal is None and survey.answered:
        if _languages(survey) != (Language.OTHER,):
            return None
        reason, detail = ClosureReason.OTHER_LANGUAGE, "none of its titles is in a language that marsad reads"
    return {"reason": reason.value, "detail": detail, "instead": _INSTEAD}


# ---------------------------------------------------------------- what it promises


def _articles_a_day(survey: Survey) -> tuple[int, int]:
    """Estimate an ordinary day by the list that states most dates, from a third of its rate to twice as much."""
    dates = max((_dates(tried) for tried in survey.answered if not _is_search(tried)), key=len, default=[])
    if len(dates) < 2:  # noqa: PLR2004 a rate needs two
        return 1, 20
    days = max((dates[-1] - dates[0]) / timedelta(days=1), 1 / 24)
    rate = (len(dates) - 1) / days
    return int(_CAREFUL * rate), max(1, math.ceil(2 * rate))


def _dates(tried: Tried) -> list[datetime]:
    return sorted(entry.published_at for entry in tried.entries if entry.published_at)


def _is_search(tried: Tried) -> bool:
    return tried.discovery is not None and tried.discovery.is_search


def _undated_share(survey: Survey) -> float:
    """Return the share of the entries without a date, if the pages that were read do not state theirs either."""
    entries = [entry for tried in survey.answered for entry in tried.entries]
    named = {urls.canonical(entry.url) for entry in entries}
    dated = {urls.canonical(entry.url) for entry in entries if entry.published_at}
    are_dated = all(sample.article.published for sample in survey.samples if sample.article)
    return 0.0 if are_dated or not named else round(1 - len(dated) / len(named), 1)


# ---------------------------------------------------------------- what speaks against it


def _warnings(survey: Survey, now: datetime, owners: Mapping[str, str]) -> Iterator[str]:
    for host in dict.fromkeys(urls.host(f"https://{host}/") for host in survey.hosts):
        if host in owners:
            yield f"{host} is in the registry already, as `{owners[host]}`"
    if survey.refusal is not None:
        yield f"it is proposed as closed: {survey.refusal[1]}"
    yield from (f"robots.txt forbids {tried.url}" for tried in survey.tried if tried.forbidden)
    yield from _doubts_of_lists(survey, now)
    for sample in survey.samples:
        if sample.article is None:
            yield f"{sample.url} is no article to marsad: {sample.because}"
    if urlsplit(survey.home).scheme == "http":
        yield "it is asked over http: try its address with https"


def _doubts_of_entry(entry: Mapping[str, object], owners: Mapping[str, str]) -> Iterator[str]:
    if entry["id"] in owners.values():
        yield f"another source has the id {entry['id']} already"
    if "discovery" not in entry:
        yield "nothing of it was read: put its name and languages right"


def _doubts_of_lists(survey: Survey, now: datetime) -> Iterator[str]:
    strangers = Counter(
        urls.host(entry.url)
        for tried in survey.answered
        for entry in tried.entries
        if urls.host(entry.url) not in {urls.host(f"https://{host}/") for host in survey.hosts}
    )
    for host, count in strangers.most_common(3):
        yield f"{count} of its entries are on {host}: left out, unless you add it to hosts as the same outlet"
    for tried in survey.answered:
        newest = newest_of(tried.entries)
        if newest is not None and now - newest > FRESH and not _is_search(tried):
            yield f"the newest entry of {tried.url} is of {newest:%Y-%m-%d}: {(now - newest).days} days old"
        if newest is not None and newest - now > timedelta(days=1):
            yield f"the newest entry of {tried.url} is of {newest:%Y-%m-%d}, a day to come: its dates are wrong"
