"""Article, tags and topic to a judgement: is it about Morocco's security diplomacy, and because of which words.

A finding is a Moroccan side, a foreign side and something between them, near one another; or two services side by side,
or our intelligence beside another country; or words that name the topic itself. Its weight (0..1) is the product of the
weights of its parts and of its position. Findings that do not overlap add up as independent evidence does: 1 minus the
product of what each leaves open; words against take some away. The words and their sides are found in `signals`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, log1p, prod

from analysis.records import Article, Judgement, Tag
from analysis.signals import FoundSignal, Signal, find_signals
from analysis.tags import Vocabulary
from analysis.terms import Line
from analysis.topic import Side, Topic

_SIDES = frozenset({Side.MOROCCO, Side.MOROCCAN, Side.FOREIGN})
_RIGHT_BESIDE = 2  # characters
_MOST_AGAINST = 1.2  # evidence, not share: no number of words against outweighs three clear findings
_REASONS = 5


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
    signals = find_signals(article, tags, vocabulary)
    findings = _apart(_findings(signals, article, topic), topic.near)
    evidence = sum(-log1p(-finding.weight) for finding in findings)
    against = {each.term.words: each.term.weight for each in signals if each.term.side is Side.AGAINST}
    counter = min(_MOST_AGAINST, sum(-log1p(-weight) for weight in against.values()))
    score = round(1 - exp(-max(0.0, evidence - counter)), 3)
    because = tuple(" + ".join(finding.words) for finding in findings[:_REASONS])
    return Judgement(relevant=score >= topic.threshold, score=score, because=because)


# ---------------------------------------------------------------- findings


def _findings(signals: Sequence[FoundSignal], article: Article, topic: Topic) -> Iterator[Finding]:
    sides = Line(each for each in signals if each.term.side in _SIDES)
    for each in signals:
        position = _position(each.start, article, topic)
        if each.term.side is Side.TOPIC:
            yield _finding((each,), position)
        elif each.term.side is Side.BETWEEN and (parts := _parts(each, sides, topic)):
            yield _finding(parts, position)
        elif each.term.side is Side.MOROCCAN and (beside := _beside(each, sides, topic)):
            yield _finding((each, beside[0]), position * beside[1])


def _finding(parts: Sequence[FoundSignal], weight: float) -> Finding:
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    return Finding(
        tuple(part.term.words for part in parts), start, end, min(weight * prod(p.term.weight for p in parts), 0.99)
    )


def _beside(ours: FoundSignal, sides: Line[Signal], topic: Topic) -> tuple[FoundSignal, float] | None:
    """Find the foreign side near a Moroccan service with nothing said between them, and what the two weigh."""
    near = [each for each in sides.near(ours, topic.near) if each.term.side is Side.FOREIGN and not each.overlaps(ours)]
    service = _weightiest([each for each in near if each.term.security], ours)
    if service is not None:
        return service, topic.actors.side_by_side
    country = _weightiest(near, ours) if ours.term.spies else None
    return (country, topic.actors.spies_abroad) if country is not None else None


def _parts(between: FoundSignal, sides: Line[Signal], topic: Topic) -> tuple[FoundSignal, ...] | None:
    """Find the weightiest Moroccan side near words that stand between, and the weightiest foreign side beside both."""
    near = sides.near(between, topic.near)
    theirs = [each for each in near if each.term.side is Side.FOREIGN]
    found = [
        (ours, foreign)
        for ours in near
        if ours.term.side is not Side.FOREIGN
        for foreign in theirs
        if not foreign.overlaps(ours) and _is_enough(ours, between, foreign)
    ]
    best = max(found, key=lambda pair: _order(pair, between), default=None)
    return None if best is None else (best[0], between, best[1])


def _is_enough(ours: FoundSignal, between: FoundSignal, theirs: FoundSignal) -> bool:
    """Tell whether our side is named well enough: a service; or the country, if the words or their side are security's.

    Where only their side is, the country is to be named itself, or by its adjective right beside the words; and their
    side is no ministry. A fugitive's nationality is no side, nor is their service what stands between.
    """
    if ours.term.side is Side.MOROCCAN:
        return True
    if between.term.of_people and not ours.term.state:
        return False
    if between.term.security:
        return not (theirs.term.security and theirs.overlaps(between))
    is_state = ours.term.state or ours.is_near(between, _RIGHT_BESIDE)
    return between.term.state and theirs.term.security and not theirs.term.office and is_state


def _order(pair: tuple[FoundSignal, FoundSignal], between: FoundSignal) -> tuple[float, int, int]:
    ours, theirs = pair
    apart = abs(ours.start - between.start) + abs(theirs.start - between.start)
    return ours.term.weight * theirs.term.weight, -apart, -ours.start


def _weightiest(signals: Iterable[FoundSignal], beside: FoundSignal) -> FoundSignal | None:
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
