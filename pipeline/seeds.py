"""The seed files, read from their folder: what judges, whom we follow, and the texts we know from the start.

What the files may say is `analysis.seeds`'; here they are found, and held against one another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis import corpus, seeds, urls
from analysis.alert_seeds import AlertSeeds, find_strangers, read_alerts
from analysis.errors import SeedError
from analysis.history import KnownEvent, read_history
from analysis.records import Language, SeedDocument, Source
from analysis.settings import Settings
from analysis.topic import Topic
from analysis.vocabulary import Seeds
from channels.names import NameBook
from channels.wording import Wording
from channels.words import read_words

JUDGING = ("topic.yml", "people.yml", "bodies.yml", "places.yml", "tags.yml", "events.yml")
CORPUS = "corpus.jsonl"
HISTORY = "history.yml"
ALERTS = "alerts.yml"
WORDING = "wording.yml"
NAMED_IN = (Language.ARABIC, Language.FRENCH, Language.ENGLISH)
SOURCES = "sources"
COUNTRY_LETTERS = 2


def seeds_directory(settings: Settings) -> Path:
    """Return the folder of the settings, else `seeds/` beside the packages. Raises SeedError where it is no folder."""
    folder = Path(settings.seeds_dir) if settings.seeds_dir else Path(__file__).parents[1] / "seeds"
    if not folder.is_dir():
        raise SeedError(file=str(folder), line=None, expected="expected the folder of the seeds here")
    return folder


def read_topic(directory: Path) -> Topic:
    """Read what the topic is, and what sites' own searches are asked for."""
    return seeds.read_topic(_read_text(directory / "topic.yml"), file="topic.yml")


def read_seeds(directory: Path) -> Seeds:
    """Read everything that judges an article."""
    written = {name: _read_text(directory / name) for name in JUDGING}
    return seeds.gather(
        topic=read_topic(directory),
        people=seeds.read_people(written["people.yml"], file="people.yml"),
        bodies=seeds.read_bodies(written["bodies.yml"], file="bodies.yml"),
        places=seeds.read_places(written["places.yml"], file="places.yml"),
        themes=seeds.read_themes(written["tags.yml"], file="tags.yml"),
        events=seeds.read_events(written["events.yml"], file="events.yml"),
    )


def read_known_events(directory: Path, vocabulary: Seeds) -> tuple[KnownEvent, ...]:
    """Read the events that are known from the start; raises SeedError for a name that no other seed file has."""
    known = read_history(_read_text(directory / HISTORY), file=HISTORY)
    actors = {person.id for person in vocabulary.people} | {body.id for body in vocabulary.bodies}
    names = actors | {city.id for city in vocabulary.places.cities}
    for each in known:
        report = each.account.report
        for name in (*report.people, *report.bodies, *filter(None, (report.city,))):
            if name not in names:
                expected = f"expected ids of people.yml, bodies.yml and places.yml, but '{each.id}' has '{name}'"
                raise SeedError(file=HISTORY, line=None, expected=expected)
    return known


def read_alert_seeds(directory: Path, vocabulary: Seeds) -> AlertSeeds:
    """Read who hears about what; raises SeedError for a name that no other seed file has."""
    found = read_alerts(_read_text(directory / ALERTS), file=ALERTS)
    for expected in (each for rule in found.rules for each in find_strangers(rule, vocabulary)):
        raise SeedError(file=ALERTS, line=None, expected=expected)
    return found


def read_wording(directory: Path, vocabulary: Seeds, web_url: str | None = None) -> Wording:
    """Read how letters speak; they name people and places as the vocabulary does, and link to `web_url`."""
    words = read_words(_read_text(directory / WORDING), file=WORDING)
    return Wording(words=words, names=NameBook(vocabulary), web_url=web_url)


def _read_whole_wording(directory: Path, vocabulary: Seeds) -> Wording:
    """Read how letters speak; raises SeedError where a city has no name in a language that outlets of ours print."""
    wording = read_wording(directory, vocabulary)
    for language in NAMED_IN:
        if nameless := wording.names.nameless_cities(wording.words[language]):
            expected = f"expected a name in '{language}' for the place '{nameless[0]}', here or in places.yml"
            raise SeedError(file=WORDING, line=None, expected=expected)
    return wording


def rules_version(directory: Path) -> str:
    """Return twelve hexadecimal digits that change with any seed file or module of `analysis` that judges."""
    digest = hashlib.sha256()
    modules = sorted(Path(corpus.__file__).parent.rglob("*.py"))
    for path in [*(directory / name for name in JUDGING), *modules]:
        kept = _read_text(path).encode()
        digest.update(f"{path.name} {len(kept)}\n".encode() + kept)
    return digest.hexdigest()[:12]


