"""What Python finds Postgres finds: the canonical form as a function of the database, and an index on it."""

from __future__ import annotations

import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from analysis.arabic import canonical

# Letters of the press and all that may stand around them: Latin, Greek, Cyrillic, Hebrew, Arabic with its presentation
# forms, Tifinagh, punctuation, signs, full-width and mathematical letters, emoji. Elsewhere Python makes letters small
# and digits ASCII for scripts that no outlet prints, and Postgres leaves them. No text of Postgres holds NULs and
# surrogates.
BLOCKS = (
    (0x0001, 0x052F),
    (0x0590, 0x06FF),
    (0x0750, 0x077F),
    (0x08A0, 0x08FF),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x2182),
    (0x2190, 0x2BFF),
    (0x2D30, 0x2D7F),
    (0x3000, 0x303F),
    (0xFB00, 0xFEFF),
    (0xFF00, 0xFFEF),
    (0x1D400, 0x1D7FF),
    (0x1F000, 0x1FAFF),
    (0xE0001, 0xE01EF),
)
CHARACTERS = [
    char
    for first, last in BLOCKS
    for char in map(chr, range(first, last + 1))
    if unicodedata.category(char) not in {"Cn", "Co", "Cs"}  # what is not assigned yet may be otherwise in each
]
TEXTS = st.text(st.sampled_from(CHARACTERS) | st.sampled_from("أإآةىيئؤ ءكھـًَُّﻻ٢۵«»’–ÉœßaB \n\u200f\u0301"), max_size=40)
DIFFERENT = "SELECT said FROM unnest(CAST(:said AS text[]), CAST(:spelt AS text[])) AS t (said, spelt)"


def different(engine: Engine, said: list[str]) -> list[str]:
    """Return the texts that Postgres spells otherwise than Python does."""
    spelt = [canonical(each) for each in said]
    with engine.connect() as connection:
        asked = text(f"{DIFFERENT} WHERE canonical(said) <> spelt")
        return list(connection.execute(asked, {"said": said, "spelt": spelt}).scalars())


def test_every_character_has_one_form_in_python_and_in_postgres(engine):
    assert different(engine, [f"a{char}b" for char in CHARACTERS]) == []


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=20))
def test_every_text_has_one_form_in_python_and_in_postgres(engine, said):
    assert different(engine, said) == []


def test_an_index_on_the_form_finds_a_title_however_it_is_spelt(engine):
    titles = [f"وفد رقم {number} في الرباط" for number in range(2000)] + ["زيارةُ المديرِ العامّ إلى أكادير"]
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE titles (title text)"))
        connection.execute(text("INSERT INTO titles SELECT unnest(CAST(:titles AS text[]))"), {"titles": titles})
        connection.execute(text("CREATE INDEX ON titles (canonical(title))"))
        connection.execute(text("ANALYZE titles"))
        asked = "SELECT title FROM titles WHERE canonical(title) = canonical('زيارة المدير العام الى اگادير')"
        plan = "\n".join(connection.execute(text(f"EXPLAIN {asked}")).scalars())
        assert "Index Scan" in plan
        assert "Seq Scan" not in plan
        assert connection.execute(text(asked)).scalars().all() == titles[-1:]


def test_nothing_has_no_form(engine):
    with engine.connect() as connection:
        assert connection.execute(text("SELECT canonical(NULL), canonical(' \n ')")).one() == (None, "")
