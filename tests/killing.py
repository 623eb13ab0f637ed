"""Commands that are killed at random moments, and what came out of them, by names that are the same in every run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text

from cli.sample_press import FOLDER, SamplePress
from models.database import make_engine

MARSAD = Path(sys.executable).with_name("marsad")
KILLS = 10
# everything that a reader of the tables can see, under names that are the same in every run
WHAT_CAME_OUT = {
    "pages": "SELECT canonical_url, encode(body_sha256, 'hex'), source_id FROM pages",
    "outcomes": "SELECT canonical_url, outcome, reason, detail, rules FROM pages",
    "articles": """
        SELECT a.url, a.title, a.text, a.language, a.author, a.published_on, a.published_at, a.score, a.because,
            a.copy_kind, a.copy_share, a.copy_of_seed_id, original.url AS original, first.url AS story
        FROM articles a
        LEFT JOIN articles original ON original.id = a.copy_of_article_id
        JOIN stories s ON s.id = a.story_id JOIN articles first ON first.id = s.first_article_id
    """,
    "tags": "SELECT a.url, t.kind, t.tag_id, t.field, t.surface FROM tags t JOIN articles a ON a.id = t.article_id",
    "reports": """
        SELECT a.url, r.position, r.kind, r.told, r.countries, r.evidence
        FROM reports r JOIN articles a ON a.id = r.article_id
    """,
    "fingerprints": """
        SELECT a.url, f.seed_id, encode(f.exact, 'hex'), f.words
        FROM fingerprints f LEFT JOIN articles a ON a.id = f.article_id
    """,
    "shingles": """
        SELECT a.url, f.seed_id, s.hash
        FROM shingles s JOIN fingerprints f ON f.id = s.fingerprint_id LEFT JOIN articles a ON a.id = f.article_id
    """,
    "stories": "SELECT count(*) FROM stories",
}


def variables(url: str) -> dict[str, str]:
    return {**os.environ, "MARSAD_DATABASE_URL": url, "MARSAD_ALLOW_PRIVATE_ADDRESSES": "yes"}


def marsad(url: str, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run([MARSAD, *words], env=variables(url), capture_output=True, text=True, check=False)


def load(url: str, press: SamplePress, folder: Path) -> None:
    sources = folder / "sources.yml"
    sources.write_text(press.sources().replace("delay_seconds: 0.2", "delay_seconds: 0.02"), "utf-8")
    done = marsad(url, "seeds", "load", "--sources", str(sources), "--corpus", str(FOLDER / "corpus.jsonl"))
    assert done.returncode == 0, done.stderr


def came_out(engine: Engine, names: list[str]) -> dict[str, list[str]]:
    with engine.connect() as connection:
        return {
            name: sorted(str(tuple(row)) for row in connection.execute(text(WHAT_CAME_OUT[name]))) for name in names
        }


@dataclass(frozen=True)
class Killer:
    """Kills commands on one database, at moments that chance chooses among the moments of their progress."""

    url: str
    chance: random.Random
    kills: int = KILLS

    def strike(self, command: str, progress: str, total: int) -> int:
        """Start the command again and again, kill each start once its progress has reached some number; count kills."""
        return sum(self._strike_at(limit, command, progress) for limit in self._moments(total))

    def _moments(self, total: int) -> list[int]:
        return sorted(self.chance.randrange(total) for _ in range(self.kills))

    def _strike_at(self, limit: int, command: str, progress: str) -> bool:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started = subprocess.Popen([MARSAD, command], env=variables(self.url), start_new_session=True, **quiet)
        engine = make_engine(self.url)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            while started.poll() is None and connection.scalar(text(progress)) <= limit:
                time.sleep(0.003)
        engine.dispose()
        time.sleep(self.chance.random() * 0.05)
        lives = started.poll() is None
        if lives:
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        return lives
