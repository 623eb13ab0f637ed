"""`marsad health`: is marsad itself alive? As a sentence, as JSON, and over HTTP for whoever watches from outside."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Annotated, Any

import typer

from analysis.errors import MarsadError
from analysis.settings import PRODUCT, Settings
from analysis.vitals import Ailment, Vitals, find_ailments
from cli.context import counted, json_of, say, say_json, settings
from models.database import Database, open_database
from models.operators import tell_ailments
from models.server import data_folder
from models.vitals import read_vitals

GIB = 1024**3
LOOPBACK = "127.0.0.1"


class UnwellError(MarsadError):
    """Something is wrong with marsad itself; a sentence each."""


def health(
    serve: Annotated[int | None, typer.Option(metavar="PORT", min=0, max=65535, help="Answer on 127.0.0.1.")] = None,
    tell: Annotated[
        bool, typer.Option("--tell", help="Tell operators what is newly wrong, and what no longer.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Say whether marsad itself is well: commands that run as they should, nothing that waits too long, room to grow.

    The exit code is 1 where something is wrong. With --serve it answers every request with the same facts, by 200 where
    all is well and 503 where not, until it is stopped: for a monitor outside, which hears of it when all else is dead.
    """
    known = settings()
    if serve is not None:
        _serve(known, serve)
        return
    with open_database(known) as opened:
        vitals, ailments = _look(opened, known)
        if tell:
            tell_ailments(opened.engine, ailments, datetime.now(UTC))
    if as_json:
        say_json(_facts(vitals, ailments))
    elif not ailments:
        waiting = f"{counted(vitals.messages_due, 'message')} and {counted(vitals.pages_waiting, 'page')}"
        say(f"marsad is well: {waiting} wait")
    if ailments:
        raise UnwellError("\n".join(map(_sentence, ailments)))


def _sentence(ailment: Ailment) -> str:
    return ": ".join(filter(None, (ailment.seen, ailment.detail, ailment.advice)))


def _look(opened: Database, known: Settings) -> tuple[Vitals, tuple[Ailment, ...]]:
    now = datetime.now(UTC)
    vitals = read_vitals(opened.engine, now)
    vitals = replace(vitals, room_bytes=_room(opened, known, vitals.database_bytes))
    return vitals, find_ailments(vitals, now)


def _room(opened: Database, known: Settings, taken: int) -> int | None:
    """Return what the database may grow to: the setting, else what the disk of the embedded one has left."""
    if known.database_gib is not None:
        return int(known.database_gib * GIB)
    return taken + shutil.disk_usage(data_folder(known)).free if opened.is_embedded else None


def _facts(vitals: Vitals, ailments: tuple[Ailment, ...]) -> dict[str, Any]:
    return {"is_well": not ailments, "ailments": ailments, "vitals": vitals}


# ---------------------------------------------------------------- for whoever watches from outside


def _serve(known: Settings, port: int) -> None:
    """Answer on the loopback until somebody stops it; whoever watches from elsewhere comes by a proxy or a tunnel."""
    with ThreadingHTTPServer((LOOPBACK, port), _answering(lambda: _answer(known))) as server:
        say(f"http://{LOOPBACK}:{server.server_port}/ says how marsad is")
        server.serve_forever()


def _answer(known: Settings) -> tuple[bool, str]:
    """Look anew, and say whether all is well, and the facts as JSON; a database that does not answer is a fact too."""
    try:
        with open_database(known) as opened:
            vitals, ailments = _look(opened, known)
    except MarsadError as error:
        return False, json_of({"is_well": False, "error": str(error)})
    except Exception as error:  # noqa: BLE001 whatever it is, marsad is not well, and a monitor is to hear of it
        return False, json_of({"is_well": False, "error": type(error).__name__})
    return not ailments, json_of(_facts(vitals, ailments))


def _answering(look: Callable[[], tuple[bool, str]]) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        """Answers every GET and HEAD with how marsad is."""

        server_version = PRODUCT

        def do_GET(self) -> None:
            is_well, facts = look()
            body = facts.encode()
            self.send_response(HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 a name of the base class

        def log_message(self, *_: object) -> None:
            """Say nothing: a monitor asks every minute."""

    return Answering
