"""What letters are written with: the words of each language, the names of the seeds, and where readers look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from analysis.records import Language
from channels.names import NameBook
from channels.words import LanguageWords


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """All that letters are written with; `web_url` is where readers find marsad's own pages, if anywhere."""

    words: Mapping[Language, LanguageWords]
    names: NameBook
    web_url: str | None = None

    def of(self, language: Language) -> LanguageWords:
        """Return the words of a language; of one that marsad does not write, English ones."""
        return self.words.get(language, self.words[Language.ENGLISH])

    def page_of(self, event_id: int) -> str | None:
        """Return the address of an event's page."""
        return urljoin(f"{self.web_url.rstrip('/')}/", f"events/{event_id}") if self.web_url else None
