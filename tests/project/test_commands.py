"""The commands that documents name are there and begin as they are written, with nothing set beforehand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMED = sorted({each for path in DOCUMENTS for each in re.findall(r"`python (\S+\.py)", path.read_text("utf-8"))})
QUALITY = [each for each in NAMED if each.startswith("tests/")]  # those of bench/ may want what only `make bench` has


def test_each_program_that_a_document_names_is_there():
    assert [each for each in NAMED if not (ROOT / each).is_file()] == []


@pytest.mark.parametrize("program", QUALITY)
def test_a_program_beside_the_tests_finds_all_it_imports(program: str):
    path = ROOT / program
    loading = f"import runpy, sys; sys.path[0] = {str(path.parent)!r}; runpy.run_path({str(path)!r}, run_name='loaded')"
    loaded = subprocess.run([sys.executable, "-c", loading], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (loaded.returncode, loaded.stderr) == (0, "")
