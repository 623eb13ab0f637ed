"""The canonical form in Python and in Postgres: microseconds a text, and of finding a title by it among many.

`python bench/canonical.py`; the texts are sentences, repeated to the length of an article.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from sqlalchemy import Connection, create_engine, text

from analysis.arabic import canonical

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from models.migrate import upgrade
from postgres import create_database, run_server

ROUNDS = 500
TITLES = 20_000
MANY = text("SELECT count(length(canonical(:said || n))) FROM generate_series(1, :rounds) n")
SENTENCES = {
    "Arabic": "استقبل المدير العام للأمن الوطني بالرباط، يوم الثلاثاء، وفدا رفيع المستوى من «بلد صديق». ",
    "Arabic, vocalised": "اسْتَقْبَلَ المُدِيرُ العَامُّ وَفْدًا رَفِيعَ المُسْتَوَى مِنْ بَلَدٍ صَدِيقٍ. ",
    "French": "Le directeur général de la sûreté a reçu à Rabat une délégation, dans le cadre de la coopération. ",
    "English": "The head of the police received a foreign delegation in Rabat to discuss the cooperation of both. ",
}


def main() -> None:
    """Print both tables."""
    for server in run_server("bench-canonical"):
        engine = create_engine(create_database(server, "bench"))
        upgrade(engine)
        with engine.connect() as connection:
            print_speeds(connection)
            print_search(connection)
        engine.dispose()


def print_speeds(connection: Connection) -> None:
    """Print microseconds a text in both, for a title and for an article of 3,000 characters."""
    for name, sentence in SENTENCES.items():
        for kind, said in (("title", sentence), ("article", sentence * (3000 // len(sentence)))):
            ours = _microseconds(lambda said=said: [canonical(f"{said}{number}") for number in range(ROUNDS)])
            given = {"said": said, "rounds": ROUNDS}
            theirs = _microseconds(lambda given=given: connection.execute(MANY, given).all())
            print(f"{name}, {kind} of {len(said)} characters: Python {ours:.0f} us, Postgres {theirs:.0f} us")


def print_search(connection: Connection) -> None:
    """Print milliseconds to find a title by its canonical form, without an index and with one."""
    titles = [f"{SENTENCES['Arabic']} {number}" for number in range(TITLES)]
    connection.execute(
        text("CREATE TEMP TABLE titles AS SELECT unnest(CAST(:titles AS text[])) AS title"), {"titles": titles}
    )
    asked = text("SELECT count(*) FROM titles WHERE canonical(title) = canonical(:title)")
    for name in ("without an index", "with one"):
        spent = _microseconds(lambda: connection.execute(asked, {"title": titles[-1]}).all()) * ROUNDS / 1000
        print(f"one title of {TITLES}, {name}: {spent:.1f} ms")
        connection.execute(text("CREATE INDEX ON titles (canonical(title))"))
        connection.execute(text("ANALYZE titles"))


def _microseconds(work: object) -> float:
    """Return the wall time of one of so many rounds."""
    work()
    began = time.perf_counter()
    work()
    return 1e6 * (time.perf_counter() - began) / ROUNDS


if __name__ == "__main__":
    main()
