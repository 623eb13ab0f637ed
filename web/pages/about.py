"""What this page is, and how else its facts can be had."""

from __future__ import annotations

from fastapi import APIRouter, Response

from web.house import AskView

router = APIRouter()


@router.get("/about", include_in_schema=False)
def about(view: AskView) -> Response:
    """Tell about the page."""
    return view.paint("about.html")
