"""Looks at outlets in a process of its own, because a reactor starts once; what was seen comes out pickled."""

from __future__ import annotations

import asyncio
import pickle
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from analysis.errors import MarsadError
from analysis.proposals import Survey
from spiders.polite import Fetch, Polite
from spiders.survey import Surveyor
from spiders.survey_fetch import run_survey

FOLDER = Path(__file__).resolve().parents[2]


def look_alone(addresses: Mapping[str, str]) -> dict[str, Survey | str]:
    """Look at each address, and return what was seen by name, or the error in its own words."""
    done = subprocess.run(
        [sys.executable, "-W", "error", __file__],
        input=pickle.dumps(dict(addresses)),
        capture_output=True,
        cwd=FOLDER,
        check=False,
        timeout=100,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return pickle.loads(done.stdout)  # noqa: S301 our own


def _main() -> None:
    addresses = pickle.load(sys.stdin.buffer)  # noqa: S301 our own
    seen: dict[str, Survey | str] = {}

    async def work(fetch: Fetch) -> None:
        for name, address in addresses.items():
            polite = Polite(fetch=fetch, pause=asyncio.sleep, delay_seconds=0)
            surveyor = Surveyor(polite=polite, searches=lambda _: ("DGSN", "BCIJ"), note=lambda _: None)
            try:
                seen[name] = await surveyor.survey(address)
            except MarsadError as error:
                seen[name] = str(error)

    run_survey(work, "marsad-test/1 (+test@example.org)", public_only=False)
    sys.stdout.buffer.write(pickle.dumps(seen))


if __name__ == "__main__":
    _main()
