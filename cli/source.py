"""`marsad source`: looks at an outlet that is not followed yet, and proposes its entry for seeds/sources."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from textwrap import shorten
from typing import Annotated

import typer

from analysis import urls
from analysis.errors import MarsadError
from analysis.proposals import Proposal, Sample, Survey, Tried, propose
from analysis.records import Language
from analysis.settings import Settings
from cli.context import say, say_json, settings
from cli.source_entry import entry_text
from pipeline.seeds import SOURCES, read_source_files, read_topic, seeds_directory

WEB_ADDRESS = re.compile(r"https?://[^\s/@]+(/\S*)?")
SIGNALLED = 128
FIRST_WORDS = 100  # characters of a text that are shown


class AddressError(MarsadError):
    """What was given is no address of an outlet."""


def source(
    url: Annotated[str, typer.Argument(metavar="URL", help="The first page of the outlet.")],
    delay: Annotated[
        float, typer.Option(min=0, help="Seconds between two requests; its robots.txt may ask for more.")
    ] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Look at an outlet and propose its entry: which feeds, sitemaps and searches answer, what its pages become.

    Some ten requests, one at a time, as its robots.txt allows. What is tried, and what speaks against following it,
    goes to standard error; the entry to standard output, to be added to the file of its country in `seeds/sources`.
    Name, tier and kind are for you to put right. Nothing is kept.
    """
    address = url if "://" in url else f"https://{url}"
    if not WEB_ADDRESS.fullmatch(address):
        raise AddressError(f"{url} is no address of an outlet, such as https://www.hespress.com/")
    said = settings()
    survey = _look(address, delay, said, quiet=as_json)
    proposal = propose(survey, datetime.now(UTC), _owners(said))
    if as_json:
        say_json({"entry": proposal.entry, "warnings": proposal.warnings, **_facts(survey)})
    else:
        _tell(survey, proposal)


def _look(address: str, delay: float, said: Settings, *, quiet: bool) -> Survey:
    from spiders.polite import Fetch, Polite  # noqa: PLC0415 Scrapy takes a second to load, and --help needs none
    from spiders.start import CrawlStoppedError  # noqa: PLC0415 as below
    from spiders.survey import Surveyor  # noqa: PLC0415 as above
    from spiders.survey_fetch import run_survey  # noqa: PLC0415 as above

    searches = read_topic(seeds_directory(said)).searches
    seen: list[Survey] = []

    async def work(fetch: Fetch) -> None:
        polite = Polite(fetch=fetch, pause=asyncio.sleep, delay_seconds=delay)
        note = _hush if quiet else _note
        surveyor = Surveyor(polite=polite, searches=lambda language: _phrases(searches, language), note=note)
        seen.append(await surveyor.survey(address))

    try:
        run_survey(work, said.user_agent, public_only=not said.allow_private_addresses)
    except CrawlStoppedError as stopped:
        raise typer.Exit(SIGNALLED + stopped.number) from stopped
    return seen[0]


def _phrases(searches: Mapping[Language, tuple[str, ...]], language: Language) -> tuple[str, ...]:
    return searches.get(language) or searches.get(Language.ARABIC) or ("DGSN",)


def _owners(said: Settings) -> dict[str, str]:
    """Return the sources of the registry by their hosts."""
    listed = read_source_files(seeds_directory(said) / SOURCES)
    return {urls.host(f"https://{host}/"): each.id for each in listed for host in each.hosts}


def _facts(survey: Survey) -> dict[str, object]:
    tried = [{"what": each.what, "url": each.url, "came": each.came} for each in survey.tried]
    return {"tried": tried, "pages": [_sample_facts(each) for each in survey.samples]}


def _sample_facts(sample: Sample) -> dict[str, object]:
    article = sample.article
    if article is None:
        return {"url": sample.url, "because": sample.because}
    return {
        "url": sample.url,
        "title": article.title,
        "published": None if article.published is None else asdict(article.published),
        "undated_because": article.undated_because,
        "language": article.language,
        "words": len(article.text.split()),
        "begins": shorten(article.text, FIRST_WORDS, placeholder=" …"),
    }


# ---------------------------------------------------------------- for a person


def _note(tried: Tried) -> None:
    typer.echo(f"{tried.what:<10}  {tried.url}\n{'':<12}{tried.came}", err=True)


def _hush(_: Tried) -> None:
    pass


def _tell(survey: Survey, proposal: Proposal) -> None:
    for sample in survey.samples:
        typer.echo(f"\n{_sample_text(sample)}", err=True)
    for warning in proposal.warnings:
        typer.echo(f"\nbeware: {warning}", err=True)
    typer.echo("", err=True)
    say(entry_text(proposal.entry))


def _sample_text(sample: Sample) -> str:
    article = sample.article
    if article is None:
        return f"{sample.url}\n  no article: {sample.because}"
    published = article.published
    dated = f"{published.on} ({published.basis})" if published else f"undated: {article.undated_because}"
    begins = shorten(article.text, FIRST_WORDS, placeholder=" …")
    return f"{sample.url}\n  {article.title}\n  {dated}\n  {len(article.text.split())} words: {begins}"
