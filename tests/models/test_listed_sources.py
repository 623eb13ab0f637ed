"""The sources of the seeds, read back: whole, in order, and the closed ones apart from those that are asked."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from analysis.errors import UnknownNameError
from analysis.records import Discovery, Grounds, Way
from builders import NOON, closure, source
from models.archive import Archive
from models.queries import Queries
from models.sources import due_sources, followed_sources, listed_sources

GUESSED = Discovery(way=Way.FEED, url="https://atlas.example/feed", grounds=Grounds.INFERRED)
ATLAS = source(discovery=(GUESSED,))
WALLED = source(id="walled", hosts=("walled.example",), closed=closure())


@pytest.fixture
def listed(archive: Archive, engine: Engine) -> Engine:
    archive.load_sources([WALLED, ATLAS, source(id="imported", discovery=())])
    return engine


def test_what_was_loaded_is_read_back_whole(listed: Engine):
    assert listed_sources(listed) == (ATLAS, WALLED)


def test_a_closed_source_is_never_asked(listed: Engine):
    assert followed_sources(listed) == (ATLAS,)
    assert due_sources(listed, NOON) == {"atlas"}


def test_a_closed_source_that_is_asked_for_by_name_says_why_it_is_closed_and_what_to_do_instead(listed: Engine):
    with pytest.raises(UnknownNameError) as caught:
        followed_sources(listed, ["atlas", "walled"])
    assert str(caught.value) == (
        "`walled` is not followed: HTTP 403 to every robot; instead: Atlas prints its dispatches"
    )


def test_a_list_of_sources_says_which_are_closed_and_why(listed: Engine):
    assert [(each.id, each.closed) for each in Queries(listed).sources()] == [
        ("atlas", None),
        ("imported", None),
        ("walled", "refuses_robots"),
    ]


def test_an_entry_that_an_earlier_version_loaded_is_read_as_it_was_meant(archive: Archive, engine: Engine):
    archive.load_sources([source()])
    with engine.begin() as connection:
        connection.execute(text("UPDATE sources SET entry = (entry - 'closed') #- '{discovery,0,grounds}'"))
    assert listed_sources(engine) == followed_sources(engine) == (source(),)
