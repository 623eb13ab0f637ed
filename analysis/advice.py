"""What to do about each kind of trouble: one concrete sentence, and whether the address itself is to be doubted."""

from __future__ import annotations

from analysis.records import Grounds, TroubleKind

_ADVICE = {
    TroubleKind.UNREACHABLE: "open {home} in a browser: if it opens there we are refused, else wait",
    TroubleKind.CERTIFICATE: "its certificate is not valid: write to the outlet, or name its http address in the entry",
    TroubleKind.BLOCKED: "it refuses us: set MARSAD_CONTACT, write to it, or close it with a fair way around",
    TroubleKind.THROTTLED: "it asks for patience: raise delay_seconds and cadence_minutes of its entry",
    TroubleKind.CHALLENGED: "its wall stops robots: write to it, or close it with a fair way around",
    TroubleKind.ROBOTS: "read {home}robots.txt: take a way it allows, or close the source as robots_forbid",
    TroubleKind.GONE: "look for its new address with `marsad source {home}` and mend its entry",
    TroubleKind.MOVED: "if that is the same outlet, add the host to `hosts` of its entry, else look for the new one",
    TroubleKind.PARKED: "it lost its domain or its host: find where it prints now, or close it as unreachable",
    TroubleKind.UNUSABLE: "look at what it answers; `marsad source {home}` finds other ways",
    TroubleKind.STALE: "if {home} prints news its list is dead, and `marsad source {home}` finds another",
    TroubleKind.QUIET: "compare {home} with `marsad articles --rejected --source {id}`: a list may have lost a section",
    TroubleKind.FLOODING: "`marsad articles --rejected --source {id}` shows what: a tag page or an archive is no way",
    TroubleKind.UNDATED: "see `marsad articles --source {id}`: its pages may state the date in a new place",
    TroubleKind.UNPARSEABLE: "`marsad articles --rejected --source {id}` shows them: a new shape, or no articles",
    TroubleKind.WAY_BROKEN: "take it out of the entry, or mend its address",
    TroubleKind.NOT_ASKED: "run `marsad crawl {id}`, and look why the schedule leaves it out",
}
_DOUBTED = {
    Grounds.INFERRED: "its address was inferred, so doubt that first: `marsad source {home}` looks for another",
    Grounds.LISTED: "its address is a catalogue's, so doubt that first: `marsad source {home}` looks for another",
}
OVERRUN = (
    "if that goes on, lower cadence_minutes of its entry, or add a way that lists more (`marsad source {home}`); "
    "`marsad backfill {id}` brings what was missed where it has an archive"
)
PROMISE = "if this is its ordinary yield, write articles_a_day: [{low}, {high}] into its entry"


def advise(kind: TroubleKind, source_id: str, home: str, doubted: Grounds | None = None) -> str:
    """Say what to do; `doubted` are the grounds of an address that never answered."""
    sentence = _DOUBTED.get(doubted, _ADVICE[kind]) if doubted else _ADVICE[kind]
    return sentence.format(id=source_id, home=home)
