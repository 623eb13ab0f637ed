"""The settings of marsad as one frozen record, made from a mapping such as the environment, which others read.

Facts about the world (sources, phrases, names) are seeds, never settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from analysis.errors import SettingsError

PREFIX = "MARSAD_"
PRODUCT = "marsad/0.1"
_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Every setting: the variable is `MARSAD_` and the upper-case name; `.env.example` says each in one line."""

    database_url: str | None = None
    data_dir: str | None = None
    seeds_dir: str | None = None
    contact: str | None = None
    web_url: str | None = None
    allow_private_addresses: bool = False

    @property
    def user_agent(self) -> str:
        """Say who asks, and whom to write to: `marsad/0.1 (+contact)`."""
        return f"{PRODUCT} (+{self.contact})" if self.contact else PRODUCT


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Make the settings from a mapping of variables; those without the prefix are not ours.

    An empty value counts as unset. Raises SettingsError for a variable that marsad does not know, and for an answer
    that is neither yes nor no.
    """
    known = {f"{PREFIX}{field.name.upper()}": field.name for field in fields(Settings)}
    ours = {name: value.strip() for name, value in environment.items() if name.startswith(PREFIX)}
    for name in sorted(ours.keys() - known.keys()):
        message = f"{name} is not a setting of marsad; it knows {', '.join(sorted(known))}"
        raise SettingsError(message)
    given: dict[str, Any] = {known[name]: value for name, value in ours.items() if value}
    if "allow_private_addresses" in given:
        given["allow_private_addresses"] = _answer(f"{PREFIX}ALLOW_PRIVATE_ADDRESSES", given["allow_private_addresses"])
    return Settings(**given)


def _answer(name: str, said: str) -> bool:
    if said.lower() not in _ANSWERS:
        raise SettingsError(f"{name} is yes or no, and not {said}")
    return _ANSWERS[said.lower()]
