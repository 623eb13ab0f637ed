"""What a command loads before it does anything: the list of commands loads none, and what reads texts no database."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from cli.commands import COMMANDS, load
from cli.main import app

HEAVY = ("sqlalchemy", "scrapy", "twisted", "airflow")


@pytest.mark.parametrize("modules", ["cli.analyse", "cli.analyse, pipeline.analyse, pipeline.library"])
def test_reading_texts_loads_neither_sql_nor_scrapy_nor_airflow(modules):
    program = f"import sys, {modules}; print([each for each in {HEAVY} if each in sys.modules])"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_the_list_of_commands_loads_none_of_them():
    program = "import sys; from cli.main import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    loaded = {name for name in told.splitlines()[-1].split() if name.startswith("cli.")}
    folders = {name.partition(".")[0] for name in told.splitlines()[-1].split()}
    assert loaded == {"cli.main", "cli.commands"}
    assert folders.isdisjoint(
        {"models", "pipeline", "spiders", "channels", "web", *HEAVY, "pydantic", "pyarrow", "lxml", "yaml", "fastapi"}
    )


@pytest.mark.parametrize(("name", "sentence"), [(name, sentence) for name, _, sentence in COMMANDS])
def test_a_command_is_listed_by_the_first_sentence_of_its_help(name, sentence):
    told = (load(name).help or "").partition("\n\n")[0]
    assert " ".join(told.split()) == sentence


def test_a_command_that_is_none_is_refused_with_near_ones():
    told = CliRunner().invoke(app, ["storie"])
    assert told.exit_code == 2
    assert "Did you mean 'stories', 'story'" in told.output
