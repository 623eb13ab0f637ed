"""Texts of the seed corpus as fingerprints and facts, so that the text itself need not be kept, and as JSON lines.

A saved text often begins with a section's name and the headline, twice, and ends in its blog's comment form. None of
that is what a reprint carries, so none of it is in the fingerprint. `analysis.seeds.read_corpus` reads the lines back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from analysis.arabic import canonical, words
from analysis.dedupe import fingerprint
from analysis.entries import STEM
from analysis.language import find_language
from analysis.records import Fingerprint, SeedDocument

HEADLINE_WORDS = 25
"""No longer line is taken for a headline (that of a news agency runs to 20 words)."""

# What the comment forms and navigation of WordPress and Blogger say below a text, in four languages.
_THEME_LINES = """
أضف تعليقاً
اترك تعليقاً
إلغاء الرد
لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *
إرسال تعليق
أحدث أقدم
مقالات ذات صلة
زر الذهاب إلى الأعلى
Laisser un commentaire
Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *
Articles similaires
Bouton retour en haut de la page
Enregistrer un commentaire
Plus récente Plus ancienne
Deja una respuesta
Tu dirección de correo electrónico no será publicada. Los campos obligatorios están marcados con *
Publicar un comentario
Leave a Reply
Leave a Comment
Your email address will not be published. Required fields are marked *
Post a Comment
Newer Older
Related Articles
Related Posts
Back to top button
"""


def line_key(line: str) -> tuple[str, ...]:
    """Return the canonical words of a line, to compare it with another; an ornament has none."""
    return tuple(words(canonical(line)))


_THEME_KEYS = frozenset(map(line_key, _THEME_LINES.strip().splitlines()))


def is_theme_line(line: str) -> bool:
    """Tell a line of a blog's comment form or navigation."""
    return line_key(line) in _THEME_KEYS


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """A saved text without what its page put around it: the headline, None where none can be told, and the body."""

    title: str | None
    body: str


def split(text: str) -> Parts:
    """Part the headline from the body, paragraphs parted by one line feed; section name and comment form fall away.

    The lines before the first paragraph are the head; its longest is the headline.
    """
    lines = [stripped for line in text.splitlines() if line_key(stripped := line.strip())]
    while lines and is_theme_line(lines[-1]):
        lines.pop()
    body = next((number for number, line in enumerate(lines) if not is_headline(line)), 0)
    return Parts(title=_longest(lines[:body]), body="\n".join(lines[body:]))


def is_headline(line: str) -> bool:
    """Tell a line that can be a headline or the name of a section from a paragraph."""
    return len(line_key(line)) <= HEADLINE_WORDS and not line.endswith((".", "!", "؟", "?", ":"))


def _longest(head: Iterable[str]) -> str | None:
    """Return the line with most words; of two that say the same, the first."""
    found = max(head, key=lambda line: len(line_key(line)), default=None)
    return found.rstrip(" ،,") if found else None


def fingerprint_of(body: str) -> Fingerprint:
    """Return what is kept of a seed document to know it again: of its single words nothing."""
    return replace(fingerprint(body), wording=())


def describe(document_id: str, text: str) -> SeedDocument:
    """Say of a text what can be told from itself; outlet, date, tags and events are for a person to add.

    `characters` counts those of the body. Raises ValueError where there is no text, or the id could not be read back.
    """
    if not STEM.fullmatch(document_id):
        message = "its name is to be an id: letters, digits, hyphens, dots and underscores"
        raise ValueError(message)
    parts = split(text)
    if not parts.body:
        message = "there is no text in it"
        raise ValueError(message)
    return SeedDocument(
        id=document_id,
        outlet=None,
        title=parts.title,
        language=find_language(parts.body),
        published_on=None,
        characters=len(parts.body),
        fingerprint=fingerprint_of(parts.body),
    )


def line(document: SeedDocument) -> str:
    """Write a seed document as one line of JSON."""
    return json.dumps(
        {
            "id": document.id,
            "outlet": document.outlet,
            "title": document.title,
            "language": document.language,
            "published_on": document.published_on.isoformat() if document.published_on else None,
            "characters": document.characters,
            "tags": document.tags,
            "events": document.events,
            "fingerprint": _fingerprint_keys(document.fingerprint),
        },
        ensure_ascii=False,
    )


def _fingerprint_keys(kept: Fingerprint) -> dict[str, object]:
    return {
        "exact": kept.exact,
        "words": kept.words,
        "limit": kept.limit,
        "hashes": [f"{each:016x}" for each in kept.hashes],
        "numbers": [f"{each:016x}" for each in kept.numbers],
    }
