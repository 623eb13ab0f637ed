"""Who hears about what, and what they are told: recipients, rules, and messages as an alert keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from analysis.records.followed import Language
from analysis.records.happened import Direction, EventKind, Participant, Told, When


class Pace(StrEnum):
    """When a recipient is told: as it happens, or with everything else of a day or a week."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class Occasion(StrEnum):
    """Why a message is due; all but the first three are about no one event."""

    FIRST = "first"
    UPDATE = "update"
    RETRACTION = "retraction"
    DIGEST = "digest"
    TROUBLE = "trouble"
    TRIAL = "trial"


@dataclass(frozen=True, kw_only=True, slots=True)
class QuietHours:
    """When not to disturb, in the recipient's zone; over midnight where `start` is after `end`."""

    start: time
    end: time


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """One who is told things, by one channel: its name, to which `MARSAD_CHANNEL_<NAME>` gives the address and secret.

    `language` is that of the message, `zone` a name of the tz database. An operator hears of troubles too.
    """

    id: str
    channel: str
    language: Language
    zone: str = "Africa/Casablanca"
    quiet: QuietHours | None = None
    is_operator: bool = False
    wants_empty_digests: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What some recipients want to hear of: an event that has one of each list that is not empty.

    It must be told by `least_outlets` outlets, or by one of tier 1 where `trusts_tier_one`; a copy is an outlet's
    telling as well. `languages` are those of the articles that tell of it.
    """

    id: str
    recipients: tuple[str, ...]
    kinds: tuple[EventKind, ...] = ()
    directions: tuple[Direction, ...] = ()
    countries: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    told: tuple[Told, ...] = (Told.NEWS,)
    least_outlets: int = 2
    trusts_tier_one: bool = True
    pace: Pace = Pace.AT_ONCE


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """What one article tells of an event, with the sentence that says so; `outlet` is the source's name to read.

    One that is not dated was fetched on `told_on`, and may be old.
    """

    article_id: int
    source_id: str
    outlet: str
    tier: int
    language: Language
    url: str
    title: str
    told: Told
    told_on: date
    evidence: str
    is_copy: bool = False
    is_dated: bool = True


UNTOLD = "nobody tells of it any more"
"""Why an event is retracted by rule: articles that told of it were revised or withdrawn, or are read otherwise."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """An event as it stands, with all that alerts look at.

    People, bodies and the city are ids of the seeds, or as printed; `tags` are themes of the articles that tell of it;
    `linked` are other events by number and kind, such as what was signed on a visit. `is_known` tells that the seeds
    knew it; `fixed` names the facts that people fixed. `disagreements` are what its sources print differently: by
    fact, each value with those who print it.
    """

    event_id: int
    kind: EventKind
    direction: Direction | None
    told: Told
    people: tuple[str, ...]
    bodies: tuple[str, ...]
    countries: tuple[str, ...]
    city: str | None
    when: When | None
    made_at: datetime
    retracted_at: datetime | None = None
    retracted_because: str = ""
    is_known: bool = False
    tags: tuple[str, ...] = ()
    linked: tuple[tuple[int, EventKind], ...] = ()
    tellings: tuple[Telling, ...] = ()
    disagreements: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    fixed: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedEvent:
    """An event as feeds and calendars tell it, and when anything about it was last filed or done."""

    happening: Happening
    changed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class FactChange:
    """One fact of an event that is otherwise than the recipient was told; None where there was or is none.

    `when` is written `2026-06-26/2026-06-27 day` (first, last, precision), `told` and `city` as in the event. Of
    `people` and `linked` there is a change for each that is new or gone: a person's id, `12 agreement`. An event that
    was retracted and stands again changes its `told` from `denied`; one that a person took apart has a change `split`
    with the number of the other, and one that proved to be another one as well a change `merged` with its number.
    """

    fact: str
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """One message due to one recipient about one event, as it is decided; `because` are the rules that it meets."""

    recipient: str
    occasion: Occasion
    happening: Happening
    because: tuple[str, ...]
    changes: tuple[FactChange, ...] = ()
    due_at: datetime
    pace: Pace = Pace.AT_ONCE


@dataclass(frozen=True, kw_only=True, slots=True)
class Mute:
    """What a recipient does not want to hear of for a while: an event, a country, a rule; all, where none is named."""

    recipient: str
    event_id: int | None = None
    country: str | None = None
    rule: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Audience:
    """Everyone who is told things, what they want to hear of, and what not; `ours` are people of the Moroccan side."""

    recipients: tuple[Recipient, ...]
    rules: tuple[Rule, ...]
    mutes: tuple[Mute, ...] = ()
    ours: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What a recipient heard of an event: the last alert, and the one that waits and nobody has begun to send.

    `told_of` are the numbers of other events that he or she was told of, `told_apart` of those that proved to be this
    one after they were told for themselves, which nobody said yet.
    """

    last: Alert | None = None
    waiting: Alert | None = None
    told_of: frozenset[int] = frozenset()
    told_apart: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What is to be said to a recipient, as the outbox keeps it.

    `key` is a UUID that never changes: the Message-ID and the idempotency key are made of it. `thread` holds the keys
    of the messages on the same matter that went before, the first first. `facts` is what is said.
    """

    id: int
    key: str
    thread: tuple[str, ...]
    recipient: Recipient
    occasion: Occasion
    made_at: datetime
    because: tuple[str, ...]
    facts: Alert | Digest | Notice


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """A plain word to an operator, or a trial: a headline, lines of detail, and the command that tells more."""

    headline: str
    lines: tuple[str, ...] = ()
    more: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """How the sources answered in the time of a digest: no news is told apart from no crawl."""

    asked: int
    answered: int
    silent: tuple[tuple[str, date | None], ...] = ()
    articles: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class GrownStory:
    """A story that grew in the time of a digest: its first headline, how many articles `came`, in how many outlets."""

    story_id: int
    headline: str
    url: str
    came: int
    outlets: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """What came in a day or a week (`first` to `last`, both included, in the recipient's zone)."""

    pace: Pace
    first: date
    last: date
    alerts: tuple[Alert, ...]
    stories: tuple[GrownStory, ...]
    coverage: Coverage


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A message as it is sent, in the recipient's language: subject, plain text, HTML, a short form for chat, JSON.

    `key` and `thread` are the message's own; `body` is what `docs/webhook.schema.json` describes.
    """

    key: str
    thread: tuple[str, ...]
    occasion: Occasion
    language: Language
    made_at: datetime
    subject: str
    text: str
    html: str
    short: str
    body: Mapping[str, object]
