"""An article read: its tags, whether it is ours, what it tells, and what is kept of it to know it again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from analysis.dedupe import fingerprint, fingerprint_of
from analysis.presences import Reader
from analysis.records import Article, EventKind, Filing, Fingerprint, Judgement, Placement, Report, Tag, TagKind, Told
from analysis.refrains import leave_out
from analysis.relevance import judge
from analysis.reports import find_reports
from analysis.tags import find_tags


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """All that can be said of one article from itself; an event beside words of the topic is enough."""

    article: Article
    tags: tuple[Tag, ...]
    judgement: Judgement
    reports: tuple[Report, ...]
    fingerprint: Fingerprint

    def filing(self, placement: Placement) -> Filing:
        """Put the reading and the place of the article among the texts we know together."""
        return Filing(
            article=self.article,
            judgement=self.judgement,
            tags=self.tags,
            reports=self.reports,
            fingerprint=self.fingerprint,
            placement=placement,
        )


def read(article: Article, reader: Reader) -> Reading:
    """Read an article to the end; the same article and seeds give the same reading, on any day and machine."""
    tags = find_tags(article, reader.vocabulary)
    reports = find_reports(article, tags, reader)
    return Reading(
        article=article,
        tags=tags,
        judgement=_confirmed(judge(article, tags, reader.vocabulary), reports, reader.vocabulary.seeds.topic.threshold),
        reports=reports,
        fingerprint=fingerprint(article.text, (tag.id for tag in tags if tag.kind is TagKind.COUNTRY)),
    )


def leave_refrains_out(reading: Reading, refrains: Collection[int]) -> Reading:
    """Know the article again by its own words alone, without the paragraphs of these hashes."""
    if not refrains:
        return reading
    own = leave_out(reading.article.text, refrains)
    return replace(reading, fingerprint=fingerprint_of(own, reading.fingerprint.countries))


def _confirmed(judgement: Judgement, reports: Sequence[Report], threshold: float) -> Judgement:
    """Take in an article that tells of an event beside words of the topic, however few: both sides do something in it.

    An event alone is none of ours: ministers of all kinds sign and travel. Nor is one that is only recalled, and of
    nobody by name, which stands in the background of something else; nor an operation of no service.
    """
    telling = [each for each in reports if each.people or each.bodies or _is_enough(each)]
    told = dict.fromkeys(" ".join((each.kind, *each.countries)) for each in telling)
    if judgement.relevant or not told or not judgement.because:
        return judgement
    return Judgement(relevant=True, score=max(judgement.score, threshold), because=(*judgement.because, *told))


def _is_enough(report: Report) -> bool:
    """Tell whether a report that names nobody makes an article ours."""
    return report.told is not Told.RECALLED and report.kind is not EventKind.OPERATION
