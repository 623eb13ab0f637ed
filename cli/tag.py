"""`marsad tag`: put the tags of an article right, or say that it is none of ours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from analysis.errors import CorrectionError
from analysis.records import NamedTag, TagFix, TagKind
from cli.context import clock, database, say
from cli.corrections import Because, By, hand_of
from models.corrections import CorrectionBook
from models.questions.filters import GREATEST

Names = Annotated[list[str] | None, typer.Option(metavar="KIND:ID", help="Such as theme:migration or country:ES.")]


def tag(  # noqa: PLR0913 each is an option of the command line
    article: Annotated[int, typer.Argument(metavar="ID", min=1, max=GREATEST, help="Its id.")],
    *,
    add: Names = None,
    remove: Names = None,
    relevant: Annotated[
        bool | None, typer.Option("--relevant/--irrelevant", help="Let the rules judge it again / it is none of ours.")
    ] = None,
    because: Because = "",
    by: By = None,
) -> None:
    """Put the tags of an article right; what was put right stands whenever it is read again."""
    fix = TagFix(added=_names(add), removed=_names(remove), relevant=relevant)
    if fix == TagFix():
        raise CorrectionError("say what to --add or --remove, or that it is --irrelevant")
    with database() as opened:
        CorrectionBook(opened.engine, clock()).fix_tags(article, fix, hand_of(by, because))
    again = "; `marsad replay` reads it again" if relevant else ""
    say(f"article {article} is put right{again}")


def _names(said: Iterable[str] | None) -> tuple[NamedTag, ...]:
    return tuple(_name(each) for each in said or ())


def _name(said: str) -> NamedTag:
    kind, _, name = said.partition(":")
    if kind not in set(TagKind) or not name:
        raise CorrectionError(f"a tag is written as kind:id, one of {', '.join(TagKind)}, and not {said}")
    return NamedTag(kind=TagKind(kind), id=name)
