"""What a command loads before it does anything: those that read texts alone wait for no database and no spider."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("sqlalchemy", "scrapy", "twisted", "airflow")


@pytest.mark.parametrize("modules", ["cli.analyse", "cli.analyse, pipeline.analyse, pipeline.library"])
def test_reading_texts_loads_neither_sql_nor_scrapy_nor_airflow(modules):
    program = f"import sys, {modules}; print([each for each in {HEAVY} if each in sys.modules])"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
