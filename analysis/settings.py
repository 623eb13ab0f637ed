"""The settings of marsad as one frozen record, made from a mapping such as the environment, which others read.

Facts about the world (sources, phrases, names) are seeds, never settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from analysis.errors import SettingsError

PREFIX = "MARSAD_"
PRODUCT = "marsad/0.1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Every setting: the variable is `MARSAD_` and the upper-case name; `.env.example` says each in one line."""

    database_url: str | None = None
    data_dir: str | None = None
    seeds_dir: str | None = None
    contact: str | None = None

    @property
    def user_agent(self) -> str:
        """Say who asks, and whom to write to: `marsad/0.1 (+contact)`."""
        return f"{PRODUCT} (+{self.contact})" if self.contact else PRODUCT


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Make the settings from a mapping of variables; those without the prefix are not ours.

    An empty value counts as unset. Raises SettingsError for a variable that marsad does not know.
    """
    known = {f"{PREFIX}{field.name.upper()}": field.name for field in fields(Settings)}
    ours = {name: value.strip() for name, value in environment.items() if name.startswith(PREFIX)}
    for name in sorted(ours.keys() - known.keys()):
        message = f"{name} is not a setting of marsad; it knows {', '.join(sorted(known))}"
        raise SettingsError(message)
    return Settings(**{known[name]: value for name, value in ours.items() if value})
