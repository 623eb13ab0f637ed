"""The questions of docs/analyst-guide.md, asked by psql as an analyst; as a script it writes their answers down.

`PYTHONPATH=.:tests:tests/pipeline python tests/pipeline/guide.py` reads the sample press into a database of
its own first.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from read_press import fill_with_press

from cli.sample_press import serve
from models.database import make_engine
from models.programs import find_programs

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "analyst-guide.md"
QUESTION = re.compile(r"(?P<asked>```sql\n(?P<sql>.*?)```\n\n```text\n)(?P<answer>.*?)```", re.DOTALL)


def ask(url: str, sql: str) -> str:
    """Ask one question as an analyst, and return what psql shows."""
    command = [
        str(find_programs().folder / "psql"),
        "--no-psqlrc",
        "--quiet",
        "--set",
        "ON_ERROR_STOP=1",
        "--file",
        "-",
        url,
    ]
    asked = f"SET ROLE marsad_analyst;\n\\pset footer off\n{sql}"
    environment = {**os.environ, "PGTZ": "UTC", "PGCLIENTENCODING": "UTF8", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, f"{sql}\n{done.stderr}"
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines()) + "\n"


def written_down(url: str, guide: str) -> str:
    """Return the guide with the answers of today."""
    return QUESTION.sub(lambda found: f"{found['asked']}{ask(url, found['sql'])}```", guide)


def main() -> None:
    """Write the answers down."""
    from models.migrate import upgrade  # noqa: PLC0415 only where this is a script
    from postgres import create_database, run_server  # noqa: PLC0415 as above

    running = run_server("guide")
    server = next(running)
    url = create_database(server, "guide")
    engine = make_engine(url)
    upgrade(engine)
    with serve(port=0) as press:
        fill_with_press(engine, press)
    GUIDE.write_text(written_down(url, GUIDE.read_text("utf-8")), "utf-8")
    engine.dispose()
    next(running, None)


if __name__ == "__main__":
    main()
