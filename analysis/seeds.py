"""Seed text to records. It is given the text and the file's name; reading files is `pipeline`'s.

Each mistake is a SeedError that names the file, the line and what was expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from analysis.entries import CorpusEntry, SourceEntry
from analysis.errors import SeedError
from analysis.records import SeedDocument, Source
from analysis.records.followed import PHRASE
from analysis.shapes import Node, build, json_node, yaml_node
from analysis.topic import Topic
from analysis.vocabulary import Body, EventWords, Person, Places, Seeds, Theme

T = TypeVar("T")


def read(text: str, *, file: str, shape: type[T]) -> tuple[T, ...]:
    """Read a file that is a list of entries, each a record of type `shape`.

    No two entries may share an `id`, nor a word that names: no spelling is two entries'.
    """
    root = yaml_node(text, file=file)
    if not isinstance(root.value, list):
        raise SeedError(file=file, line=root.line, expected="expected a list of entries, each begun with '- '")
    found = tuple(build(node, shape, file=file) for node in root.value)
    _refuse_twins(root.value, file)
    return found


def read_one(text: str, *, file: str, shape: type[T]) -> T:
    """Read a file that is one record of type `shape`."""
    return build(yaml_node(text, file=file), shape, file=file)


# ---------------------------------------------------------------- what two entries may not share


def _refuse_twins(entries: Sequence[Node], file: str) -> None:
    ids: dict[str, int] = {}
    words: dict[str, tuple[int, str]] = {}
    for node, name in _named(entries):
        if name in ids:
            expected = f"expected an id of its own, but '{name}' is the id of line {ids[name]} too"
            raise SeedError(file=file, line=node.line, expected=expected)
        ids[name] = node.line
        for line, word in _words_of(node):
            _, owner = words.setdefault(word, (line, name))
            if owner != name:
                expected = f"expected a word for one id only, but '{word}' stands for '{owner}' too"
                raise SeedError(file=file, line=line, expected=f"{expected} (line {words[word][0]})")


def _named(entries: Iterable[Node]) -> Iterator[tuple[Node, str]]:
    for node in entries:
        written = node.value if isinstance(node.value, dict) else {}
        name = written.get("id") or written.get("code")
        if name is not None:
            yield node, str(name.value)


def _words_of(entry: Node) -> Iterator[tuple[int, str]]:
    written = entry.value if isinstance(entry.value, dict) else {}
    for key in ("names", "phrases", "adjectives", "surnames", "titles", "shared", "unsure"):
        languages = written[key].value if key in written else {}
        for listed in languages.values() if isinstance(languages, dict) else ():
            for word in listed.value if isinstance(listed.value, list) else ():
                yield word.line, str(word.value)


# ---------------------------------------------------------------- sources


def read_sources(text: str, *, file: str, country: str | None = None) -> tuple[Source, ...]:
    """Read sources; `country` is theirs where an entry names none, and home's host is theirs where it lists none."""
    entries = read(text, file=file, shape=SourceEntry)
    return tuple(entry.source(_country_of(entry, country, file)) for entry in entries)


def _country_of(entry: SourceEntry, country: str | None, file: str) -> str:
    if entry.country is None and country is None:
        raise SeedError(file=file, line=None, expected=f"expected the key 'country' in the entry '{entry.id}'")
    return entry.country or country or ""


def fill_searches(sources: Iterable[Source], topic: Topic) -> tuple[Source, ...]:
    """Give each source that asks a search (`{phrase}` in an address) the topic's phrases in its languages.

    Raises SeedError where there are none.
    """
    return tuple(_with_searches(source, topic) if _asks_search(source) else source for source in sources)


def _asks_search(source: Source) -> bool:
    return any(discovery.is_search for discovery in source.discovery)


def _with_searches(source: Source, topic: Topic) -> Source:
    phrases = [phrase for language in source.languages for phrase in topic.searches.get(language, ())]
    if not phrases:
        expected = f"expected searches in a language of '{source.id}', for it has a way with {PHRASE}"
        raise SeedError(file="topic.yml", line=None, expected=expected)
    return replace(source, searches=tuple(dict.fromkeys(phrases)))  # names are alike in several languages


# ---------------------------------------------------------------- actors, places, topic


def read_people(text: str, *, file: str) -> tuple[Person, ...]:
    """Read `seeds/people.yml`."""
    return read(text, file=file, shape=Person)


def read_bodies(text: str, *, file: str) -> tuple[Body, ...]:
    """Read `seeds/bodies.yml`."""
    return read(text, file=file, shape=Body)


def read_places(text: str, *, file: str) -> Places:
    """Read `seeds/places.yml`: the keys `countries` and `cities`, each a list."""
    root = yaml_node(text, file=file)
    places = build(root, Places, file=file)
    for listed in root.value.values() if isinstance(root.value, dict) else ():
        _refuse_twins(listed.value if isinstance(listed.value, list) else (), file)
    return places


def read_themes(text: str, *, file: str) -> tuple[Theme, ...]:
    """Read `seeds/tags.yml`."""
    return read(text, file=file, shape=Theme)


def read_topic(text: str, *, file: str) -> Topic:
    """Read `seeds/topic.yml`."""
    return read_one(text, file=file, shape=Topic)


def read_events(text: str, *, file: str) -> EventWords:
    """Read `seeds/events.yml`."""
    return read_one(text, file=file, shape=EventWords)


def gather(  # noqa: PLR0913 one argument for each file
    *,
    topic: Topic,
    people: tuple[Person, ...],
    bodies: tuple[Body, ...],
    places: Places,
    themes: tuple[Theme, ...],
    events: EventWords | None = None,
) -> Seeds:
    """Put the seeds together; raises SeedError where a person belongs to a body that no entry describes."""
    known = {body.id for body in bodies}
    for person in people:
        if person.body is not None and person.body not in known:
            expected = f"expected the body of '{person.id}' to be an id of bodies.yml, found '{person.body}'"
            raise SeedError(file="people.yml", line=None, expected=expected)
    return Seeds(topic=topic, people=people, bodies=bodies, places=places, themes=themes, events=events or EventWords())


# ---------------------------------------------------------------- the seed corpus


def read_corpus(text: str, *, file: str) -> tuple[SeedDocument, ...]:
    """Read seed documents, one JSON object a line; empty lines are passed over, and no two may share an id."""
    numbered = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    nodes = [json_node(line, file=file, line=number) for number, line in numbered]
    found = tuple(build(node, CorpusEntry, file=file).seed_document() for node in nodes)
    _refuse_twins(nodes, file)
    return found
