"""Article, tags and topic to a judgement: is it about Morocco's security diplomacy, and because of which words.

A finding is a Moroccan side, a foreign side and something between them, near one another; or two services side by side;
or words that name the topic itself. Its weight (0..1) is the product of the weights of its parts and of its position.
Findings that do not overlap add up as independent evidence does: 1 minus the product of what each leaves open; words
against take some away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, log1p, prod

from analysis.records import Article, Field, Judgement, Tag, TagKind
from analysis.tags import Vocabulary, is_adjective
from analysis.terms import Found, Line, longest
from analysis.topic import Side, Topic
from analysis.vocabulary import MOROCCO, BodyKind

_MINISTRIES = frozenset({BodyKind.INTERIOR, BodyKind.JUSTICE, BodyKind.PRISON, BodyKind.CUSTOMS})
_NO_SIDE = frozenset({BodyKind.AGENCY, BodyKind.DEFENCE})  # armies have a diplomacy of their own
_MOST_AGAINST = 1.2  # evidence, not share: no number of words against outweighs three clear findings
_REASONS = 5


@dataclass(frozen=True, slots=True)
class Signal:
    """What one word or name contributes, and whether it speaks of security itself."""

    side: Side
    weight: float
    words: str
    security: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What makes an article ours: the words, where they begin and end (title and text counted as one), the weight."""

    words: tuple[str, ...]
    start: int
    end: int
    weight: float


def judge(article: Article, tags: Sequence[Tag], vocabulary: Vocabulary) -> Judgement:
    """Score an article (0..1); it is relevant from the threshold of the topic on."""
    topic = vocabulary.seeds.topic
    signals = _ours([*_from_tags(article, tags, vocabulary), *_from_phrases(article, vocabulary)])
    findings = _apart(_findings(signals, article, topic), topic.near)
    evidence = sum(-log1p(-finding.weight) for finding in findings)
    against = {each.term.words: each.term.weight for each in signals if each.term.side is Side.AGAINST}
    counter = min(_MOST_AGAINST, sum(-log1p(-weight) for weight in against.values()))
    score = round(1 - exp(-max(0.0, evidence - counter)), 3)
    because = tuple(" + ".join(finding.words) for finding in findings[:_REASONS])
    return Judgement(relevant=score >= topic.threshold, score=score, because=because)


# ---------------------------------------------------------------- signals


def _from_tags(article: Article, tags: Iterable[Tag], vocabulary: Vocabulary) -> Iterator[Found[Signal]]:
    for tag in tags:
        side, weight = _side_of(tag, vocabulary)
        if side is not None:
            offset, is_actor = _offset(tag.span.field, article), tag.kind in (TagKind.PERSON, TagKind.BODY)
            yield Found(
                Signal(side, weight, tag.surface, security=is_actor), tag.span.start + offset, tag.span.end + offset
            )


def _side_of(tag: Tag, vocabulary: Vocabulary) -> tuple[Side | None, float]:
    weights = vocabulary.seeds.topic.actors
    if tag.kind is TagKind.COUNTRY:
        return Side.FOREIGN, weights.foreign_country
    if tag.kind is TagKind.PLACE:
        is_ours = vocabulary.cities[tag.id].country == MOROCCO
        return (Side.MOROCCO, weights.morocco) if is_ours else (Side.FOREIGN, weights.foreign_city)
    if tag.kind not in (TagKind.PERSON, TagKind.BODY):
        return None, 0.0
    country, body = _belongs(tag, vocabulary)
    if body in _NO_SIDE:
        return None, 0.0
    is_ministry = tag.kind is TagKind.BODY and body in _MINISTRIES  # its minister weighs as a service does
    if country == MOROCCO:
        return Side.MOROCCAN, weights.moroccan_ministry if is_ministry else weights.moroccan_service
    return Side.FOREIGN, weights.foreign_country if body in (None, BodyKind.OTHER) else weights.foreign_service


def _belongs(tag: Tag, vocabulary: Vocabulary) -> tuple[str | None, BodyKind | None]:
    """Return the country of a person or body, and the kind of the body."""
    if tag.kind is TagKind.BODY:
        return vocabulary.bodies[tag.id].country, vocabulary.bodies[tag.id].kind
    person = vocabulary.people[tag.id]
    return person.country, vocabulary.bodies[person.body].kind if person.body else None


