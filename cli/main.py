"""The `marsad` command: its subcommands are listed in `cli.commands`; errors a person can mend become one sentence."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import typer

from analysis.errors import MarsadError
from cli.commands import LazyGroup

app = typer.Typer(name="marsad", cls=LazyGroup, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def marsad() -> None:
    """Read the Moroccan press for security diplomacy: fetch, read, tell copies apart, tag, keep."""


def main() -> None:
    """Run the command line: 0 is done, 1 is a MarsadError told in one sentence, 2 is a wrong call."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that cannot show Arabic is shown its numbers
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except MarsadError as error:
        print(f"marsad: {error}", file=sys.stderr)  # noqa: T201 the one sentence
        sys.exit(1)


if __name__ == "__main__":
    main()
