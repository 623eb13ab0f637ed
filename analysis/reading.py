"""An article read: its tags, whether it is ours, what it tells, and what is kept of it to know it again."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.dedupe import fingerprint
from analysis.presences import Reader
from analysis.records import Article, Filing, Fingerprint, Judgement, Placement, Report, Tag
from analysis.relevance import judge
from analysis.reports import find_reports
from analysis.tags import find_tags


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """All that can be said of one article from itself; one that is not relevant tells nothing."""

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
    judgement = judge(article, tags, reader.vocabulary)
    return Reading(
        article=article,
        tags=tags,
        judgement=judgement,
        reports=find_reports(article, tags, reader) if judgement.relevant else (),
        fingerprint=fingerprint(article.text),
    )
