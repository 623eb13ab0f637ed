"""The frontier on Postgres: what is due and in which order, what many catches at once leave, races for one address."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from analysis.frontier import Finder, after_kept, alias, note
from analysis.periods import Period
from analysis.records import (
    Address,
    AddressState,
    Catch,
    Discovery,
    Due,
    HostRest,
    Outcome,
    OutcomeKind,
    Rhythm,
    RobotsFile,
    Step,
    Validators,
    VisitState,
    Way,
)
from builders import NOON, entry, filed, filing, page, source, visit
from models.archive import Archive
from models.backfills import Backfills, Read, Walk
from models.frontier import AddressRow
from models.pages import PageRow, VisitRow
from models.queries import Queries
from models.sources import due_sources

HOURS = timedelta(hours=1)
ATLAS = Finder(source_id="atlas", hosts=frozenset({"atlas.example"}), way=Way.FEED, at=NOON)
TAGGED = Validators(etag='"1"', last_modified="Tue, 10 Feb 2026 12:00:00 GMT")


@pytest.fixture
def run_id(archive: Archive) -> int:
    archive.load_sources([source(), source(id="rif", hosts=("rif.example",))])
    return archive.start_run("crawl", {})


def found(number: int, finder: Finder = ATLAS, **changes: object) -> Address:
    listed = entry(**{"url": f"https://atlas.example/{number}", "published_at": NOON, **changes})
    address = note(listed, None, finder)
    assert address is not None
    return address


def kept(address: Address, body: bytes = b"<p>one", at=NOON) -> Catch:
    """Build what a page came to that is now kept."""
    url = address.entry.url
    fetched = page(url=url, canonical_url=url, body=body, fetched_at=at, entry=address.entry)
    visited = visit(url=url, source_id=address.source_id, visited_at=at)
    return Catch(visit=visited, page=fetched, addresses=(after_kept(address, at, TAGGED),))


def rows(engine: Engine, *columns: object) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(*columns))]


def urls(due: Due) -> list[str]:
    return [address.entry.url.rpartition("/")[2] for address in due.addresses]


def test_addresses_and_ways_come_back_as_they_were_kept(archive: Archive, run_id: int):
    address = replace(found(1, updated_at=NOON), looks=2, failed=1, asked_at=NOON, validators=TAGGED)
    rhythm = Rhythm(
        source_id="atlas",
        url="https://atlas.example/map.xml",
        way=Way.SITEMAP,
        interval_minutes=30,
        is_child=True,
        validators=TAGGED,
        state=VisitState.FETCHED,
        failures=2,
        asked_at=NOON,
        read_at=NOON,
        news_at=NOON,
        newest_at=NOON,
        oldest_at=NOON - HOURS,
        entries=20,
        next_at=NOON + HOURS,
    )
    archive.save([Catch(found=(address,), rhythm=rhythm)], run_id)
    assert archive.known(["https://atlas.example/1", "https://atlas.example/2"]) == {"https://atlas.example/1": address}
    assert (archive.rhythms(["atlas"]), archive.rhythms(["rif"])) == ((rhythm,), ())
    later = replace(rhythm, failures=0, next_at=NOON + 2 * HOURS)
    archive.save([Catch(rhythm=rhythm), Catch(rhythm=later)], run_id)
    assert archive.rhythms(["atlas"]) == (later,)


def test_news_is_asked_for_first_and_the_newest_first(archive: Archive, run_id: int):
    backfill = replace(ATLAS, way=None)
    listed = (
        found(1, backfill, published_at=NOON),
        found(2, published_at=NOON - 9 * HOURS),
        found(3, published_at=None),
        found(4, published_at=None, updated_at=NOON - HOURS),
        replace(found(5), next_at=NOON + HOURS, failed=1),
    )
    archive.save([Catch(found=listed)], run_id)
    assert urls(archive.due("atlas", NOON, 10)) == ["3", "4", "2", "1"]
    assert archive.due("atlas", NOON, 1) == Due(addresses=(listed[2],), left=3, resting=1)
    assert archive.due("rif", NOON, 10) == Due()


def test_many_catches_at_once_leave_what_each_came_to(archive: Archive, engine: Engine, run_id: int):
    addresses = [found(number) for number in range(1, 4)]
    archive.save([Catch(visit=visit(way=Way.FEED), found=tuple(addresses))], run_id)
    failed = Catch(visit=visit(url=addresses[2].entry.url, state=VisitState.TIMED_OUT), addresses=(addresses[2],))
    twice = replace(kept(addresses[1]), visit=visit(url="https://atlas.example/2?again"))
    numbers = archive.save([kept(addresses[1]), failed, kept(addresses[0]), twice], run_id)
    assert [number is not None for number in numbers] == [True, False, True, False]
    assert rows(engine, PageRow.url, PageRow.version) == [(f"https://atlas.example/{n}", 1) for n in (1, 2)]
    assert {row for row in rows(engine, VisitRow.url, VisitRow.page_id) if row[1]} == {
        ("https://atlas.example/1", numbers[2]),
        ("https://atlas.example/2", numbers[0]),
    }
    assert rows(engine, AddressRow.url, AddressRow.page_id)[:2] == [
        ("https://atlas.example/1", numbers[2]),
        ("https://atlas.example/2", numbers[0]),
    ]


def test_a_batch_is_kept_whole_or_not_at_all(archive: Archive, engine: Engine, run_id: int):
    stranger = Catch(visit=visit(source_id="nobody"))
    with pytest.raises(Exception, match="there is no source `atlas` or `nobody`"):
        archive.save([kept(found(1)), stranger], run_id)
    assert rows(engine, PageRow.id) == rows(engine, VisitRow.id) == rows(engine, AddressRow.url) == []


def settle(archive: Archive, run_id: int, outcome: Outcome) -> None:
    with archive.claim(run_id) as claim:
        claim.settle(outcome, filing() if outcome.kind is OutcomeKind.FILED else None)


REJECTED = Outcome(kind=OutcomeKind.REJECTED, reason="off_topic", rules="r1")


@pytest.mark.parametrize(("outcome", "due"), [(filed(), ["1"]), (REJECTED, []), (None, [])])
def test_a_kept_page_is_looked_at_again_once_it_is_an_article(archive: Archive, run_id: int, outcome, due):
    archive.save([kept(found(1))], run_id)
    if outcome is not None:
        settle(archive, run_id, outcome)
    assert urls(archive.due("atlas", NOON + 5 * HOURS, 10)) == []
    assert urls(archive.due("atlas", NOON + 6 * HOURS, 10)) == due
    assert urls(archive.due("atlas", NOON + 49 * HOURS, 10)) == []


def test_a_page_that_is_said_to_have_changed_is_looked_at_again_whatever_it_became(archive: Archive, run_id: int):
    archive.save([kept(found(1))], run_id)
    settle(archive, run_id, REJECTED)
    (known,) = archive.known(["https://atlas.example/1"]).values()
    stated = replace(known.entry, updated_at=NOON + HOURS)
    archive.save([Catch(found=(note(stated, known, replace(ATLAS, at=NOON + 2 * HOURS)),))], run_id)
    assert urls(archive.due("atlas", NOON + 2 * HOURS, 10)) == ["1"]


def test_looks_again_come_after_what_was_never_asked_for(archive: Archive, run_id: int):
    archive.save(
        [kept(found(1)), Catch(found=(found(2, published_at=NOON - HOURS), found(3, replace(ATLAS, way=None))))], run_id
    )
    settle(archive, run_id, filed())
    assert urls(archive.due("atlas", NOON + 6 * HOURS, 10)) == ["2", "1", "3"]


def test_looks_that_were_not_made_in_time_are_given_up(archive: Archive, engine: Engine, run_id: int):
    archive.save([kept(found(1)), Catch(found=(found(2),))], run_id)
    archive.pass_over(["atlas"], NOON + 47 * HOURS)
    assert [next_at for _, next_at in rows(engine, AddressRow.url, AddressRow.next_at)] == [NOON + 6 * HOURS, NOON]
    archive.pass_over(["atlas"], NOON + 48 * HOURS)
    assert [next_at for _, next_at in rows(engine, AddressRow.url, AddressRow.next_at)] == [None, NOON]


def test_a_change_is_one_more_version_and_the_same_again_is_none(archive: Archive, engine: Engine, run_id: int):
    first = kept(found(1))
    archive.save([first], run_id)
    settle(archive, run_id, filed())
    same = kept(first.addresses[0], at=NOON + 6 * HOURS)
    changed = kept(same.addresses[0], b"<p>two", at=NOON + 40 * HOURS)
    assert archive.save([same], run_id) == (None,)
    (number,) = archive.save([changed], run_id)
    assert number is not None
    assert rows(engine, PageRow.version, PageRow.outcome) == [(1, "filed"), (2, None)]
    assert [address.looks for address in archive.known(["https://atlas.example/1"]).values()] == [2]
    assert all(each.holds for each in Queries(engine).conservation())


def test_a_page_that_is_kept_and_comes_again_by_another_address_is_no_version(
    archive: Archive, engine: Engine, run_id: int
):
    first, other = kept(found(1)), found(2)
    archive.save([first], run_id)
    again = kept(other, b"<p>other bytes")
    led = replace(again, page=replace(again.page, url=first.page.url, canonical_url=first.page.canonical_url))
    led = replace(led, addresses=(*led.addresses, alias(led.addresses[0], first.page.url)))
    assert archive.save([led], run_id) == (None,)
    assert rows(engine, PageRow.version) == [(1,)]
    assert {state for _, state in rows(engine, AddressRow.url, AddressRow.state)} == {AddressState.KEPT}
    assert len(set(rows(engine, AddressRow.page_id))) == 1


def test_an_address_that_another_crawl_found_and_kept_meanwhile_is_left_as_it_is(archive: Archive, run_id: int):
    archive.save([kept(found(1))], run_id)
    archive.save([Catch(found=(found(1, replace(ATLAS, source_id="rif")),))], run_id)
    (known,) = archive.known(["https://atlas.example/1"]).values()
    assert (known.source_id, known.state) == ("atlas", AddressState.KEPT)


def test_what_waits_with_a_source_that_is_no_longer_followed_is_found_anew_by_another(archive: Archive, run_id: int):
    shared = replace(ATLAS, source_id="rif")
    waiting, came = found(1), found(2)
    archive.save([Catch(found=(waiting, came)), kept(came)], run_id)

    def list_again() -> list[str]:
        named = [address.entry for address in (waiting, came)]
        known = archive.known([each.url for each in named])
        again = (note(each, known[each.url], shared) for each in named)
        archive.save([Catch(found=tuple(address for address in again if address))], run_id)
        return urls(archive.due("rif", NOON, 10))

    assert list_again() == []
    archive.load_sources([source(id="rif", hosts=("rif.example",))], whole=True)
    assert list_again() == ["1"]
    archive.load_sources([source(), source(id="rif", hosts=("rif.example",))])
    assert (urls(archive.due("atlas", NOON, 10)), list_again()) == ([], ["1"])


def test_what_was_kept_of_a_source_that_is_no_longer_followed_is_looked_at_by_the_one_that_lists_it(
    archive: Archive, run_id: int
):
    catch, shared, at = kept(found(1)), replace(ATLAS, source_id="rif"), NOON + 7 * HOURS
    archive.save([catch], run_id)
    with archive.claim(archive.start_run("process", {})) as claim:
        claim.settle(filed(), filing())

    def list_again(finder: Finder) -> list[str]:
        known = archive.known(["https://atlas.example/1"])["https://atlas.example/1"]
        address = note(catch.addresses[0].entry, known, finder)
        archive.save([Catch(found=(address,) if address else ())], run_id)
        return urls(archive.due("rif", at, 10))

    assert list_again(shared) == []
    archive.load_sources([source(id="rif", hosts=("rif.example",))], whole=True)
    assert list_again(replace(shared, hosts=frozenset({"rif.example"}))) == []
    assert list_again(shared) == ["1"]
    (looked,) = archive.due("rif", at, 10).addresses
    assert looked == replace(catch.addresses[0], source_id="rif")


def test_a_backfill_finds_anew_what_was_refused_and_what_waits_with_nobody(
    archive: Archive, engine: Engine, run_id: int
):
    stranger = replace(ATLAS, source_id="rif", hosts=frozenset({"rif.example"}))
    archive.save([Catch(found=(found(1, stranger), found(2, replace(ATLAS, source_id="rif")), found(3)))], run_id)
    archive.load_sources([source()], whole=True)
    walk = Walk(source_id="atlas", period=Period(first=NOON.date(), last=NOON.date()))
    step = Step(discovery=Discovery(way=Way.SITEMAP, url="https://atlas.example/map.xml"), url="map.xml")
    listed = [entry(url=f"https://atlas.example/{number}") for number in (1, 2, 3)]
    book = Backfills(engine)
    book.begin(walk, [step])
    assert book.keep(walk, step, Read(visit=visit(way=Way.SITEMAP), entries=listed), run_id) == 2
    assert sorted(urls(archive.due("atlas", NOON, 10))) == ["1", "2", "3"]


def test_crawls_that_find_the_same_addresses_at_once_do_not_wait_in_a_circle(
    archive: Archive, engine: Engine, run_id: int
):
    numbers = list(range(200))

    def find(worker: int) -> None:
        listed = numbers if worker % 2 else numbers[::-1]
        for _ in range(5):
            archive.save([Catch(found=tuple(found(number) for number in listed))], run_id)
            archive.save([kept(found(number)) for number in listed[worker * 9 : worker * 9 + 20]], run_id)

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(find, range(4)))
    assert len(rows(engine, AddressRow.url)) == len(numbers)
    assert len(rows(engine, PageRow.url)) == len(set(rows(engine, PageRow.url)))


def test_a_source_is_due_by_its_ways_and_by_its_addresses(archive: Archive, engine: Engine, run_id: int):
    assert due_sources(engine, NOON) == {"atlas", "rif"}
    feeds = dict.fromkeys(("atlas", "rif"), "https://atlas.example/feed")
    rhythms = [
        Rhythm(source_id=each, url=url, way=Way.FEED, interval_minutes=60, asked_at=NOON, next_at=NOON + HOURS)
        for each, url in feeds.items()
    ]
    archive.save([Catch(rhythm=rhythm) for rhythm in rhythms], run_id)
    assert due_sources(engine, NOON) == frozenset()
    archive.save([Catch(found=(found(1), replace(found(2), source_id="rif", way=None)))], run_id)
    assert due_sources(engine, NOON) == {"atlas"}
    archive.save_rest(HostRest(host="atlas.example", until=NOON + 2 * HOURS, refusals=1))
    assert due_sources(engine, NOON + HOURS) == frozenset()
    assert due_sources(engine, NOON + 2 * HOURS) == {"atlas", "rif"}


def test_a_source_of_several_hosts_is_due_while_one_of_them_answers(archive: Archive, engine: Engine):
    archive.load_sources([source(hosts=("atlas.example", "rif.example"))])
    archive.save_rest(HostRest(host="rif.example", until=NOON + HOURS, refusals=1))
    assert due_sources(engine, NOON) == {"atlas"}
    archive.save_rest(HostRest(host="atlas.example", until=NOON + HOURS, refusals=1))
    assert due_sources(engine, NOON) == frozenset()


def test_rules_and_rests_come_back_as_they_were_kept_last(archive: Archive):
    read = RobotsFile(
        origin="https://atlas.example", state=VisitState.FETCHED, asked_at=NOON, until=NOON + HOURS, body=b"\x00\xff"
    )
    rest = HostRest(host="atlas.example", until=NOON, refusals=1, detail="HTTP 429")
    for one, other in ((read, rest), (replace(read, body=None, detail="\x00"), replace(rest, refusals=2))):
        archive.save_robots(one)
        archive.save_rest(other)
    assert archive.robots("https://atlas.example") == replace(read, body=None, detail="\ufffd")
    assert archive.robots("https://rif.example") is None
    assert archive.rests(["atlas.example", "rif.example"]) == (replace(rest, refusals=2),)


def test_a_source_that_changed_is_asked_in_full(archive: Archive, run_id: int):
    rhythm = Rhythm(source_id="atlas", url="u", way=Way.FEED, interval_minutes=60, validators=TAGGED)
    archive.save([Catch(rhythm=rhythm)], run_id)
    archive.load_sources([source()])
    assert archive.rhythms(["atlas"]) == (rhythm,)
    archive.load_sources([source(hosts=("atlas.example", "atlas-plus.example"))])
    assert archive.rhythms(["atlas"]) == (replace(rhythm, validators=Validators()),)
