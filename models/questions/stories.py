"""Stories, who told them first, and copies beside their originals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text

from models.desk import Desk
from models.questions.events import COLUMNS as EVENT
from models.questions.events import EventFacts
from models.questions.filters import MOST, StoryFilters

COLUMNS = """
    stories.story, stories.first_article, left(stories.title, 1000) AS title, written.language, stories.first_source,
    sources.name AS outlet, sources.name_ar AS outlet_ar, stories.started_on, stories.last_on, stories.articles,
    stories.copies, stories.sources, stories.languages
"""
JOINED = """
    JOIN analyst.sources ON sources.source = stories.first_source
    LEFT JOIN LATERAL (
        SELECT language FROM analyst.articles WHERE article = stories.first_article
    ) AS written ON true
"""
STORIES = text(f"""
    SELECT {COLUMNS} FROM (
        SELECT * FROM analyst.stories
        WHERE articles >= :least
            AND (CAST(:since AS date) IS NULL OR last_on >= :since)
            AND (CAST(:until AS date) IS NULL OR started_on <= :until)
            AND (CAST(:after AS date) IS NULL OR (last_on, story) < (CAST(:after AS date), CAST(:number AS bigint)))
        ORDER BY last_on DESC, story DESC LIMIT :most
    ) AS stories {JOINED} ORDER BY stories.last_on DESC, stories.story DESC
""")  # noqa: S608 nothing of an address stands in it
GROWN = text(f"""
    SELECT {COLUMNS}, came.came FROM (
        SELECT articles.story, count(*) AS came
        FROM analyst.searches JOIN analyst.articles USING (article)
        WHERE searches.told_on BETWEEN CAST(:since AS date) AND CAST(:until AS date)
        GROUP BY articles.story HAVING count(*) > 1 ORDER BY came DESC, articles.story DESC LIMIT :most
    ) AS came JOIN analyst.stories USING (story) {JOINED} ORDER BY came.came DESC, stories.story DESC
""")  # noqa: S608 as above
ONE = text(f"SELECT {COLUMNS} FROM analyst.stories {JOINED} WHERE story = :story")  # noqa: S608 as above
TELLERS = text("""
    SELECT articles.article, articles.source, sources.name AS outlet, sources.name_ar AS outlet_ar, articles.language,
        left(articles.title, 1000) AS title, articles.url, articles.told_on, articles.published_at, articles.fetched_at,
        articles.copy_kind, articles.copy_share, articles.copy_of, articles.copy_of_seed, articles.words
    FROM analyst.articles JOIN analyst.sources ON sources.source = articles.source
    WHERE articles.story = :story
    ORDER BY articles.told_on, articles.published_at NULLS LAST, articles.copy_kind IS NOT NULL,
        articles.fetched_at, articles.article
    LIMIT :most OFFSET :begin
""")
GROWTH = text("""
    SELECT told_on AS day, count(*) AS articles, count(*) FILTER (WHERE place = 1) AS new_sources FROM (
        SELECT told_on, row_number() OVER (PARTITION BY source ORDER BY told_on, article) AS place
        FROM analyst.articles WHERE story = :story
    ) AS told GROUP BY told_on ORDER BY told_on
""")
TOLD = text(f"""
    SELECT {EVENT} FROM analyst.events WHERE event IN (
        SELECT said.event FROM analyst.event_reports AS said JOIN analyst.articles USING (article)
        WHERE articles.story = :story AND said.told IN ('news', 'announced', 'denied')
    ) ORDER BY happened_on DESC, event DESC LIMIT 50
""")  # noqa: S608 as above
MERGED = text("""
    WITH RECURSIVE became (story, steps) AS (
        SELECT CAST(:story AS bigint), 0
        UNION ALL
        SELECT kept, steps + 1 FROM became JOIN analyst.merged_stories USING (story) WHERE steps < 100
    )
    SELECT story FROM became WHERE story <> :story ORDER BY steps DESC LIMIT 1