def _read_text(path: Path) -> str:
    """Read a seed file; raises SeedError, with the file's name, where it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SeedError(file=path.name, line=line, expected="expected UTF-8") from error
    except OSError as error:
        raise SeedError(file=str(path), line=None, expected=f"expected a file to read, but {error.strerror}") from error


def count_seeds(directory: Path) -> Mapping[str, int]:
    """Read every seed file, and count what each says.

    Raises SeedError for what is wrong in one of them, where the corpus has a tag that the vocabulary has not, where a
    source asks a search for which the topic has no phrases, or where a city has no name in a language of letters.
    """
    vocabulary, documents = read_seeds(directory), read_corpus_file(directory / CORPUS)
    alerts = read_alert_seeds(directory, vocabulary)
    themes = {theme.id for theme in vocabulary.themes}
    for document in documents:
        if unknown := sorted(set(document.tags) - themes):
            expected = f"expected tags of tags.yml, but '{document.id}' has '{unknown[0]}'"
            raise SeedError(file=CORPUS, line=None, expected=expected)
    return {
        "sources": len(seeds.fill_searches(read_source_files(directory / SOURCES), vocabulary.topic)),
        "seed documents": len(documents),
        "people": len(vocabulary.people),
        "bodies": len(vocabulary.bodies),
        "countries": len(vocabulary.places.countries),
        "cities": len(vocabulary.places.cities),
        "themes": len(vocabulary.themes),
        "phrase groups": len(vocabulary.topic.groups),
        "kinds of event": len(vocabulary.events.kinds),
        "known events": len(read_known_events(directory, vocabulary)),
        "recipients": len(alerts.recipients),
        "alert rules": len(alerts.rules),
        "languages of letters": len(_read_whole_wording(directory, vocabulary).words),
    }


# ---------------------------------------------------------------- sources


def read_source_files(path: Path) -> tuple[Source, ...]:
    """Read the sources of a file, or of all `<cc>.yml` of a folder, whose name is then the country of its sources.

    Raises SeedError where two sources share an id or a host.
    """
    files = sorted(path.glob("*.yml")) if path.is_dir() else [path]
    if not files:
        raise SeedError(file=str(path), line=None, expected="expected a file such as ma.yml in this folder")
    found = [(file.name, source) for file in files for source in _sources_of(file)]
    _refuse_twins((file, name) for file, source in found for name in _names_of(source))
    return tuple(source for _, source in found)


def _sources_of(file: Path) -> tuple[Source, ...]:
    country = file.stem.upper() if len(file.stem) == COUNTRY_LETTERS else None
    return seeds.read_sources(_read_text(file), file=file.name, country=country)


def _names_of(source: Source) -> Iterator[str]:
    yield f"the id '{source.id}'"
    for host in sorted({urls.host(f"https://{host}/") for host in source.hosts}):  # as pages are told apart by them
        yield f"the host '{host}'"


def _refuse_twins(names: Iterable[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for file, name in names:
        if name in seen:
            expected = f"expected {name} for one source only, but one in {seen[name]} has it too"
            raise SeedError(file=file, line=None, expected=expected)
        seen[name] = file


# ---------------------------------------------------------------- the seed corpus


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """A file that is no text to take a fingerprint of, and why."""

    file: str
    why: str


def read_corpus_file(path: Path) -> tuple[SeedDocument, ...]:
    """Read the seed documents of a file of JSON lines."""
    return seeds.read_corpus(_read_text(path), file=path.name)


def describe_texts(folder: Path) -> Iterator[SeedDocument | Unread]:
    """Take the fingerprint of each `*.txt` of a folder, by name; the stem is the id. Raises SeedError without any."""
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise SeedError(file=str(folder), line=None, expected="expected a folder with texts named *.txt")
    for file in files:
        try:
            yield corpus.describe(file.stem, file.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            yield Unread(file=file.name, why="it is not UTF-8")
        except OSError as error:
            yield Unread(file=file.name, why=str(error.strerror))
        except ValueError as error:
            yield Unread(file=file.name, why=str(error))


def read_texts(folder: Path, documents: Sequence[SeedDocument]) -> Mapping[str, str]:
    """Read the bodies of the seed documents whose `<id>.txt` is in a folder.

    Raises SeedError where none is there, or where a file is not the text that its fingerprint was taken of.
    """
    files = {each.id: folder / f"{each.id}.txt" for each in documents}
    found = {each.id: _body(files[each.id], each) for each in documents if files[each.id].exists()}
    if not found:
        raise SeedError(file=str(folder), line=None, expected="expected the text of a seed document, named <id>.txt")
    return found


def _body(file: Path, document: SeedDocument) -> str:
    body = corpus.split(_read_text(file)).body
    if corpus.fingerprint_of(body) != document.fingerprint:
        raise SeedError(file=file.name, line=None, expected="expected the text whose fingerprint is in the corpus")
    return body