def _from_phrases(article: Article, vocabulary: Vocabulary) -> Iterator[Found[Signal]]:
    for field, text in ((Field.TITLE, article.title), (Field.TEXT, article.text)):
        offset = _offset(field, article)
        for each in longest(vocabulary.phrases.find(text), kind=lambda group: vocabulary.groups[group].side):
            group = vocabulary.groups[each.term]
            signal = Signal(group.side, group.weight, text[each.start : each.end], group.security)
            yield Found(signal, each.start + offset, each.end + offset)


def _ours(signals: Sequence[Found[Signal]]) -> list[Found[Signal]]:
    """Take away Moroccan sides inside a foreign name, and services before a foreign adjective: they are not ours."""
    sides = [each for each in signals if each.term.side is Side.FOREIGN]
    adjectives = {each.start for each in sides if is_adjective(each.term.words)}
    foreign = Line(sides)
    return [
        each
        for each in signals
        if each.term.side not in (Side.MOROCCAN, Side.MOROCCO)
        or not (foreign.overlapping(each) or (each.term.side is Side.MOROCCAN and each.end + 1 in adjectives))
    ]


def _offset(field: Field, article: Article) -> int:
    return 0 if field is Field.TITLE else len(article.title) + 1


# ---------------------------------------------------------------- findings


def _findings(signals: Sequence[Found[Signal]], article: Article, topic: Topic) -> Iterator[Finding]:
    line = Line(signals)
    for each in signals:
        if each.term.side is Side.TOPIC:
            yield _finding((each,), _position(each.start, article, topic))
        elif each.term.side is Side.BETWEEN and (parts := _parts(each, line, topic)):
            yield _finding(parts, _position(each.start, article, topic))
        elif each.term.side is Side.MOROCCAN and (service := _service_beside(each, line, topic)):
            yield _finding((each, service), _position(each.start, article, topic) * topic.actors.side_by_side)


def _finding(parts: Sequence[Found[Signal]], weight: float) -> Finding:
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    return Finding(
        tuple(part.term.words for part in parts), start, end, min(weight * prod(p.term.weight for p in parts), 0.99)
    )


def _service_beside(ours: Found[Signal], line: Line[Signal], topic: Topic) -> Found[Signal] | None:
    near = [each for each in line.near(ours, topic.near) if each.term.side is Side.FOREIGN]
    return _weightiest([each for each in near if each.term.security and not each.overlaps(ours)], ours)


def _parts(between: Found[Signal], line: Line[Signal], topic: Topic) -> tuple[Found[Signal], ...] | None:
    """Find the weightiest Moroccan side near words that stand between, and the weightiest foreign side beside both."""
    near = line.near(between, topic.near)
    ours = (Side.MOROCCAN, Side.MOROCCO) if between.term.security else (Side.MOROCCAN,)
    moroccan = _weightiest([each for each in near if each.term.side in ours], between)
    if moroccan is None:
        return None
    foreign = _weightiest(
        [each for each in near if each.term.side is Side.FOREIGN and not each.overlaps(moroccan)], between
    )
    return None if foreign is None else (moroccan, between, foreign)


def _weightiest(signals: Iterable[Found[Signal]], beside: Found[Signal]) -> Found[Signal] | None:
    return max(signals, key=lambda each: (each.term.weight, -abs(each.start - beside.start), -each.start), default=None)


def _position(start: int, article: Article, topic: Topic) -> float:
    if start < len(article.title):
        return topic.positions.title
    in_lead = start - len(article.title) <= topic.positions.lead_characters
    return topic.positions.lead if in_lead else topic.positions.body


def _apart(findings: Iterable[Finding], near: int) -> list[Finding]:
    """Keep the weightiest finding of each stretch of text, so that saying one thing twice is not two things."""
    kept: list[Finding] = []
    for each in sorted(findings, key=lambda each: (-each.weight, each.start, each.words)):
        if all(each.start - other.end > near or other.start - each.end > near for other in kept):
            kept.append(each)
    return kept
