"""Charts, drawn on the server by Vega (altair, vl-convert) as SVG, in the reader's language, direction and colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import altair as alt
import vl_convert
from babel.dates import format_date

WIDE, NARROW, RANKS = 760, 330, 480
YEARS_FROM = 40
"""So many months are shown as years."""
FONT = "Noto Naskh Arabic, Noto Sans, DejaVu Sans, sans-serif"
INKS: Mapping[str, Mapping[str, str]] = {
    "light": {"text": "#4a4843", "line": "#dcd8cf"},
    "dark": {"text": "#b9b6ae", "line": "#3a3d42"},
}
COLOURS = ("#2f7f6b", "#c08a2d", "#5b7fb0", "#a8577e", "#8a8d3c", "#7a6bb0", "#b3603f", "#6f7b80")


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """What a chart is drawn on: ink (light or dark), width in pixels, direction of reading, locale of its months."""

    ink: str
    is_narrow: bool
    is_rtl: bool
    locale: str

    @property
    def width(self) -> int:
        """Pixels from side to side, axes not counted."""
        return NARROW if self.is_narrow else WIDE


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One bar: where it stands, what it is of, and how high it is."""

    at: str
    of: str
    count: int


def draw_months(counts: Sequence[tuple[date, str, int]], paper: Paper) -> str:
    """Draw bars by month, or by year for many months, stacked by what they are of; months without any are there too."""
    first, last = min(each[0] for each in counts), max(each[0] for each in counts)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    by_year = months > YEARS_FROM
    step = 12 if by_year else 1
    begin = first.year * 12 + (0 if by_year else first.month - 1)
    places = [date(at // 12, at % 12 + 1, 1) for at in range(begin, last.year * 12 + last.month, step)]
    marks = [format_date(each, "y" if by_year else "MMM y", locale=paper.locale) for each in places]
    sums = Counter[tuple[str, str]]()
    for month, kind, count in counts:
        sums[marks[(month.year * 12 + month.month - 1 - begin) // step], kind] += count
    bars = [Bar(at=at, of=kind, count=count) for (at, kind), count in sums.items()]
    return _svg(_columns(bars, marks, paper), paper)


def draw_ranks(counts: Sequence[tuple[str, int]], paper: Paper) -> str:
    """Draw a lying bar for each name, the longest first."""
    bars = [Bar(at=name, of="", count=count) for name, count in counts]
    base = alt.Chart(_data(bars)).encode(
        y=alt.Y("at:N", sort=None, title=None, axis=_axis(paper, orient=_beginning(paper), domain=False)),
        x=alt.X("count:Q", axis=None, scale=alt.Scale(reverse=paper.is_rtl)),
    )
    numbers = base.mark_text(align="right" if paper.is_rtl else "left", dx=-5 if paper.is_rtl else 5).encode(
        text="count:Q", color=alt.value(INKS[paper.ink]["text"])
    )
    chart = (base.mark_bar(color=COLOURS[0], cornerRadiusEnd=2, height=13) + numbers).properties(height={"step": 24})
    return _svg(chart.properties(width=min(paper.width, RANKS) - 140), paper)


def _columns(bars: Sequence[Bar], marks: Sequence[str], paper: Paper) -> Any:  # noqa: ANN401 an altair chart
    kinds = list(dict.fromkeys(bar.of for bar in sorted(bars, key=lambda bar: -bar.count)))
    legend = alt.Legend(title=None, orient="bottom", columns=2 if paper.is_narrow else 4, symbolType="square")
    axis = _axis(paper, labelOverlap="greedy", labelAngle=0, domain=True)
    whole = _axis(paper, orient=_beginning(paper), tickMinStep=1, grid=True, domain=False)
    return (
        alt.Chart(_data(bars))
        .mark_bar()
        .encode(
            x=alt.X(
                "at:O",
                title=None,
                axis=axis,
                scale=alt.Scale(domain=list(marks), reverse=paper.is_rtl, paddingInner=0.25),
            ),
            y=alt.Y("sum(count):Q", title=None, axis=whole),
            color=alt.Color("of:N", legend=legend, scale=alt.Scale(domain=kinds, range=list(COLOURS))),
        )
        .properties(width=paper.width - 60, height=170)
    )


def _beginning(paper: Paper) -> str:
    return "right" if paper.is_rtl else "left"


def _axis(paper: Paper, **how: Any) -> Any:  # noqa: ANN401 as altair takes them
    line, text = INKS[paper.ink]["line"], INKS[paper.ink]["text"]
    return alt.Axis(
        **{
            "labelColor": text,
            "labelLimit": 150,
            "gridColor": line,
            "domainColor": line,
            "ticks": False,
            "labelPadding": 6,
            **how,
        }
    )


def _data(bars: Sequence[Bar]) -> Any:  # noqa: ANN401 altair's
    return alt.Data(  # type: ignore[no-untyped-call]
        values=[{"at": bar.at, "of": bar.of, "count": bar.count} for bar in bars]
    )


def _svg(chart: Any, paper: Paper) -> str:  # noqa: ANN401 an altair chart
    said = chart.properties(background="transparent").configure(font=FONT, padding=4).configure_view(stroke=None)
    text = INKS[paper.ink]["text"]
    return _drawn(
        said.configure_axis(labelFontSize=13).configure_legend(labelFontSize=13, labelColor=text).to_json(indent=None)
    )


@lru_cache(maxsize=256)
def _drawn(chart: str) -> str:
    """Draw a chart once; the same facts are asked for again with every look at a page."""
    drawn: str = vl_convert.vegalite_to_svg(chart)
    return drawn
