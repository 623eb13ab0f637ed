"""What makes an article be about security diplomacy: phrases, their sides and weights, as `seeds/topic.yml` says."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from analysis.forms import CountryCode, Names, Slug, Weight


class Side(StrEnum):
    """What a phrase or a name contributes to the topic: `MOROCCAN` is a Moroccan service, `MOROCCO` the country.

    `SERVICE` is one, or an official without `security`, whose country stands beside it.
    """

    MOROCCO = "morocco"
    MOROCCAN = "moroccan"
    FOREIGN = "foreign"
    SERVICE = "service"
    BETWEEN = "between"
    TOPIC = "topic"
    AGAINST = "against"


@dataclass(frozen=True, kw_only=True, slots=True)
class PhraseGroup:
    """Phrases that contribute the same weight (0..1) to the same side.

    `security` marks words between two sides that speak of security themselves: beside them the country is side enough;
    beside those of `state` it is if the other side is a service. `spies` marks services that work abroad. Words that
    the countries `namesakes` use too are theirs where one of them is named and Morocco is not. Those `among_services`
    speak of security where a word for a service stands beside them. Those `of_people` are said of somebody, whose
    nationality an adjective beside them is. An `office` has other trades than security, and speaks of all of them.
    """

    id: Slug
    side: Side
    weight: Weight
    phrases: Names
    security: bool = False
    state: bool = False
    spies: bool = False
    namesakes: tuple[CountryCode, ...] = ()
    among_services: bool = False
    of_people: bool = False
    office: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorWeights:
    """What a name of the other seeds weighs (0..1) as a side of the topic.

    `side_by_side` is what a Moroccan and a foreign service near each other weigh with nothing said between them,
    `spies_abroad` a Moroccan intelligence service, or the head of a service, near a foreign country.
    """

    morocco: Weight
    moroccan_service: Weight
    moroccan_ministry: Weight
    foreign_service: Weight
    foreign_ministry: Weight
    foreign_country: Weight
    foreign_adjective: Weight
    foreign_city: Weight
    side_by_side: Weight
    spies_abroad: Weight


@dataclass(frozen=True, kw_only=True, slots=True)
class PositionWeights:
    """What a finding in the title, in the first characters of the text (`lead_characters`) or after them weighs."""

    title: float
    lead: float
    body: float
    lead_characters: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """What makes an article be about security diplomacy.

    `near` is how many characters may lie between the words of a finding; `threshold` is the least score that counts.
    `joining` are the words that may stand between a service and its country, or its head; `heads` those for a head,
    `secretaries` for a secretary general, and `former` those that make one a deputy or a former one.
    `searches` judge nothing: they are what a site's own search is asked for, each a request, the best first.
    """

    threshold: Weight
    near: int
    actors: ActorWeights
    positions: PositionWeights
    groups: tuple[PhraseGroup, ...]
    joining: Names = field(default_factory=dict)
    heads: Names = field(default_factory=dict)
    secretaries: Names = field(default_factory=dict)
    former: Names = field(default_factory=dict)
    searches: Names = field(default_factory=dict)
