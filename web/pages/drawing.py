"""Charts as images of their own, so that a page is there before they are drawn."""

from __future__ import annotations

from typing import Literal

from fastapi import Response

from models.questions.filters import Filters
from web.charts import Paper
from web.painter import Speech

NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


class ChartFilters(Filters):
    """How a chart is drawn."""

    ink: Literal["light", "dark"] = "light"
    narrow: bool = False


def paper_of(speech: Speech, wanted: ChartFilters) -> Paper:
    """Return what to draw on for a reader."""
    is_rtl = speech.look.direction == "rtl"
    return Paper(ink=wanted.ink, is_narrow=wanted.narrow, is_rtl=is_rtl, locale=speech.words.locale)


def drawing(svg: str) -> Response:
    """Answer with a chart; one of nothing is empty."""
    return Response(svg or NOTHING, media_type="image/svg+xml")
