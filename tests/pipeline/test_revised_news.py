"""A page that no longer says what it said: its event, its log and whoever was told of it, on a real Postgres."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, text

from analysis.gists import abroad
from analysis.records import Address, AddressState, Catch, Entry
from builders import NOON, page, recipient, rule, source, visit
from channels.letters import write_letter
from cli.sample_press import FOLDER
from memory import MemoryChannel
from models.archive import Archive
from models.audiences import AlertSeeds, AudienceBook
from models.event_book import EventBook
from models.outbox import Outbox
from models.replays import Again, Replays
from models.story_book import StoryBook
from models.totals import is_unfinished
from pipeline.deliver import Deliverer
from pipeline.library import Library, open_library
from pipeline.meet import compile_resolver, meet_all
from pipeline.replay import Replayer
from pipeline.runs import run
from pipeline.seeds import read_wording
from pipeline.tell import tell_all
from pipeline.work import Worker

HTML = (
    "<html lang='fr'><head><title>{0}</title><meta property='article:published_time' content='{1}'></head>"
    "<body><article><h1>{0}</h1>{2}</article></body></html>"
)
VISIT = (
    "Le directeur général de la Sûreté nationale, Abdellatif Hammouchi, a effectué lundi 9 février 2026 une visite de "
    "travail à Madrid, où il s'est entretenu avec le chef de la Police nationale espagnole."
)
AT_HOME = (
    "Le directeur général de la Sûreté nationale, Abdellatif Hammouchi, a consacré la journée de lundi à l'inspection "
    "des services de la Sûreté nationale à Rabat, où lui ont été présentés les nouveaux moyens de la police."
)
ABOUT = (
    "La coopération entre la Sûreté nationale et les polices des pays amis porte sur la lutte contre le terrorisme, "
    "le trafic de drogue et la criminalité organisée, indique un communiqué de la DGSN."
)


class Desk:
    """A newsroom and its readers: pages come, are read, and what is due is sent to a channel in memory."""

    def __init__(self, engine: Engine, library: Library) -> None:
        self.engine, self.library, self.now = engine, library, NOON
        self.channel = MemoryChannel()
        self.archive = Archive(engine)
        self.archive.load_sources([source(), source(id="rif", name="Rif", hosts=("rif.example",))])
        AudienceBook(engine).load(AlertSeeds(recipients=(recipient(),), rules=(rule(),)))
        self._deliverer = Deliverer(
            archive=Outbox(engine),
            addresses={"desk": "memory"},
            open_channel=lambda _: self.channel,
            write_letter=partial(write_letter, wording=read_wording(FOLDER.parent, library.vocabulary.seeds)),
            clock=lambda: self.now,
            chance=random.Random(1).random,  # noqa: S311 no secret
        )

    def prints(self, title: str, *paragraphs: str, source_id: str = "atlas") -> None:
        """Let the one page of a source say this an hour later, and tell of it whoever is to be told."""
        self.keeps(title, *paragraphs, source_id=source_id)
        self.reads()
        self._deliverer.deliver_due()

    def keeps(self, title: str, *paragraphs: str, source_id: str = "atlas") -> None:
        """Keep what a page says an hour later, as a crawl that looks again does."""
        body = HTML.format(title, NOON.isoformat(), "".join(f"<p>{each}</p>" for each in paragraphs))
        self._keep(body, source_id)

    def serves(self, body: str) -> None:
        """Let the page of the first source be these bytes an hour later, and tell of it whoever is to be told."""
        self._keep(body, "atlas")
        self.reads()
        self._deliverer.deliver_due()

    def replays(self) -> None:
        """Read every settled page again."""
        resolver, again = compile_resolver(self.library.vocabulary.seeds), Again(rules="none", force=True)
        replayer = Replayer(archive=Replays(self.engine), again=again, library=self.library, resolver=resolver)
        with run(self.archive, "replay", {}) as current:
            assert [each.failed for each in replayer.replay(current)] == ["", ""]

    def _keep(self, text: str, source_id: str) -> None:
        self.now += timedelta(hours=1)
        body = text.encode()
        url = f"https://{source_id}.example/1"
        looked = Address(
            source_id=source_id, entry=Entry(url=url), way=None, found_at=NOON, state=AddressState.KEPT, looks=1
        )
        kept = page(source_id=source_id, url=url, canonical_url=url, body=body, fetched_at=self.now)
        visited = visit(source_id=source_id, url=url, visited_at=self.now)
        with run(self.archive, "crawl", {}) as current:
            self.archive.save([Catch(visit=visited, page=kept, addresses=(looked,))], current.id)

    def reads(self) -> None:
        """Read what waits, and let it meet the events."""
        resolver = compile_resolver(self.library.vocabulary.seeds)
        with run(self.archive, "process", {}) as current:
            for _ in Worker(archive=self.archive, library=self.library).settle_all(current):
                pass
            for _ in meet_all(EventBook(self.engine, lambda: self.now), resolver, current):
                pass
            for _ in tell_all(StoryBook(self.engine, abroad(self.library.vocabulary.cities.values())), current):
                pass

    def heard(self) -> list[str]:
        return [each.occasion for each in self.channel.letters.values()]

    def ask(self, question: str) -> list[tuple[object, ...]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(question))]


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(FOLDER.parent)


@pytest.fixture
def desk(engine: Engine, library: Library) -> Desk:
    return Desk(engine, library)


LOG = "SELECT event_id, action, done_by, facts ->> 'because' FROM event_log ORDER BY id"
TOLD = "SELECT article_id, event_id FROM reports ORDER BY article_id, position"
STANDS = "SELECT id, retracted_at IS NULL FROM events ORDER BY id"


def test_an_event_that_its_article_tells_no_more_is_retracted_and_whoever_was_told_hears_so(desk: Desk):
    desk.prints("Hammouchi en visite de travail à Madrid", VISIT, ABOUT)
    assert (desk.heard(), desk.ask(TOLD)) == (["first"], [(1, 1)])
    desk.prints("Hammouchi inspecte les services de la Sûreté nationale", AT_HOME, ABOUT)
    assert (desk.ask(TOLD), desk.ask(STANDS)) == ([(1, None)], [(1, False)])
    assert desk.ask(LOG) == [(1, "retract", "rule", "nobody tells of it any more")]
    first, correction = desk.channel.letters.values()
    assert (correction.occasion, correction.thread) == ("retraction", (first.key,))
    assert "لم يعد أي منبر نتابعه يورده" in correction.text
    assert not is_unfinished(desk.engine)


def test_what_is_told_again_stands_again_under_its_number(desk: Desk):
    for title, said in (("en visite à Madrid", VISIT), ("à Rabat", AT_HOME), ("en visite à Madrid", VISIT)):
        desk.prints(f"Hammouchi {title}", said, ABOUT)
    assert (desk.ask(TOLD), desk.ask(STANDS)) == ([(1, None), (3, 1)], [(1, True)])
    assert [action for _, action, _, _ in desk.ask(LOG)] == ["retract", "confirm"]
    assert desk.heard() == ["first", "retraction", "update"]


def test_an_event_that_another_outlet_tells_stands(desk: Desk):
    desk.prints("Hammouchi en visite de travail à Madrid", VISIT, ABOUT)
    desk.prints("Le patron de la DGSN à Madrid", ABOUT, VISIT, AT_HOME, source_id="rif")
    desk.prints("Hammouchi inspecte les services de la Sûreté nationale", AT_HOME, ABOUT)
    assert (desk.ask(TOLD), desk.ask(STANDS)) == ([(1, None), (2, 1)], [(1, True)])
    assert (desk.ask(LOG), desk.heard()) == ([], ["first"])


def test_a_revision_that_tells_it_still_takes_the_place_of_what_it_revises(desk: Desk):
    desk.prints("Hammouchi en visite de travail à Madrid", VISIT, ABOUT)
    desk.prints("Hammouchi en visite de travail à Madrid", VISIT, AT_HOME, ABOUT)
    assert (desk.ask(TOLD), desk.ask(STANDS)) == ([(1, None), (2, 1)], [(1, True)])
    assert (desk.ask(LOG), desk.heard()) == ([], ["first"])


def test_what_was_filed_by_a_worker_that_died_is_finished_by_the_next(desk: Desk):
    desk.prints("Hammouchi en visite de travail à Madrid", VISIT, ABOUT)
    desk.keeps("Hammouchi inspecte les services de la Sûreté nationale", AT_HOME, ABOUT)
    with run(desk.archive, "process", {}) as current:
        outcomes = list(Worker(archive=desk.archive, library=desk.library).settle_all(current))
    assert [each.kind for each in outcomes] == ["filed"]
    assert is_unfinished(desk.engine)
    desk.reads()
    assert (is_unfinished(desk.engine), desk.ask(STANDS)) == (False, [(1, False)])


NOTHING = "<html lang='fr'><head><title>Hammouchi</title></head><body></body></html>"
WALL = (
    "<html lang='fr'><head><title>Just a moment...</title></head><body><div id='challenge-form'>Checking your browser "
    "before accessing the site. Enable JavaScript and cookies to continue.</div></body></html>"
)
CAKE = "La recette de la semaine est un gâteau aux amandes et au miel, que l'on prépare en moins d'une heure chez soi. "


def test_an_event_leaves_with_an_article_whose_page_is_none_any_more_and_comes_back_with_it(desk: Desk):
    desk.prints("Hammouchi en visite de travail à Madrid", VISIT, ABOUT)
    desk.serves(NOTHING)
    assert (desk.ask(TOLD), desk.ask(STANDS)) == ([(1, None)], [(1, False)])
    assert not is_unfinished(desk.engine)
    desk.prints("Hammouchi en visite de travail à Madrid", VISIT, ABOUT)
    assert (desk.ask(TOLD), desk.ask(STANDS)) == ([(1, 1)], [(1, True)])
    assert desk.heard() == ["first", "retraction", "update"]


def test_a_page_that_is_about_something_else_now_tells_the_event_no_more(desk: Desk):
    desk.prints("Hammouchi en visite de travail à Madrid", VISIT, ABOUT)
    desk.prints("Un gâteau aux amandes", CAKE * 4, CAKE * 3)
    assert desk.ask("SELECT reason FROM pages WHERE version = 2") == [("off_topic",)]
    assert (desk.ask(STANDS), desk.heard()) == ([(1, False)], ["first", "retraction"])


def test_a_page_that_only_hides_what_it_says_takes_nothing_back(desk: Desk):
    desk.prints("Hammouchi en visite de travail à Madrid", VISIT, ABOUT)
    desk.serves(WALL)
    assert desk.ask("SELECT reason FROM pages WHERE version = 2") == [("challenge",)]
    assert (desk.ask(STANDS), desk.heard()) == ([(1, True)], ["first"])


def test_an_event_that_another_outlet_tells_stands_when_one_page_is_gone(desk: Desk):
    desk.prints("Hammouchi en visite de travail à Madrid", VISIT, ABOUT)
    desk.prints("À Madrid, Hammouchi rencontre la police espagnole", VISIT, source_id="rif")
    desk.serves(NOTHING)
    assert (desk.ask(STANDS), desk.heard()) == ([(1, True)], ["first"])


def test_what_was_taken_back_before_anybody_read_it_is_told_to_nobody(desk: Desk):
    desk.keeps("Hammouchi en visite de travail à Madrid", VISIT, ABOUT)
    desk.serves(NOTHING)
    assert (desk.ask(STANDS), desk.heard()) == ([(1, False)], [])


def test_what_is_read_again_stays_out_of_its_event_while_its_page_is_gone(desk: Desk):
    desk.prints("Hammouchi en visite de travail à Madrid", VISIT, ABOUT)
    desk.serves(NOTHING)
    desk.replays()
    assert (desk.ask(TOLD), desk.ask(STANDS)) == ([(1, None)], [(1, False)])
