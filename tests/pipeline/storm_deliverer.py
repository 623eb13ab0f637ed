"""A deliverer in a process of its own that has all it needs before it is born, so that it can be killed at once."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from analysis.settings import Settings
from channels.letters import write_letter
from channels.open import open_channel
from models.database import make_engine
from models.outbox import Outbox
from pipeline.deliver import Deliverer
from pipeline.seeds import read_seeds, read_wording, seeds_directory

SEEDS = seeds_directory(Settings())
WORDING = read_wording(SEEDS, read_seeds(SEEDS))


def deliver(url: str, addresses: Mapping[str, str]) -> None:
    """Deliver what is due, as `marsad deliver --minutes` does, until somebody ends us."""
    deliverer = Deliverer(
        archive=Outbox(make_engine(url)),
        addresses=addresses,
        open_channel=open_channel,
        write_letter=partial(write_letter, wording=WORDING),
        clock=lambda: datetime.now(UTC),
        chance=random.random,
    )
    while True:
        deliverer.deliver_due()
        time.sleep(0.05)
