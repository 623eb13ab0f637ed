"""The settings of marsad as one frozen record, made from a mapping such as the environment, which others read.

Facts about the world (sources, phrases, names) are seeds, never settings.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from analysis.errors import SettingsError

PREFIX = "MARSAD_"
CHANNEL_PREFIX = f"{PREFIX}CHANNEL_"
PRODUCT = "marsad/0.1"
_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Every setting: the variable is `MARSAD_` and the upper-case name; `.env.example` says each in one line.

    `channels` are those of the variables `MARSAD_CHANNEL_<NAME>`: addresses, with their secrets, by name.
    """

    database_url: str | None = None
    database_gib: float | None = None
    data_dir: str | None = None
    seeds_dir: str | None = None
    contact: str | None = None
    web_url: str | None = None
    web_password: str | None = field(default=None, repr=False)
    web_writer_password: str | None = field(default=None, repr=False)
    web_proxy: str | None = None
    allow_private_addresses: bool = False
    today: date | None = None
    channels: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def user_agent(self) -> str:
        """Say who asks, and whom to write to: `marsad/0.1 (+contact)`."""
        return f"{PRODUCT} (+{self.contact})" if self.contact else PRODUCT


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Make the settings from a mapping of variables; those without the prefix are not ours.

    An empty value counts as unset. Raises SettingsError for a variable that marsad does not know, and for an answer
    that is neither yes nor no.
    """
    known = {f"{PREFIX}{each.name.upper()}": each.name for each in fields(Settings) if each.name != "channels"}
    ours = {name: value.strip() for name, value in environment.items() if name.startswith(PREFIX)}
    channels = {name: ours.pop(name) for name in list(ours) if name.removeprefix(CHANNEL_PREFIX) not in {"", name}}
    for name in sorted(ours.keys() - known.keys()):
        message = f"{name} is not a setting of marsad; it knows {', '.join(sorted(known))} and {CHANNEL_PREFIX}<NAME>"
        raise SettingsError(message)
    given: dict[str, Any] = {known[name]: value for name, value in ours.items() if value}
    given["channels"] = {name.removeprefix(CHANNEL_PREFIX).lower(): said for name, said in channels.items() if said}
    if "today" in given:
        given["today"] = _day(f"{PREFIX}TODAY", given["today"])
    if "allow_private_addresses" in given:
        given["allow_private_addresses"] = _answer(f"{PREFIX}ALLOW_PRIVATE_ADDRESSES", given["allow_private_addresses"])
    if "database_gib" in given:
        given["database_gib"] = _size(f"{PREFIX}DATABASE_GIB", given["database_gib"])
    return Settings(**given)


def _answer(name: str, said: str) -> bool:
    if said.lower() not in _ANSWERS:
        raise SettingsError(f"{name} is yes or no, and not {said}")
    return _ANSWERS[said.lower()]


def _size(name: str, said: str) -> float:
    try:
        size = float(said)
    except ValueError:
        size = 0
    if not 0 < size < math.inf:
        raise SettingsError(f"{name} is a number of GiB such as 200, and not {said}")
    return size


def _day(name: str, said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise SettingsError(f"{name} is a day such as 2026-02-22, and not {said}") from None