""")
PAIR = text("""
    SELECT copies.article, copies.kind, copies.share, copies.original, copies.seed, copies.original_title,
        copies.original_published_on, mine.title, left(mine.text, :most) AS text, mine.language, mine.url, mine.told_on,
        mine.source, ours.name AS outlet, ours.name_ar AS outlet_ar, theirs.language AS original_language,
        left(theirs.text, :most) AS original_text, theirs.url AS original_url, theirs.source AS original_source,
        others.name AS original_outlet, others.name_ar AS original_outlet_ar
    FROM analyst.copies
    JOIN analyst.articles AS mine ON mine.article = copies.article
    JOIN analyst.sources AS ours ON ours.source = mine.source
    LEFT JOIN analyst.articles AS theirs ON theirs.article = copies.original
    LEFT JOIN analyst.sources AS others ON others.source = theirs.source
    WHERE copies.article = :article
""")
COMPARED = 40_000
"""So many characters of each text are held against one another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryFacts:
    """A story, with its first article's headline and outlet; `came` is how many articles came lately."""

    story: int
    first_article: int
    title: str
    language: str | None
    first_source: str
    outlet: str
    outlet_ar: str | None
    started_on: date
    last_on: date
    articles: int
    copies: int
    sources: int
    languages: tuple[str, ...]
    came: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Teller:
    """An article of a story."""

    article: int
    source: str
    outlet: str
    outlet_ar: str | None
    language: str
    title: str
    url: str
    told_on: date
    published_at: datetime | None
    fetched_at: datetime
    copy_kind: str | None
    copy_share: float | None
    copy_of: int | None
    copy_of_seed: str | None
    words: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A copy beside its original; `original_text` is None where only its fingerprint is kept."""

    article: int
    kind: str
    share: float | None
    original: int | None
    seed: str | None
    original_title: str | None
    original_published_on: date | None
    title: str
    text: str
    language: str
    url: str
    told_on: date
    source: str
    outlet: str
    outlet_ar: str | None
    original_language: str | None
    original_text: str | None
    original_url: str | None
    original_source: str | None
    original_outlet: str | None
    original_outlet_ar: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GrowthDay:
    """How many articles a story grew by in a day, and how many of their sources had not told it before."""

    day: date
    articles: int
    new_sources: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeStory:
    """A story with its articles, the first first, how it grew, and the events they tell of as news."""

    story: StoryFacts
    articles: tuple[Teller, ...]
    growth: tuple[GrowthDay, ...]
    events: tuple[EventFacts, ...]


def list_stories(desk: Desk, wanted: StoryFilters) -> tuple[StoryFacts, ...]:
    """List stories, the last told first."""
    return desk.all(StoryFacts, STORIES, wanted.model_dump())


def grown_stories(desk: Desk, since: date, until: date, most: int) -> tuple[StoryFacts, ...]:
    """List the stories of which most articles came between two days."""
    return desk.all(StoryFacts, GROWN, {"since": since, "until": until, "most": most})


def read_story(desk: Desk, number: int, begin: int = 0, most: int = MOST) -> WholeStory | None:
    """Read a story, and so many of its articles after the first few; None where there is none of this number."""
    asked = {"story": number, "begin": begin, "most": most}
    story = desk.one(StoryFacts, ONE, asked)
    if story is None:
        return None
    return WholeStory(
        story=story,
        articles=desk.all(Teller, TELLERS, asked),
        growth=desk.all(GrowthDay, GROWTH, asked),
        events=desk.all(EventFacts, TOLD, asked),
    )


def story_merged_into(desk: Desk, number: int) -> int | None:
    """Return the number of the story that another became a part of, None for one that did not."""
    found: int | None = desk.value(MERGED, {"story": number})
    return found


def read_pair(desk: Desk, article: int) -> Pair | None:
    """Read a copy and its original; None where the article is no copy."""
    return desk.one(Pair, PAIR, {"article": article, "most": COMPARED})
