"""The books of a crawl: what lists name is noted once, what is due is asked for, and all of it is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from analysis.frontier import after_failure, after_kept
from analysis.records import Address, AddressState, Catch, Discovery, Source, Validators, VisitState, Way
from builders import NOON, entry, page, source, visit
from memory import MemoryRecorder
from spiders.questions import Question
from spiders.save import MOST_OF_THE_PAST, Ledger, Terms
from spiders.sums import SourceCrawl

ATLAS = source(hosts=("www.atlas.example",))


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def ledger(recorder: MemoryRecorder, most: int = 10, clock: Clock | None = None) -> Ledger:
    return Ledger(recorder, Terms(run_id=1, clock=clock or Clock(), most=most))


def entries(*numbers: int):
    return [
        entry(url=f"https://atlas.example/{number}", published_at=NOON + timedelta(minutes=number))
        for number in numbers
    ]


def question(books: Ledger, of: Source = ATLAS) -> Question:
    return books.questions(of)[0][0]


def note(books: Ledger, listed: list, of: Source = ATLAS):
    return books.note(question(books, of), visit(source_id=of.id, way=Way.FEED), listed)


def due(books: Ledger, of: Source = ATLAS) -> list[str]:
    return [address.entry.url for address in books.due(of)]


def test_the_newest_entries_are_asked_for_first_and_those_without_a_date_as_of_when_they_were_found():
    books = ledger(MemoryRecorder())
    undated = [entry(url=f"https://atlas.example/undated-{number}", published_at=None) for number in (1, 2)]
    note(books, [*undated, *entries(-1, 3, 2)])
    assert [url.rpartition("/")[2] for url in due(books)] == ["3", "2", "undated-1", "undated-2", "-1"]


def test_what_is_beyond_the_limit_is_left_and_asked_for_by_the_next_crawl():
    recorder = MemoryRecorder()
    books = ledger(recorder, most=2)
    note(books, entries(1, 2, 3))
    assert due(books) == ["https://atlas.example/3", "https://atlas.example/2"]
    assert books.results()[0].left == 1
    assert len(due(ledger(recorder))) == 3


def test_an_address_belongs_to_the_source_that_listed_it_first():
    books = ledger(MemoryRecorder())
    other = source(id="other", hosts=("atlas.example",))
    assert note(books, entries(1, 1)).unknown == 1
    assert note(books, entries(1, 2), other).unknown == 1
    assert (due(books), due(books, other)) == (["https://atlas.example/1"], ["https://atlas.example/2"])


def test_an_address_is_asked_for_once_in_a_crawl():
    books = ledger(MemoryRecorder())
    note(books, entries(1))
    assert books.take("https://atlas.example/1")
    assert not books.take("https://atlas.example/1")
    assert due(books) == []


def test_an_entry_on_another_host_is_a_visit_once_and_is_found_anew_by_a_source_that_it_is_at_home_with():
    recorder = MemoryRecorder()
    books = ledger(recorder)
    stranger = entry(url="https://rif.example/1")
    note(books, [stranger])
    note(books, [stranger])
    refused = [each for each in recorder.visits if each.way is None]
    assert [(each.url, each.state) for each in refused] == [("https://rif.example/1", VisitState.OFF_HOST)]
    assert due(books) == []
    rif = source(id="rif", hosts=("rif.example",), discovery=())
    note(books, [stranger], replace(rif, discovery=(Discovery(way=Way.FEED, url="https://rif.example/feed"),)))
    assert due(books, rif) == ["https://rif.example/1"]


def test_hosts_in_arabic_letters_in_ascii_and_of_telephones_are_one():
    arabic = source(hosts=("www.صحيفة.example", "Atlas.EXAMPLE"))
    hosts = ("صحيفة.example", "xn--ogbhx3c3b.example", "m.atlas.example", "www.atlas.example")
    books = ledger(MemoryRecorder())
    note(books, [entry(url=f"https://{host}/{number}") for number, host in enumerate(hosts)], arabic)
    assert len(due(books, arabic)) == 4


def test_a_list_that_holds_years_gives_all_that_is_news_and_the_newest_of_the_past():
    past = [entry(url=f"https://atlas.example/{day}", published_at=NOON - timedelta(days=day)) for day in range(1, 400)]
    recorder = MemoryRecorder()
    note(ledger(recorder), past)
    days = sorted(int(name.rpartition("/")[2]) for name in recorder.addresses)
    assert days == list(range(1, 30 + MOST_OF_THE_PAST))


def test_of_a_list_of_thousands_without_dates_both_ends_are_noted_and_what_it_grows_by():
    recorder = MemoryRecorder()
    every = [entry(url=f"https://atlas.example/{number}", published_at=None) for number in range(50_000)]
    assert note(ledger(recorder), every).unknown == 2 * MOST_OF_THE_PAST
    grown = [entry(url=f"https://atlas.example/new-{number}", published_at=None) for number in range(4)]
    note(ledger(recorder), [*grown[:2], *every, *grown[2:]])
    noted = {name.rpartition("/")[2] for name in recorder.addresses}
    assert noted == {str(number) for number in [*range(200), *range(49_800, 50_000)]} | {f"new-{n}" for n in range(4)}


def test_a_page_that_failed_is_asked_for_after_it_has_rested_also_when_no_list_names_it_any_more():
    recorder, clock = MemoryRecorder(), Clock()
    books = ledger(recorder, clock=clock)
    note(books, entries(0))
    (address,) = books.due(ATLAS)
    books.save([Catch(visit=visit(state=VisitState.TIMED_OUT), addresses=(after_failure(address, NOON),))])
    assert (due(books), books.results()[0].resting) == ([], 1)
    clock.now = NOON + timedelta(hours=1)
    assert due(books) == ["https://atlas.example/0"]


def test_what_came_is_counted():
    recorder = MemoryRecorder()
    books = ledger(recorder)
    note(books, entries(1, 2))
    kept = recorder.addresses["https://atlas.example/1"]
    first = Catch(visit=visit(), page=page(), addresses=(after_kept(kept, NOON, Validators()),))
    again = replace(first, page=page(body=b"changed"), addresses=(after_kept(first.addresses[0], NOON, Validators()),))
    books.save([first, first, again, again, Catch(visit=visit(state=VisitState.HTTP_ERROR))])
    assert books.results() == (
        SourceCrawl(
            source_id="atlas",
            pages=1,
            changed=1,
            known=0,
            resting=0,
            left=0,
            failed={VisitState.HTTP_ERROR: 1},
        ),
    )
    assert recorder.addresses["https://atlas.example/1"].state is AddressState.KEPT


def test_a_list_that_says_of_most_of_its_pages_that_they_changed_is_not_believed():
    recorder, clock = MemoryRecorder(), Clock()
    books = ledger(recorder, most=50, clock=clock)
    note(books, entries(*range(-12, 0)))
    books.save([Catch(addresses=(after_kept(each, NOON, Validators()),)) for each in books.due(ATLAS)])
    clock.now = NOON + timedelta(hours=2)

    def change(*numbers: int) -> int:
        changed = [replace(each, updated_at=NOON + timedelta(hours=1)) for each in entries(*numbers)]
        note(books, [*changed, *entries(*set(range(-12, 0)) - set(numbers))])
        later = ledger(recorder, most=50, clock=clock)
        return len(due(later))

    assert [change(*range(-12, 0)), change(-1, -2, -3)] == [0, 3]


def test_an_index_of_which_no_sitemap_answers_is_no_answer():
    books = ledger(MemoryRecorder())
    asked = question(books)
    silent = visit(way=Way.FEED, url="https://atlas.example/1.xml", state=VisitState.TIMED_OUT, detail="no answer")
    books.save([Catch(visit=visit(way=Way.FEED)), Catch(visit=silent), books.failed(asked, VisitState.UNREADABLE)])
    assert "no way of discovery answered" in books.results()[0].trouble


@pytest.mark.parametrize(
    ("after", "listed", "is_told"),
    [(60, (5, 6, 7, 8), True), (60, (4, 5, 6, 7), False), (60, (5, 6), False), (121, (5, 6, 7, 8), False)],
)
def test_a_list_that_names_nothing_known_says_so_in_its_visit_if_it_was_asked_as_its_pace_wants(after, listed, is_told):
    recorder, clock = MemoryRecorder(), Clock()
    books = ledger(recorder, clock=clock)
    first = note(books, entries(1, 2, 3, 4))
    books.answered(question(books), first, Validators(), VisitState.FETCHED)
    assert books.rhythm("atlas", question(books).url).interval_minutes == 60
    clock.now += timedelta(minutes=after)
    asked = visit(source_id="atlas", way=Way.FEED, visited_at=clock.now, detail="redirected to https://atlas.example/f")
    books.note(question(books), asked, entries(*listed))
    seen = [each.detail for each in recorder.visits]
    assert seen == ["", "all that it names is new; " * is_told + "redirected to https://atlas.example/f"]


def test_a_source_is_in_trouble_when_ways_were_asked_and_none_answered():
    books = ledger(MemoryRecorder())
    asked = question(books)
    failed = books.failed(asked, VisitState.TIMED_OUT)
    silent = visit(way=Way.FEED, url=asked.url, state=VisitState.TIMED_OUT, detail="no answer")
    books.save([replace(failed, visit=silent)])
    assert books.results()[0].trouble == (
        "atlas: no way of discovery answered; feed https://atlas.example/feed: timed_out (no answer)"
    )
    answer = note(books, entries(1))
    books.save([books.answered(question(books), answer, Validators(), VisitState.FETCHED)])
    assert books.results()[0].trouble == ""


def test_a_host_that_asked_to_be_left_alone_is_by_every_crawl_until_then():
    recorder, clock = MemoryRecorder(), Clock()
    books = ledger(recorder, clock=clock)
    books.keep_rest(books.hear("atlas.example", 429, "120"))
    later = ledger(recorder, clock=clock)
    later.begin([ATLAS])
    assert later.resting_until("atlas.example") == NOON + timedelta(minutes=2)
    clock.now = NOON + timedelta(minutes=2)
    assert later.resting_until("atlas.example") is None


def test_the_address_of_an_imported_page_is_known(archive):
    """On Postgres: a page that no crawl fetched has no address of the frontier."""
    archive.load_sources([ATLAS])
    run_id = archive.start_run("import-pages", {})
    archive.save_page(page(), visit(), run_id)
    known: dict[str, Address] = dict(archive.known(["https://atlas.example/1", "https://atlas.example/2"]))
    assert {name: each.state for name, each in known.items()} == {"https://atlas.example/1": AddressState.KEPT}
