"""What analysts find in the schema made for them, and what they cannot do there."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.exc import ProgrammingError

from analysis.plain import plain_of
from analysis.records import (
    Article,
    Basis,
    Direction,
    EventKind,
    Field,
    Language,
    Pace,
    Precision,
    Published,
    Rule,
    Span,
    Tag,
    TagKind,
    Told,
    When,
)
from analysis.register import Name, list_names
from analysis.settings import Settings
from builders import article, filed, filing, fingerprint, page, report, source, tag, visit
from models.alerts import AlertRuleRow, Origin
from models.archive import Archive
from models.event_book import EventBook
from pipeline.meet import compile_resolver
from pipeline.seeds import read_seeds, seeds_directory

VIEWS = """
    SELECT relname FROM pg_class WHERE relnamespace = 'analyst'::regnamespace AND relkind = 'v' ORDER BY relname
"""
UNTOLD = """
    SELECT c.relname || coalesce('.' || a.attname, '') FROM pg_class c
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'analyst'::regnamespace AND c.relkind = 'v'
        AND (obj_description(c.oid, 'pg_class') IS NULL OR col_description(c.oid, a.attnum) IS NULL)
    UNION ALL
    SELECT proname::text FROM pg_proc
    WHERE pronamespace = 'analyst'::regnamespace AND obj_description(oid, 'pg_proc') IS NULL
