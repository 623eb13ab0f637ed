"""What a person typed, held against what can be: ids of the seeds without case, near ones named; filters of a list."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TypeVar

import typer
from pydantic import ValidationError

from analysis.errors import UnknownNameError
from analysis.records import Language
from analysis.vocabulary import Seeds
from cli.context import settings
from models.questions.filters import Filters
from pipeline.seeds import read_seeds, seeds_directory

Asked = TypeVar("Asked", bound=Filters)


def read_vocabulary() -> Seeds:
    """Read the seeds of the settings that judge articles."""
    return read_seeds(seeds_directory(settings()))


def country_names(seeds: Seeds) -> dict[str, str]:
    """Return the English name of each country by its code, else its code."""
    return {each.code: next(iter(each.names.get(Language.ENGLISH, ())), each.code) for each in seeds.places.countries}


def find_tag(word: str, seeds: Seeds) -> str:
    """Return the id of a tag as the seeds write it. Raises UnknownNameError, with near ids, for one that is none."""
    countries, cities = seeds.places.countries, seeds.places.cities
    known = [each.id for kind in (seeds.themes, seeds.people, seeds.bodies, cities) for each in kind]
    return _find(word, "tag", [*(each.code for each in countries), *known])


def find_country(word: str, seeds: Seeds) -> str:
    """Return the code of a country (ISO 3166-1 alpha-2) in capitals. Raises UnknownNameError for one that is none."""
    return _find(word, "country", [each.code for each in seeds.places.countries])


def fill(filters: type[Asked], **facts: object) -> Asked:
    """Return filters of a list. Raises typer.BadParameter, a wrong call, for a value that cannot be asked for."""
    try:
        return filters.model_validate(facts)
    except ValidationError as error:
        wrong = "; ".join(f"{each['loc'][0]}: {each['msg'].lower()}" for each in error.errors())
        raise typer.BadParameter(wrong) from error


def _find(word: str, what: str, known: Iterable[str]) -> str:
    ids = {each.lower(): each for each in known}
    if (found := ids.get(word.lower())) is not None:
        return found
    near = [f"`{ids[each]}`" for each in get_close_matches(word.lower(), ids)]
    told = f"; near it: {', '.join(near)}" if near else ""
    raise UnknownNameError(f"the seeds know no {what} `{word}`{told}")
