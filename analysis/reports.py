"""Article and tags to reports: what this article says happened, each once, with the sentence that says it best.

The way of a sentence, module by module:

- `staging` cuts the article into scenes (`scenes`): sentences with the words of `seeds/events.yml` that stand in them
  (`cues`), and who and which places do (`presences`);
- `grammar` reads what a scene tells as drafts: who goes where (`trips`), who receives whom (`receptions`), and what
  several words tell together (`combinations`: agreements, decorations, operations and the like);
- what only several sentences tell is read over them: `papers` (named in one, signed in the next), `operations`,
  `handovers`, the stops of a tour (`tours`), and a visit by the opening as a whole (`frames`);
- `telling` says of each draft how it is told, and `timing` when it was;
- `findings` puts together what tells the same. Here the article as a whole decides what is news, and reports it;
  `coherence` takes out what contradicts it, `stays` says when it was, `participants` who had which part in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.coherence import Retold, countries_of_group, made_coherent, with_days_of_visits
from analysis.findings import Finding, agree, group_findings, read_findings
from analysis.frames import is_frame, read_frame
from analysis.participants import participants_of
from analysis.presences import Party, Presence, Reader
from analysis.records import Article, EventKind, Field, Language, Precision, Report, Tag, TagKind, Told
from analysis.scenes import Scene
from analysis.staging import OPENING, stage
from analysis.stays import when_of
from analysis.telling import is_opinion
from analysis.tours import read_tour

_LEAD = 5  # sentences: what is first told after them, without a date, is background
_REVIEW = 4  # visits to as many countries are a review


def find_reports(article: Article, tags: Sequence[Tag], reader: Reader) -> tuple[Report, ...]:
    """Say what an article tells happened, in the order of the evidence; nothing without both sides."""
    if article.language is Language.OTHER:
        return ()
    scenes = stage(article, tags, reader)
    published = article.published.on if article.published else None
    findings = read_findings(scenes, reader, published)
    findings += read_tour(scenes, findings, published)
    findings += read_frame(scenes, findings, published)
    first = [each for each in findings if not each.is_faint and (each.scene.sentence.number <= 1 or is_frame(each))]
    opening = [each for each in scenes if each.sentence.number < OPENING]
    opinion = is_opinion(opening, tells=bool(first), dated=any(_says_day(each) for each in first))
    aged = made_coherent([*_aged(group_findings(findings), opinion=opinion)], scenes)
    reports = with_days_of_visits([_report(article, each, scenes) for each in _without_talks_of_visits(aged)])
    return tuple(
        sorted(reports, key=lambda each: (each.span.field is Field.TEXT, each.span.start, each.kind, each.countries))
    )


def _says_day(finding: Finding) -> bool:
    """Tell whether it is news of a day."""
    when, told = finding.telling.when, finding.telling.told
    return when is not None and when.precision is Precision.DAY and told is Told.NEWS


# ---------------------------------------------------------------- news or not


def _aged(groups: Sequence[list[Finding]], *, opinion: bool) -> Iterator[Retold]:
    """Say how each group is told: background, reviews and opinion pieces recall."""
    visits = {(g[0].draft.direction, countries_of_group(g)) for g in groups if g[0].draft.kind is EventKind.VISIT}
    current = {countries_of_group(each) for each in groups if _is_visit_of_these_days(each)}
    for group in groups:
        told = _told(group)
        late = min(each.scene.sentence.number for each in group) >= _LEAD or len(visits) >= _REVIEW
        undated = all(each.telling.when is None for each in group)
        late = late and not (group[0].draft.kind is EventKind.AGREEMENT and countries_of_group(group) in current)
        faint = all(each.is_faint for each in group)
        yield group, Told.RECALLED if told is Told.NEWS and (opinion or faint or (late and undated)) else told


def _is_visit_of_these_days(group: Sequence[Finding]) -> bool:
    """Tell whether a visit is news with a day: what is signed further on with the same country is signed on it."""
    dated = any(each.telling.when is not None and not each.is_faint for each in group)
    return group[0].draft.kind is EventKind.VISIT and dated and _told(group) is Told.NEWS


def _told(group: Sequence[Finding]) -> Told:
    """A denial beats all; then the title, if it says more than a name; then news."""
    clear = [each.telling.told for each in group if not each.is_faint] or [group[0].telling.told]
    if Told.DENIED in clear:
        return Told.DENIED
    if any(each.telling.told is Told.RECALLED and each.telling.marked and not each.is_faint for each in group):
        return Told.RECALLED
    if group[0].scene.sentence.field is Field.TITLE and not group[0].is_faint:
        return clear[0]
    return Told.NEWS if Told.NEWS in clear else clear[0]


def _without_talks_of_visits(told: Sequence[Retold]) -> list[Retold]:
    """Leave out talks that are part of a visit, unless words tell them in another way than the visit."""
    visits = [(countries_of_group(group), how) for group, how in told if group[0].draft.kind is EventKind.VISIT]
    return [
        (group, how)
        for group, how in told
        if not (_is_talk(group) and any(_is_part(group, how, theirs, other) for theirs, other in visits))
    ]


def _is_part(talks: Sequence[Finding], how: Told, countries: tuple[str, ...], told: Told) -> bool:
    alike = how is told or not any(each.telling.marked and each.telling.told is how for each in talks)
    return alike and agree(countries_of_group(talks), countries)


def _is_talk(group: Sequence[Finding]) -> bool:
    return group[0].draft.kind is EventKind.MEETING


# ---------------------------------------------------------------- the report


def _report(article: Article, told: Retold, scenes: Sequence[Scene]) -> Report:
    group, how = told
    best = min(group, key=lambda each: _rank(each, how))
    countries = best.draft.countries or countries_of_group(group)
    told_of = [best, *group]
    named = [each for finding in told_of for each in finding.scene.presences if _belongs(each, countries)]
    people = tuple(dict.fromkeys(each.id for each in named if each.kind is TagKind.PERSON and each.id))
    return Report(
        kind=best.draft.kind,
        direction=best.draft.direction,
        told=how,
        people=people,
        bodies=tuple(dict.fromkeys(each.id for each in named if each.kind is TagKind.BODY and each.id)),
        countries=countries,
        city=next((each.draft.city for each in told_of if each.draft.city), None),
        when=when_of((told_of, how), scenes, article.published.on if article.published else None),
        evidence=best.scene.sentence.span.of(article),
        span=best.scene.sentence.span,
        rule=best.draft.rule,
        participants=participants_of([(each.scene, each.draft) for each in told_of], people),
    )


def _rank(finding: Finding, told: Told) -> tuple[bool, bool, bool, bool, int]:
    """Order evidence, the best first: told that way, clear, with a date, from the body, early."""
    in_title = finding.scene.sentence.field is Field.TITLE
    undated = finding.telling.when is None
    return finding.telling.told is not told, finding.is_faint, undated, in_title, finding.scene.sentence.number


def _belongs(each: Presence, countries: tuple[str, ...]) -> bool:
    """Tell whether somebody is of this report: ours, or theirs of one of its countries or of none."""
    return each.party is Party.OURS or (
        each.party is Party.THEIRS and (each.country is None or each.country in countries)
    )
