"""`marsad web`: the analyst's page, served on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import clock, database, say, settings
from pipeline.seeds import read_seeds, read_wording, seeds_directory

if TYPE_CHECKING:
    from web.writers import Writers

PORT = 8077
HIGHEST_PORT = 65_535


def web(
    host: Annotated[
        str, typer.Option(help="The address to listen on; any but loopback needs a password.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=HIGHEST_PORT, help="The port to listen on.")] = PORT,
) -> None:
    """Serve the page where analysts read what was found: events, stories, articles, sources and alerts.

    It reads as the role marsad_analyst. With MARSAD_WEB_PASSWORD set it asks for that password; who knows the one of
    MARSAD_WEB_WRITER_PASSWORD can put right what is wrong.
    """
    import uvicorn  # noqa: PLC0415 the other commands need no server, and start half a second faster

    from web.app import make_app  # noqa: PLC0415 as above
    from web.house import House  # noqa: PLC0415 as above
    from web.painter import Painter  # noqa: PLC0415 as above
    from web.safety import refuse_open_address  # noqa: PLC0415 as above
    from web.texts import read_texts  # noqa: PLC0415 as above

    known = settings()
    refuse_open_address(host, known.web_password)
    seeds = seeds_directory(known)
    painter = Painter(read_wording(seeds, read_seeds(seeds), known.web_url), read_texts())
    with database() as opened:
        writers = _writers(opened.url, known.web_writer_password)
        house = House(engine=opened.engine, painter=painter, today=known.today, writers=writers)
        app = make_app(house, known.web_password)
        say(f"http://{host}:{port}/ (Ctrl-C ends it)")
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            proxy_headers=known.web_proxy is not None,
            forwarded_allow_ips=known.web_proxy,
        )


def _writers(url: str, password: str | None) -> Writers | None:
    """Return who lets writers in, with connections of their own; nobody without a password."""
    from models.corrections import CorrectionBook  # noqa: PLC0415 as above
    from models.database import make_engine  # noqa: PLC0415 as above
    from models.hands import CORRECTOR  # noqa: PLC0415 as above
    from web.writers import Writers  # noqa: PLC0415 as above

    if password is None:
        return None
    return Writers(password, CorrectionBook(make_engine(url), clock(), role=CORRECTOR))
