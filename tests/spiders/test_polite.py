"""Asking politely: robots.txt before anything else of a host, a pause between two requests, redirects looked at."""

from __future__ import annotations

import asyncio

import pytest

from spiders.polite import Heard, Polite, heard

ATLAS = "https://atlas.example"


class Press:
    """Answers from memory, and remembers what was asked and how long was paused."""

    def __init__(self, **answers: Heard | str) -> None:
        self.answers = {f"https://{name}": answer for name, answer in answers.items()}
        self.paused: list[float] = []

    async def fetch(self, url: str) -> Heard:
        """Answer with a body, with where to go, or with nothing."""
        answer = self.answers.get(url, heard(url, 404, b"", None, None))
        return heard(url, 200, answer.encode(), None, None) if isinstance(answer, str) else answer

    async def pause(self, seconds: float) -> None:
        """Count the pause."""
        self.paused.append(seconds)

    def ask(self, *urls: str) -> tuple[list[Heard], list[str]]:
        """Ask one after the other, and return what was heard and what was fetched for it."""
        polite = Polite(fetch=self.fetch, pause=self.pause, delay_seconds=2)

        async def work() -> list[Heard]:
            return [await polite.ask(url) for url in urls]

        return asyncio.run(work()), polite.been


def moved(url: str, where: str) -> Heard:
    return heard(url, 301, b"", None, where)


def test_robots_txt_is_asked_once_for_a_host_and_a_pause_made_between_two_requests():
    press = Press(**{"atlas.example/": "home", "atlas.example/a": "page"})
    (home, page), been = press.ask(f"{ATLAS}/", f"{ATLAS}/a")
    assert (home.body, page.body) == (b"home", b"page")
    assert been == [f"{ATLAS}/robots.txt", f"{ATLAS}/", f"{ATLAS}/a"]
    assert press.paused == [2, 2]


def test_a_crawl_delay_makes_the_pause_longer_but_not_without_end():
    press = Press(
        **{
            "atlas.example/robots.txt": "User-agent: *\nCrawl-delay: 20",
            "rif.example/robots.txt": "User-agent: marsad\nCrawl-delay: 9999",
        }
    )
    press.ask(f"{ATLAS}/", "https://rif.example/")
    assert press.paused == [20, 20, 300]


def test_what_robots_txt_forbids_is_not_fetched_nor_what_a_redirect_leads_to_there():
    rules = "User-agent: *\nDisallow: /private/"
    press = Press(
        **{
            "atlas.example/robots.txt": rules,
            "atlas.example/open": moved(f"{ATLAS}/open", "/private/1"),
            "atlas.example/private/1": "secret",
        }
    )
    (shut, led), been = press.ask(f"{ATLAS}/private/1", f"{ATLAS}/open")
    assert (shut.forbidden, led.forbidden, led.url) == (True, True, f"{ATLAS}/private/1")
    assert f"{ATLAS}/private/1" not in been


def test_the_host_that_a_redirect_leads_to_is_asked_for_its_own_robots_txt():
    press = Press(**{"atlas.example/": moved(f"{ATLAS}/", "https://www.atlas.example/"), "www.atlas.example/": "home"})
    (home,), been = press.ask(f"{ATLAS}/")
    assert (home.url, home.body) == ("https://www.atlas.example/", b"home")
    assert been[2:] == ["https://www.atlas.example/robots.txt", "https://www.atlas.example/"]


def test_a_robots_txt_that_is_none_or_leads_in_circles_forbids_nothing():
    for robots in (
        "<html>Disallow: /</html>",
        moved("", f"{ATLAS}/robots.txt"),
        heard("", 403, b"User-agent: *\nDisallow: /", None, None),
    ):
        press = Press(**{"atlas.example/robots.txt": robots, "atlas.example/": "home"})
        ((home,), _) = press.ask(f"{ATLAS}/")
        assert home.body == b"home"


@pytest.mark.parametrize(
    ("robots", "why"),
    [(heard("", 503, b"", None, None), "HTTP 503"), (Heard(url="", detail="took longer"), "took longer")],
)
def test_where_robots_txt_fails_nothing_is_asked_as_a_crawl_would_not(robots, why):
    press = Press(**{"atlas.example/robots.txt": robots, "atlas.example/": "home"})
    ((home,), been) = press.ask(f"{ATLAS}/")
    assert home == Heard(url=f"{ATLAS}/", detail=f"its robots.txt cannot be read: {why}")
    assert been == [f"{ATLAS}/robots.txt"]


def test_redirects_without_end_are_given_up():
    press = Press(**{"atlas.example/": moved(f"{ATLAS}/", "/")})
    (home,), been = press.ask(f"{ATLAS}/")
    assert (home.detail, len(been)) == ("it redirects more than 5 times", 7)


def test_an_answer_that_brings_nothing_says_so():
    assert heard(ATLAS, 404, b"x", None, None).detail == "HTTP 404"
    assert heard(ATLAS, 304, b"", None, None).detail == "HTTP 304"
    assert heard(ATLAS, 301, b"", None, "javascript:x").detail == "HTTP 301"
