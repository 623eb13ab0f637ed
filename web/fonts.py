"""Arabic type for readers who have none: served from Debian's fonts-noto-core, where that is installed."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, HTTPException, Response
from starlette.responses import FileResponse

FOLDER = Path("/usr/share/fonts/truetype/noto")
NAMES = frozenset({"NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf"})
MONTH = "public, max-age=2592000"

router = APIRouter()


@router.get("/fonts/{name}", include_in_schema=False)
def font(name: str) -> Response:
    """Give one of the two files; without them readers see what their own system has."""
    if name not in NAMES or not (FOLDER / name).is_file():
        raise HTTPException(404)
    return FileResponse(FOLDER / name, media_type="font/ttf", headers={"Cache-Control": MONTH})