"""
RABAT = "وصل إلى الرباط وفد من الأجهزة الأوروبية، وكان حموشي في استقباله. ونوقشت ملفات الهجرة والجريمة."
MADRID = "La délégation que conduit M. Hammouchi a rencontré à Madrid les responsables de la Garde civile espagnole."
SINGER = "Hammouchi, la voix d'or de la chanson amazighe, a rencontré son public à Agadir."
CEUTA = "Agentes de la Guardia Civil destinados en Ceuta hablaron de migraciones con la policía marroquí."


@pytest.fixture(scope="module")
def names() -> list[Name]:
    """Read the register of the real seeds."""
    return [*list_names(read_seeds(seeds_directory(Settings())))]


def found_at(words: str, said: str, kind: TagKind, name: str) -> Tag:
    start = said.index(words)
    return tag(kind=kind, id=name, surface=words, span=Span(field=Field.TEXT, start=start, end=start + len(words)))


def written(day: int, said: str, language: Language, title: str) -> Article:
    published = Published(on=date(2026, 2, day), at=None, basis=Basis.URL)
    return article(text=said, language=language, title=title, published=published)


@pytest.fixture
def desk(archive: Archive, engine: Engine, names: list[Name]) -> Engine:
    """File four articles: three on the director, or the services, in three languages, and one on a singer."""
    archive.load_names(names)
    archive.load_sources([source(), source(id="rif", name="Rif", tier=2)])
    texts = [
        (
            written(10, RABAT, Language.ARABIC, "زيارةٌ إلى الرباط"),
            [found_at("حموشي", RABAT, TagKind.PERSON, "abdellatif-hammouchi")],
            [report(people=("abdellatif-hammouchi",), countries=("BE",), direction=Direction.INBOUND, when=on(10))],
        ),
        (
            written(12, MADRID, Language.FRENCH, "Une délégation à Madrid"),
            [
                found_at("Hammouchi", MADRID, TagKind.PERSON, "abdellatif-hammouchi"),
                found_at("Madrid", MADRID, TagKind.PLACE, "madrid"),
                found_at("espagnole", MADRID, TagKind.COUNTRY, "ES"),
            ],
            [report(people=("abdellatif-hammouchi",), countries=("ES",), direction=Direction.OUTBOUND, when=on(12))],
        ),
        (written(13, SINGER, Language.FRENCH, "Une voix"), [], []),
        (
            written(14, CEUTA, Language.SPANISH, "Jornada en Ceuta"),
            [found_at("Guardia Civil", CEUTA, TagKind.BODY, "guardia-civil")],
            [],
        ),
    ]
    crawl, process = archive.start_run("crawl", {}), archive.start_run("process", {})
    for number, (each, tags, reports) in enumerate(texts):
        url = f"https://atlas.example/{number}"
        archive.save_page(page(url=url, canonical_url=url), visit(url=url), crawl)
        marks = fingerprint(exact=f"{number:032x}", hashes=tuple(range(number * 100, number * 100 + 8)))
        written_of = filing(article=each, tags=tuple(tags), reports=tuple(reports), fingerprint=marks)
        with archive.claim(process) as claim:
            claim.settle(filed(), written_of)
    resolver, book = compile_resolver(read_seeds(seeds_directory(Settings()))), EventBook(engine)
    while book.meet_next(resolver):
        pass
    return engine


def on(day: int) -> When:
    return When(first=date(2026, 2, day), last=date(2026, 2, day), precision=Precision.DAY)


def as_analyst(connection: Connection) -> Connection:
    connection.execute(text("SET ROLE marsad_analyst"))
    return connection


def ask(engine: Engine, question: str, **asked: object) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in as_analyst(connection).execute(text(question), asked)]


def find(engine: Engine, query: str, **bounds: object) -> list[int]:
    named = "".join(f", {name} => :{name}" for name in bounds)
    rows = ask(engine, f"SELECT article FROM analyst.find(:query, newest => true{named})", query=query, **bounds)  # noqa: S608 names of the test
    return [row[0] for row in rows]


# ---------------------------------------------------------------- what is there, and what is not allowed


def test_every_view_column_and_function_says_what_it_is(engine: Engine):
    with engine.connect() as connection:
        assert connection.scalars(text(UNTOLD)).all() == []


def test_an_analyst_reads_every_view(desk: Engine):
    with desk.connect() as connection:
        views = connection.scalars(text(VIEWS)).all()
        as_analyst(connection)
        counts = {view: connection.scalar(text(f"SELECT count(*) FROM analyst.{view}")) for view in views}  # noqa: S608 as above
    assert (counts["articles"], counts["stories"], counts["events"], counts["visits"]) == (4, 4, 2, 2)
    assert len(views) == 24


@pytest.mark.parametrize(
    "forbidden",
    [
        "SELECT body FROM pages",
        "SELECT rules FROM public.pages",
        "SELECT * FROM runs",
        "SELECT text FROM seed_documents",
        "SELECT * FROM alerts",
        "SELECT * FROM public.alert_rules",
        "SELECT entry FROM recipients",
        "INSERT INTO articles DEFAULT VALUES",
        "UPDATE analyst.searches SET told_on = '2026-01-01'",
        "DELETE FROM analyst.tag_places",
        "INSERT INTO analyst.spellings VALUES ('a', 'person', 'a')",
        "CREATE TABLE analyst.mine (a int)",
        "CREATE TABLE public.mine (a int)",
        "DROP VIEW analyst.articles",
        "COPY analyst.articles TO '/tmp/articles'",
        "SELECT pg_read_file('/etc/passwd')",
        "ALTER ROLE marsad_analyst SUPERUSER",
    ],
)
def test_an_analyst_can_do_nothing_else(desk: Engine, forbidden: str):
    with desk.connect() as connection, pytest.raises(ProgrammingError, match=r"permission denied|must be|cannot"):
        as_analyst(connection).execute(text(forbidden))


def test_an_analyst_reads_what_a_rule_asks_for_and_not_who_is_told(desk: Engine):
    rules = (
        Rule(id="all", recipients=("editor",)),
        Rule(
            id="spain",
            recipients=("editor", "night-editor"),
            kinds=(EventKind.VISIT,),
            countries=("ES", "PT"),
            tags=("migration",),
            told=(Told.NEWS, Told.ANNOUNCED),
            least_outlets=3,
            trusts_tier_one=False,
            pace=Pace.WEEKLY,
        ),
    )
    with desk.begin() as connection:
        for each in rules:
            entry = {"id": each.id, "entry": plain_of(each), "origin": Origin.HAND}
            connection.execute(insert(AlertRuleRow).values(entry))
    columns = "rule, kinds, countries, themes, told, least_outlets, trusts_tier_one, pace"
    assert ask(desk, f"SELECT {columns} FROM analyst.alert_rules ORDER BY rule") == [  # noqa: S608 of the test
        ("all", [], [], [], ["news"], 2, True, "at_once"),
        ("spain", ["visit"], ["ES", "PT"], ["migration"], ["news", "announced"], 3, False, "weekly"),
    ]
    with desk.connect() as connection:
        row = as_analyst(connection).execute(text("SELECT * FROM analyst.alert_rules")).mappings().all()
    assert "editor" not in str(row)


def test_the_role_is_read_only_and_has_a_time_limit(engine: Engine):
    with engine.connect() as connection:
        settings = connection.scalar(text("SELECT rolconfig FROM pg_roles WHERE rolname = 'marsad_analyst'"))
    assert {"default_transaction_read_only=on", "statement_timeout=30s"} <= {*settings}


# ---------------------------------------------------------------- find


@pytest.mark.parametrize(
    ("query", "answers"),
    [
        ("Hammouchi", [2, 1]),
        ("حموشي", [2, 1]),
        ("الحموشي", [2, 1]),
        ("عبد اللطيف حموشي", [2, 1]),
        ("EL HAMMOUCHI", [2, 1]),
        ('"Hammouchi"', [3, 2]),
        ("Hammouchi Espagne", [2]),
        ("Spain", [2]),
        ("Hammouchi migration", []),
        ("الهجره", [1]),
        ("هجرة", [1]),
        ("الأجهزة الاوروبيه", [1]),
        ("migración", [4]),
        ("delegations", [2]),
        ("Guardia Civil", [4]),
        ("Guardia Civil OR هجرة", [4, 1]),
        ("Hammouchi -Madrid", [1]),
        ("zyzzyva", []),
        ("", []),
        ("' & | ! : * ( \\", []),
    ],
)
def test_a_question_finds(desk: Engine, query: str, answers: list[int]):
    assert find(desk, query) == answers


@pytest.mark.parametrize(
    ("bounds", "answers"),
    [
        ({"since": date(2026, 2, 11)}, [2]),
        ({"until": date(2026, 2, 11)}, [1]),
        ({"language": "ar"}, [1]),
        ({"source": "rif"}, []),
        ({"source": "atlas", "country": "ES"}, [2]),
        ({"theme": "migration"}, []),
        ({"most": 1}, [2]),
    ],
)
def test_a_question_is_bounded(desk: Engine, bounds: dict[str, object], answers: list[int]):
    assert find(desk, "Hammouchi", **bounds) == answers


def test_what_is_in_the_headline_comes_first_unless_the_newest_is_asked_for(desk: Engine):
    ranked = ask(desk, "SELECT article FROM analyst.find('Madrid OR Guardia Civil')")
    assert {row[0] for row in ranked} == {2, 4}
    assert [row[0] for row in ask(desk, "SELECT article FROM analyst.find('voix OR rencontré')")] == [3, 2]


def test_what_is_older_than_all_windows_is_found(desk: Engine):
    with desk.begin() as connection:
        connection.execute(text("SELECT make_search_month('1999-01-01')"))
        connection.execute(text("UPDATE searches SET told_on = '1999-01-01' WHERE article_id = 1"))
    assert find(desk, "هجرة") == [1]


def test_headline_marks_names_and_words_as_they_are_written(desk: Engine):
    asked = "SELECT analyst.headline(:query, CAST(:article AS bigint), :words)"
    assert ask(desk, asked, query="الهجره Hammouchi", article=1, words=30) == [
        ("وصل إلى الرباط وفد من الأجهزة الأوروبية، وكان ⟦حموشي⟧ في استقباله. ونوقشت ملفات ⟦الهجرة⟧ والجريمة.",)
    ]
    assert ask(desk, asked, query="responsable rencontrer", article=2, words=5) == [
        ("… ⟦rencontré⟧ à Madrid les ⟦responsables⟧ …",)
    ]
    assert ask(desk, asked, query="a", article=99, words=4) == [(None,)]


# ---------------------------------------------------------------- the rest


def test_a_timeline_has_the_empty_periods_too(desk: Engine):
    with desk.begin() as connection:
        connection.execute(text("UPDATE events SET first_on = '2025-12-24', last_on = '2025-12-24' WHERE id = 1"))
    assert ask(desk, "SELECT * FROM analyst.timeline('visit')") == [
        (date(2025, 12, 1), 1, 1),
        (date(2026, 1, 1), 0, 0),
        (date(2026, 2, 1), 1, 1),
    ]
    assert ask(desk, "SELECT * FROM analyst.timeline('visit', 'ES', 'day')") == [(date(2026, 2, 12), 1, 1)]


def test_a_name_that_leaves_the_seeds_goes_and_one_that_changes_is_written_anew(archive: Archive, engine: Engine):
    one = Name(kind=TagKind.PERSON, id="one", shown={Language.FRENCH: "Un"}, spellings=frozenset({"un", "uno"}))
    two = Name(kind=TagKind.BODY, id="two", shown={Language.ARABIC: "اثنان"}, spellings=frozenset({"اثنان"}))
    assert archive.load_names([one, two]).added == 2
    assert archive.load_names([one, two]).unchanged == 2
    other = Name(kind=TagKind.PERSON, id="one", shown={Language.FRENCH: "Un"}, spellings=frozenset({"un"}))
    loaded = archive.load_names([other])
    assert (loaded.added, loaded.changed, loaded.unchanged, loaded.retired) == (0, 1, 0, 1)
    assert ask(engine, "SELECT kind, id, name_fr, spellings FROM analyst.names") == [("person", "one", "Un", ["un"])]
