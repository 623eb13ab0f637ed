"""`marsad db`: the tables brought up and down, how the database stands, and the address of it."""

from __future__ import annotations

import os
import subprocess
from typing import Annotated, Any

import typer
from sqlalchemy import make_url, text

from cli.context import say, say_json, settings
from models.database import SCHEMA_VERSION, Database, name_of, open_database, read_version
from models.programs import find_programs

app = typer.Typer(
    name="db", help="The database: make its tables, see how it stands, connect to it.", no_args_is_help=True
)

Json = Annotated[bool, typer.Option("--json", help="Print the facts as JSON.")]


def _open() -> Database:
    return open_database(settings(), needs_tables=False)


@app.command("upgrade")
def upgrade_tables(*, json: Json = False) -> None:
    """Make the tables, or bring them up to this marsad; a second time changes nothing."""
    from models.migrate import upgrade  # noqa: PLC0415 Alembic loads slowly, and few commands need it

    with _open() as database:
        before, after = upgrade(database.engine)
        where = name_of(database.engine.url)
    _say_move(where, before, after, as_json=json)


@app.command("downgrade")
def downgrade_tables(
    to: Annotated[str, typer.Argument(help="A version, `-1` for the one before, `base` for no tables at all.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: what the tables hold is lost.")] = False,
    json: Json = False,
) -> None:
    """Bring the tables down to an earlier version; what the later ones held is lost."""
    from models.migrate import downgrade  # noqa: PLC0415 as above

    with _open() as database:
        where = name_of(database.engine.url)
        if not yes:
            typer.confirm(f"Bring {where} down to {to}? What the later tables hold is lost.", abort=True)
        before, after = downgrade(database.engine, to)
    _say_move(where, before, after, as_json=json)


@app.command()
def status(*, json: Json = False) -> None:
    """Say which database it is, and whether its tables are those of this marsad; exit code 1 if they are not."""
    with _open() as database:
        facts = _facts(database)
    if json:
        say_json(facts)
    else:
        for name, value in facts.items():
            say(f"{name}: {'none' if value is None else value}")
    if facts["tables"] != SCHEMA_VERSION:
        raise typer.Exit(1)


@app.command()
def url() -> None:
    """Print the address of the database, with its password, for psql and other programs.

    The embedded server then runs on, until a command of marsad ends while nobody is connected to it.
    """
    database = _open()
    say(database.url)
    database.close(keep_running=True)


@app.command()
def login(
    name: Annotated[str, typer.Argument(help="Of a person or a program: small letters, digits and _.")],
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Take the login away.")] = False,
) -> None:
    """Make a login that reads what analysts may read, and print its password; one that is there gets another."""
    from models.logins import make_login, remove_login  # noqa: PLC0415 as above

    with _open() as database:
        if remove:
            remove_login(database.engine, name)
            say(f"the login {name} is gone")
        else:
            say(make_login(database.engine, name))


@app.command(context_settings={"ignore_unknown_options": True})
def shell(
    words: Annotated[list[str] | None, typer.Argument(metavar="[PSQL OPTION]...", help="As psql takes them.")] = None,
) -> None:
    """Ask in SQL: psql, which comes with marsad, on the database; options are psql's, such as -c 'SELECT 1'."""
    with _open() as database:
        address = make_url(database.url)
        # the password goes through the environment: arguments can be read by every user of the machine
        password = {"PGPASSWORD": address.password} if address.password else {}
        line = [find_programs().folder / "psql", address.set(password=None).render_as_string(), *(words or ())]
        ended = subprocess.run(line, env={**os.environ, **password}, check=False)  # noqa: S603 psql, as asked for
    raise typer.Exit(ended.returncode)


def _facts(database: Database) -> dict[str, Any]:
    with database.engine.connect() as connection:
        return {
            "database": name_of(database.engine.url),
            "embedded": database.is_embedded,
            "postgres": connection.scalar(text("SHOW server_version")),
            "tables": read_version(connection),
            "needed": SCHEMA_VERSION,
            "size": connection.scalar(text("SELECT pg_size_pretty(pg_database_size(current_database()))")),
        }


def _say_move(where: str, before: str | None, after: str | None, *, as_json: bool) -> None:
    if as_json:
        say_json({"database": where, "before": before, "after": after})
    elif before == after:
        say(f"the tables of {where} are at {after or 'none'}: nothing to do")
    else:
        say(f"the tables of {where} went from {before or 'none'} to {after or 'none'}")
