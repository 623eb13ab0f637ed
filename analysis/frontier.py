"""What becomes of an address: when it is asked for, after a failure again, and looked at once more when it is kept.

A page that failed rests for an hour after the first failure, twice as long after each further one, and is given up
after six. A page that is kept is asked for again about 6 and 40 hours after its publication, and when a list says that
it changed, until it is two days old.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from analysis.hosts import host_of
from analysis.records import Address, AddressState, Entry, Validators, Way

MOST_TRIES = 6
FIRST_REST = timedelta(hours=1)
YOUNG = timedelta(hours=48)
LOOKS_AT = (timedelta(hours=6), timedelta(hours=40))
APART = timedelta(hours=1)
"""So far apart are two looks at the least, whatever a list says."""
MOST_LOOKS = 5
FEW = 10
MOST = 0.75
"""Of this many pages or more, a list that says of so great a part that they changed is not believed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finder:
    """Who found entries and when: a source, by one of its ways (None: a backfill), and the hosts that are its own."""

    source_id: str
    hosts: frozenset[str]
    way: Way | None
    at: datetime


def note(entry: Entry, known: Address | None, finder: Finder) -> Address | None:
    """Return how the address of an entry stands now that it was listed; None where that changes nothing.

    One that was refused is found anew by a source that it is at home with, which also looks again at what was kept of
    one that is no longer followed.
    """
    if known is None or known.state is AddressState.REFUSED:
        is_home = host_of(entry.url) in finder.hosts
        return _found(entry, finder, is_home=is_home) if is_home or known is None else None
    owned = _adopted(known, finder) if host_of(entry.url) in finder.hosts else known
    if is_changed(entry, owned, finder.at):
        asked_at = known.asked_at or finder.at
        return replace(owned, entry=entry, next_at=max(finder.at, asked_at + APART))
    return None if owned is known else owned


def _adopted(known: Address, finder: Finder) -> Address:
    """Return an address that nobody would look at again as that of the source which lists it."""
    is_looked_for = known.is_orphan and known.state is AddressState.KEPT and known.next_at is not None
    return replace(known, source_id=finder.source_id, is_orphan=False) if is_looked_for else known


def is_changed(entry: Entry, known: Address, now: datetime) -> bool:
    """Tell whether a list says that a young page we keep changed since we asked for it, and nobody noted it yet."""
    if known.state is not AddressState.KEPT or known.asked_at is None or entry.updated_at is None:
        return False
    is_news = known.asked_at < entry.updated_at <= now and known.entry.updated_at != entry.updated_at
    return is_news and known.looks < MOST_LOOKS and now < _born(known, known.asked_at) + YOUNG


def believe(listed: Mapping[str, Entry], known: Mapping[str, Address]) -> Mapping[str, Entry]:
    """Return what a list says, without changes of known pages where it says of most that they changed since we asked.

    Such a list tells when it was made itself.
    """
    dates = ((known[name].asked_at, each.updated_at) for name, each in listed.items() if name in known)
    changed = [updated_at > asked_at for asked_at, updated_at in dates if asked_at and updated_at]
    if len(changed) < FEW or sum(changed) <= MOST * len(changed):
        return listed
    return {name: replace(each, updated_at=None) if name in known else each for name, each in listed.items()}


def _found(entry: Entry, finder: Finder, *, is_home: bool) -> Address:
    return Address(
        source_id=finder.source_id,
        entry=entry,
        way=finder.way,
        found_at=finder.at,
        state=AddressState.WAITING if is_home else AddressState.REFUSED,
        next_at=finder.at if is_home else None,
    )


def after_kept(address: Address, at: datetime, validators: Validators) -> Address:
    """Return an address that brought its page, or the same page again; a look at a kept one is counted."""
    looked = replace(
        address,
        looks=address.looks + (address.state is AddressState.KEPT),
        state=AddressState.KEPT,
        asked_at=at,
        validators=validators,
    )
    return replace(looked, next_at=next_look(looked, at))


def after_failure(address: Address, at: datetime) -> Address:
    """Return an address that brought nothing: it rests, or is given up; a page that is kept stays kept."""
    if address.state is AddressState.KEPT:
        return after_kept(address, at, address.validators)
    failed = address.failed + 1
    is_lost = failed >= MOST_TRIES
    return replace(
        address,
        state=AddressState.GIVEN_UP if is_lost else AddressState.WAITING,
        failed=failed,
        asked_at=at,
        next_at=None if is_lost else at + FIRST_REST * 2 ** (failed - 1),
    )


def after_known(address: Address, at: datetime, *, is_kept: bool) -> Address:
    """Return an address that only leads to a page which is kept, or else asked for in its own name at the moment."""
    if is_kept:
        return replace(address, state=AddressState.KEPT, asked_at=at, next_at=None)
    return replace(address, asked_at=at, next_at=at + FIRST_REST)


def put_off(address: Address, until: datetime) -> Address:
    """Return an address whose host asked us to come back later, through no fault of its own."""
    return replace(address, next_at=until)


def alias(address: Address, url: str) -> Address:
    """Return the address of a page that was found where a redirect led: kept, and looked at by its first address."""
    return replace(
        address,
        entry=replace(address.entry, url=url),
        state=AddressState.KEPT,
        next_at=None,
        validators=Validators(),
    )


def next_look(address: Address, at: datetime) -> datetime | None:
    """Return when to look again at a page that was asked for `at`; None when it will be no news any more."""
    born = _born(address, at)
    times = (max(born + age, at + APART) for age in LOOKS_AT if born + age > at)
    return next((time for time in times if time < born + YOUNG), None)


def _born(address: Address, asked_at: datetime) -> datetime:
    """Return when a page was published, by its entry; if that does not say, or names a time to come, when found."""
    stated = address.entry.published_at
    return stated if stated is not None and stated <= asked_at else min(address.found_at, asked_at)
