"""The analyst's guide says what the sample press answers, question by question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from guide import GUIDE, QUESTION, ask, fill_with_press

from cli.sample_press import serve
from models.database import make_engine
from models.server import Server
from postgres import create_database, drop_database

QUESTIONS = list(QUESTION.finditer(GUIDE.read_text("utf-8")))


@pytest.fixture(scope="module")
def read_press(server: Server, template: str) -> Iterator[str]:
    """Read the whole sample press into a database, and return its address."""
    url = create_database(server, "guide", template)
    engine = make_engine(url)
    with serve(port=0) as press:
        fill_with_press(engine, press)
    engine.dispose()
    yield url
    drop_database(server, "guide")


def test_there_are_thirty_questions():
    assert len(QUESTIONS) == 30


@pytest.mark.parametrize("question", QUESTIONS, ids=range(1, len(QUESTIONS) + 1))
def test_a_question_is_answered_as_the_guide_says(read_press: str, question):
    assert ask(read_press, question["sql"]) == question["answer"]
