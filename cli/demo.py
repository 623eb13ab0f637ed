"""`marsad demo`: the whole pipeline at work on this machine, on a press of its own, for who sees it the first time.

What it fetched stays in the folder `demo` of the data folder, so that a second demo shows that nothing is done twice.
"""

from __future__ import annotations

from typing import Annotated

import typer

from cli.context import settings
from cli.sample_press import HIGHEST_PORT, PORT
from models.server import data_folder


def demo(
    port: Annotated[
        int, typer.Option(min=1, max=HIGHEST_PORT, help="The port of the sample press, on loopback.")
    ] = PORT,
) -> None:
    """Show the pipeline at work: a press of six sample outlets, Postgres, and a real Airflow on this machine.

    The news of the sample press is invented, so the demo never touches the database of MARSAD_DATABASE_URL: it has an
    embedded Postgres of its own, in the folder `demo` of the data folder (MARSAD_DATA_DIR).
    """
    from cli.play import play  # noqa: PLC0415 the other commands need no client of Airflow, and start faster
    from cli.stage import find_folder  # noqa: PLC0415 as above

    known = settings()
    play(find_folder(data_folder(known)), port, has_other_database=known.database_url is not None)
