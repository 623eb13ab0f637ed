"""The sample press, read whole into a database as the demo does, without a crawl."""

from __future__ import annotations

from collections import deque

from pages_of_press import FETCHED_AT, fill
from sqlalchemy import Engine

from analysis.register import list_names
from analysis.seeds import read_sources
from analysis.settings import Settings
from cli.sample_press import SamplePress
from models.archive import Archive
from models.audiences import AudienceBook
from models.event_book import EventBook
from models.story_book import StoryBook
from pipeline.library import open_library
from pipeline.meet import compile_resolver, meet_all
from pipeline.runs import run
from pipeline.seeds import read_alert_seeds, read_known_events, read_seeds, seeds_directory
from pipeline.tell import tell_all
from pipeline.work import Worker


def fill_with_press(engine: Engine, press: SamplePress) -> None:
    """Bring the seeds and the whole sample press into an empty database, as the demo does, without a crawl."""
    archive, directory = Archive(engine), seeds_directory(Settings())
    seeds = read_seeds(directory)
    followed = read_sources(press.sources(), file="sources.yml")
    archive.load_sources(followed)
    archive.load_names([*list_names(seeds)])
    resolver = compile_resolver(seeds)
    book = EventBook(engine, lambda: FETCHED_AT)
    book.load(read_known_events(directory, seeds), resolver)
    AudienceBook(engine).load(read_alert_seeds(directory, seeds))
    fill(archive, press)
    with run(archive, "process", {}) as reading:
        deque(Worker(archive=archive, library=open_library(directory, followed)).settle_all(reading), maxlen=0)
        deque(meet_all(book, resolver, reading), maxlen=0)
        deque(tell_all(StoryBook(engine), reading), maxlen=0)
