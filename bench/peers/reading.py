"""Reads the pages that it is told, with news-please and newspaper4k, and says how long each took: CPU seconds as JSON.

Started by `bench/reading.py` in an environment of its own, since what these two pin clashes with what we use. A line of
standard input is the file of a page, a tab and its address.
"""

from __future__ import annotations

import gzip
import json
import logging
import socket
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import newspaper
from newsplease import NewsPlease


def _by_news_please(markup: str, url: str) -> None:
    NewsPlease.from_html(markup, url=url, fetch_images=False)


def _by_newspaper(markup: str, url: str) -> None:
    newspaper.article(url, input_html=markup, fetch_images=False)


WAYS: dict[str, Callable[[str, str], None]] = {"news-please": _by_news_please, "newspaper4k": _by_newspaper}


def _refuse(*_: object) -> None:
    raise OSError("a benchmark asks nobody")


def _seconds(way: Callable[[str, str], None], body: bytes, url: str) -> float:
    began = time.process_time()
    with suppress(Exception):  # where it breaks, the time until then counts
        way(body.decode(errors="replace"), url)
    return time.process_time() - began


def main() -> None:
    """Answer each line with a line, until there are no more."""
    warnings.simplefilter("ignore")
    logging.disable()
    socket.socket.connect = _refuse  # both ask the network for this and that
    for line in sys.stdin:
        name, _, url = line.rstrip("\n").partition("\t")
        body = Path(name).read_bytes()
        body = gzip.decompress(body) if name.endswith(".gz") else body
        print(json.dumps({peer: _seconds(way, body, url) for peer, way in WAYS.items()}), flush=True)


if __name__ == "__main__":
    main()
