"""One sample press for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cli.sample_press import SamplePress, serve


@pytest.fixture(scope="module")
def press() -> Iterator[SamplePress]:
    with serve(port=0) as opened:
        yield opened
