"""`marsad web`: the analyst's page, served on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.context import database, say, settings
from pipeline.seeds import read_seeds, read_wording, seeds_directory

PORT = 8077
HIGHEST_PORT = 65_535


def web(
    host: Annotated[
        str, typer.Option(help="The address to listen on; any but loopback needs a password.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=HIGHEST_PORT, help="The port to listen on.")] = PORT,
) -> None:
    """Serve the page where analysts read what was found: events, stories, articles, sources and alerts.

    It only reads, as the role marsad_analyst. With MARSAD_WEB_PASSWORD set it asks for that password.
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
        app = make_app(House(engine=opened.engine, painter=painter, today=known.today), known.web_password)
        say(f"http://{host}:{port}/ (Ctrl-C ends it)")
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, proxy_headers=False)
