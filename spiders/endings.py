"""How a request ends that brought nothing home: the errors of Scrapy and of ours, as states of a visit."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from analysis.records import VisitState

DETAIL_CHARACTERS = 300


class OffHostError(IgnoreRequest):
    """An address leads to a host that is none of the source's."""


class PrivateAddressError(IgnoreRequest):
    """A host is at an address of this machine or its network, and none of the public internet."""


class RedirectLoopError(IgnoreRequest):
    """A redirect leads to an address that the same request has been at."""


class TooLargeError(IgnoreRequest):
    """A body grows beyond the limit while its content encoding is taken off."""


class UnreadableError(IgnoreRequest):
    """A body is not in the content encoding that its headers name, or ends before it is whole."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """The state of a visit that failed, the status if there was an answer, and a sentence."""

    state: VisitState
    detail: str
    status: int | None = None


_STATES: tuple[tuple[type[Exception], VisitState], ...] = (
    (OffHostError, VisitState.OFF_HOST),
    (PrivateAddressError, VisitState.PRIVATE_ADDRESS),
    (RedirectLoopError, VisitState.REDIRECT_LOOP),
    (TooLargeError, VisitState.TOO_LARGE),
    (DownloadCancelledError, VisitState.TOO_LARGE),  # Scrapy cancels for its DOWNLOAD_MAXSIZE, and for nothing else
    (UnreadableError, VisitState.UNREADABLE),
    (ResponseDataLossError, VisitState.UNREADABLE),
    (DownloadTimeoutError, VisitState.TIMED_OUT),
    (ValueError, VisitState.UNREADABLE),  # headers or an address that cannot be parsed
)


def ending(error: BaseException) -> Ending:
    """Tell how a request ended from what was raised; what is not known here never got an answer: unreachable."""
    if isinstance(error, HttpError):
        status = error.response.status
        return Ending(state=VisitState.HTTP_ERROR, detail=f"HTTP {status}", status=status)
    detail = (str(error) or type(error).__name__)[:DETAIL_CHARACTERS]
    for kind, state in _STATES:
        if isinstance(error, kind):
            return Ending(state=state, detail=detail)
    return Ending(state=_ignored(detail) if isinstance(error, IgnoreRequest) else VisitState.UNREACHABLE, detail=detail)


def _ignored(said: str) -> VisitState:
    """Tell apart the two reasons for which Scrapy itself ignores a request: only its words do."""
    return VisitState.REDIRECT_LOOP if "redirections" in said else VisitState.ROBOTS_FORBID
