"""The seed files are found, read and held against one another; a mistake names the file and what was expected."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alterations import made_up, wrapped

from analysis.corpus import fingerprint_of, line
from analysis.errors import SeedError
from analysis.records import Language
from analysis.settings import Settings
from pipeline.seeds import (
    Unread,
    count_seeds,
    describe_texts,
    read_corpus_file,
    read_seeds,
    read_source_files,
    read_texts,
    read_wording,
    rules_version,
    seeds_directory,
)

SEEDS = seeds_directory(Settings())
SOURCE = """
- id: {id}
  name: An outlet
  home: https://{host}/
  languages: [fr]
  kind: news site
  tier: 1
  discovery:
    - feed: https://{host}/feed
  articles_a_day: [1, 9]
"""
TEXT = made_up(300)


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_the_seeds_of_the_repository_are_sound():
    assert read_seeds(SEEDS).themes
    assert len(read_corpus_file(SEEDS / "corpus.jsonl")) == 5


def test_letters_name_a_city_as_its_readers_do_and_the_check_finds_one_without_a_name(tmp_path):
    seeds = shutil.copytree(SEEDS, tmp_path / "seeds")
    wording = read_wording(seeds, read_seeds(seeds))
    languages = (Language.ARABIC, Language.FRENCH, Language.ENGLISH, Language.SPANISH)
    said = [wording.names.city("beyrouth", wording.words[each]) for each in languages]
    assert said == ["بيروت", "Beyrouth", "Beirut", "Beirut"]
    assert count_seeds(seeds)["cities"] > 400
    file = seeds / "wording.yml"
    file.write_text(file.read_text("utf-8").replace(" beyrouth: Beirut,", ""), "utf-8")
    with pytest.raises(SeedError, match="expected a name in 'en' for the place 'beyrouth'"):
        count_seeds(seeds)


def test_every_tag_of_the_seed_corpus_is_of_the_vocabulary():
    themes = {theme.id for theme in read_seeds(SEEDS).themes}
    assert {tag for document in read_corpus_file(SEEDS / "corpus.jsonl") for tag in document.tags} <= themes


def test_the_seeds_folder_is_that_of_the_settings(tmp_path):
    assert seeds_directory(Settings(seeds_dir=str(tmp_path))) == tmp_path
    with pytest.raises(SeedError, match="expected the folder of the seeds"):
        seeds_directory(Settings(seeds_dir=str(tmp_path / "gone")))


def test_the_name_of_a_file_is_the_country_of_its_sources(tmp_path):
    write(tmp_path, "ma.yml", SOURCE.format(id="first", host="first.example"))
    write(tmp_path, "es.yml", SOURCE.format(id="second", host="second.example"))
    assert [(source.id, source.country) for source in read_source_files(tmp_path)] == [
        ("second", "ES"),
        ("first", "MA"),
    ]


@pytest.mark.parametrize(
    ("other", "host", "what"),
    [
        ("first", "first.example", "the id 'first'"),
        ("second", "first.example", "the host 'first.example'"),
        ("second", "www.First.example", "the host 'first.example'"),
    ],
)
def test_two_files_may_not_name_one_source(tmp_path, other, host, what):
    write(tmp_path, "ma.yml", SOURCE.format(id=other, host=host))
    write(tmp_path, "fr.yml", SOURCE.format(id="first", host="first.example"))
    with pytest.raises(SeedError, match=rf"^ma\.yml: expected {what} for one source only, but one in fr\.yml"):
        read_source_files(tmp_path)


def test_a_source_may_write_its_host_with_www_and_without(tmp_path):
    write(
        tmp_path,
        "ma.yml",
        SOURCE.format(id="first", host="first.example") + "  hosts: [first.example, www.first.example]\n",
    )
    assert len(read_source_files(tmp_path)) == 1


def test_a_folder_without_sources_is_an_error(tmp_path):
    with pytest.raises(SeedError, match=r"expected a file such as ma\.yml"):
        read_source_files(tmp_path)


def test_a_file_that_is_not_there_or_not_text_is_told_by_name(tmp_path):
    with pytest.raises(SeedError, match=r"corpus\.jsonl: expected a file to read"):
        read_corpus_file(tmp_path / "corpus.jsonl")
    (tmp_path / "ma.yml").write_bytes(b"# one\n# caf\xe9\n")
    with pytest.raises(SeedError, match=r"^ma\.yml, line 2: expected UTF-8"):
        read_source_files(tmp_path / "ma.yml")


def test_the_version_of_the_rules_changes_with_what_judges_and_with_nothing_else(tmp_path):
    for name in ("topic", "people", "bodies", "places", "tags", "events"):
        write(tmp_path, f"{name}.yml", name)
    before = rules_version(tmp_path)
    write(tmp_path, "alerts.yml", "who hears of it")
    assert rules_version(tmp_path) == before
    write(tmp_path, "people.yml", "somebody else")
    assert rules_version(tmp_path) != before
    assert len(before) == 12


def test_a_folder_of_texts_becomes_seed_documents_and_what_is_no_text_is_told(tmp_path):
    write(tmp_path, "a_1.txt", f"عنوان المقال\n\n{TEXT}")
    write(tmp_path, "b.txt", " \n ")
    (tmp_path / "c.txt").write_bytes(b"\xff\xfe\x00")
    write(tmp_path, "d (1).txt", TEXT)
    first, *rest = describe_texts(tmp_path)
    assert (first.id, first.title, first.characters) == ("a_1", "عنوان المقال", len(TEXT))
    assert first.fingerprint == fingerprint_of(TEXT)
    assert rest == [
        Unread(file="b.txt", why="there is no text in it"),
        Unread(file="c.txt", why="it is not UTF-8"),
        Unread(file="d (1).txt", why="its name is to be an id: letters, digits, hyphens, dots and underscores"),
    ]


def test_a_folder_without_texts_is_an_error(tmp_path):
    with pytest.raises(SeedError, match=r"texts named \*\.txt"):
        list(describe_texts(tmp_path))


def test_seed_documents_are_read_back_as_they_were_written(tmp_path):
    write(tmp_path, "one.txt", TEXT)
    documents = tuple(describe_texts(tmp_path))
    assert (
        read_corpus_file(write(tmp_path, "corpus.jsonl", "".join(f"{line(each)}\n" for each in documents))) == documents
    )


def test_the_texts_of_seed_documents_are_read_where_they_are_and_are_theirs(tmp_path):
    for name in ("one", "two"):
        write(tmp_path, f"{name}.txt", made_up(200, seed=len(name)) if name == "one" else TEXT)
    documents = tuple(describe_texts(tmp_path))
    (tmp_path / "one.txt").unlink()
    assert read_texts(tmp_path, documents) == {"two": TEXT}
    write(tmp_path, "two.txt", wrapped(TEXT))
    with pytest.raises(SeedError, match=r"^two\.txt: expected the text whose fingerprint"):
        read_texts(tmp_path, documents)
    (tmp_path / "two.txt").unlink()
    with pytest.raises(SeedError, match="expected the text of a seed document"):
        read_texts(tmp_path, documents)


def test_the_seed_corpus_is_arabic_and_says_where_its_dates_are_unknown():
    found = read_corpus_file(SEEDS / "corpus.jsonl")
    assert {each.language for each in found} == {Language.ARABIC}
    assert all(each.published_on is None for each in found)


def test_the_fingerprints_of_the_sample_corpus_are_those_of_its_texts():
    sample = SEEDS / "sample"
    documents = read_corpus_file(sample / "corpus.jsonl")
    assert set(read_texts(sample / "corpus", documents)) == {document.id for document in documents}
