"""A thousand alerts to twenty recipients, bad weather and twenty deaths: each arrives, in order, under one key.

Who dies is the command itself, `marsad deliver`, two of which are always at work.
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, text
from storm import Weather, receivers

from analysis.alert_seeds import AlertSeeds
from analysis.plain import plain_of
from analysis.settings import CHANNEL_PREFIX
from builders import NOON, alert, happening, recipient
from command import MARSAD
from models.announcing import write_message
from models.audiences import AudienceBook

MAILED = [f"mailed{number}" for number in range(10)]
POSTED = [f"posted{number}" for number in range(10)]
EVENTS = 50
DEATHS = 20
SECRET = "whsec_bWFyc2FkIHNpZ25zIGl0cyBtZXNzYWdlcw=="  # noqa: S105 a key of the test

ATTEMPTS = text("SELECT count(*) FROM deliveries")
WAITING = text("SELECT count(*) FROM alerts WHERE state = 'waiting'")
TIME_PASSES = text("UPDATE alerts SET next_attempt_at = now() WHERE next_attempt_at > now()")
OUTCOMES = text("SELECT state, count(*) FROM deliveries GROUP BY state")
KEYS = text("SELECT recipient, key FROM alerts ORDER BY id")


def fill(engine: Engine) -> None:
    """Let an alert of each event wait for everyone."""
    people = tuple(recipient(id=name, channel=name) for name in (*MAILED, *POSTED))
    AudienceBook(engine).load(AlertSeeds(recipients=people, rules=()))
    event = "INSERT INTO events (kind, told, told_from, told_to) VALUES ('visit', 'news', '2026-02-10', '2026-02-10')"
    with engine.begin() as connection:
        for number in range(1, EVENTS + 1):
            connection.execute(text(event))
            said = plain_of(alert(happening=happening(event_id=number)))
            for each in people:
                values = {"recipient": each.id, "thread": f"event/{number}", "event_id": number, "occasion": "first"}
                write_message(connection, {**values, "facts": said, "due_at": NOON})


def addresses(ports: tuple[int, int]) -> dict[str, str]:
    mail, web = ports
    mailed = {name: f"smtp://127.0.0.1:{mail}/?from=marsad@marsad.example&to={name}@desk.example" for name in MAILED}
    return {**mailed, **{name: f"webhook+http://127.0.0.1:{web}/{name}?secret={SECRET}" for name in POSTED}}


class Storm:
    """Starts deliverers on one database and kills them; waiting for the next attempt takes no time."""

    def __init__(self, engine: Engine, ports: tuple[int, int]) -> None:
        self._engine = engine
        channels = {f"{CHANNEL_PREFIX}{name.upper()}": address for name, address in addresses(ports).items()}
        url = engine.url.render_as_string(hide_password=False)
        self._variables = {**os.environ, **channels, "MARSAD_DATABASE_URL": url}
        self._at_work = deque[subprocess.Popen[bytes]]()

    @contextmanager
    def begun(self) -> Iterator[None]:
        """Have two deliverers at work, and none after."""
        self._start()
        self._start()
        yield
        for each in self._at_work:
            each.kill()
            each.wait()

    def rage(self, most_attempts: int | None = None) -> None:
        """Wait for so many attempts, then kill who is longest at work and start another; or until nothing waits."""
        before = self.count(ATTEMPTS)
        while self.count(WAITING) and not (most_attempts and self.count(ATTEMPTS) >= before + most_attempts):
            assert all(each.poll() is None for each in self._at_work)
            with self._engine.begin() as connection:
                connection.execute(TIME_PASSES)
            time.sleep(0.01)
        if most_attempts:
            oldest = self._at_work.popleft()
            oldest.kill()
            oldest.wait()
            self._start()

    def _start(self) -> None:
        words = [MARSAD, "deliver", "--minutes", "60"]
        started = subprocess.Popen(words, env=self._variables, stdout=subprocess.DEVNULL)
        self._at_work.append(started)

    def count(self, question: object) -> int:
        with self._engine.connect() as connection:
            return connection.scalar(question)


def first_arrivals(keys: Sequence[str]) -> list[str]:
    """Return keys as a receiver that knows them sees them: each once, in the order of their first coming."""
    return list(dict.fromkeys(keys))


@pytest.mark.timeout(600)
def test_each_alert_arrives_once_by_its_key_and_in_its_order(engine: Engine) -> None:
    chance = random.Random(20261122)  # noqa: S311 moments, not secrets
    weather = Weather(chance)
    fill(engine)
    with receivers(weather) as ports:
        storm = Storm(engine, ports)
        with storm.begun():
            for death in range(DEATHS):
                weather.is_down = death in {5, 6}
                storm.rage(chance.randrange(1, 60))
            assert storm.count(WAITING) > 0  # nobody was done before the last death
            storm.rage()
    with engine.connect() as connection:
        written = [(row.recipient, str(row.key)) for row in connection.execute(KEYS)]
        outcomes = dict(connection.execute(OUTCOMES).all())
        states = list(connection.scalars(text("SELECT DISTINCT state FROM alerts")))
    expected = {name: [key for to, key in written if to == name] for name in (*MAILED, *POSTED)}
    assert states == ["sent"]
    assert {name: first_arrivals(keys) for name, keys in weather.arrived.items()} == expected
    assert outcomes["started"] >= 1  # deaths between an attempt and its end
    assert {"fails", "late", "cut before", "cut after", "down", "good"} == {*weather.befallen}
