"""How a request ends that brought nothing home: the errors of Scrapy and of ours, as states of a visit."""

from __future__ import annotations

from dataclasses import dataclass

from OpenSSL import SSL
from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from service_identity import CertificateError, VerificationError
from twisted.internet.error import ConnectionClosed
from twisted.web.client import ResponseFailed

from analysis.records import VisitState
from spiders.trust import UntrustedError

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

_SAID: dict[type[BaseException], str] = {
    DownloadCancelledError: "the body has more bytes than we take",
    ResponseDataLossError: "the answer ends before it is whole",
}


def ending(error: BaseException) -> Ending:
    """Tell how a request ended from what was raised; what is not known here never got an answer: unreachable."""
    if isinstance(error, HttpError):
        status = error.response.status
        return Ending(state=VisitState.HTTP_ERROR, detail=f"HTTP {status}", status=status)
    if isinstance(error, DownloadFailedError) and isinstance(error.__cause__, ResponseFailed):
        return _broken_off(error.__cause__)
    detail = _said(error)[:DETAIL_CHARACTERS]
    for kind, state in _STATES:
        if isinstance(error, kind):
            return Ending(state=state, detail=detail)
    return Ending(state=_ignored(detail) if isinstance(error, IgnoreRequest) else VisitState.UNREACHABLE, detail=detail)


def _broken_off(failed: ResponseFailed) -> Ending:
    """Tell why an answer broke off: the connection was lost, or we gave it up for what was in it."""
    reasons = [failure.value for failure in failed.reasons]
    for reason in reasons:
        if isinstance(reason, SSL.Error | VerificationError | CertificateError | UntrustedError):
            return _unsecured(reason)
        if isinstance(reason, IgnoreRequest):
            return ending(reason)
        if not isinstance(reason, ConnectionClosed):
            said = f"the answer is no HTTP: {_said(reason)}"
            return Ending(state=VisitState.UNREADABLE, detail=said[:DETAIL_CHARACTERS])
    said = "; ".join(_said(reason) for reason in reasons) or "nobody said why"
    return Ending(state=VisitState.UNREACHABLE, detail=f"the connection was lost: {said}"[:DETAIL_CHARACTERS])


def _unsecured(reason: Exception) -> Ending:
    """Tell certificates that prove nothing from a server with which we have no way of TLS in common."""
    if isinstance(reason, UntrustedError):
        return Ending(state=VisitState.BAD_CERTIFICATE, detail=str(reason))
    if not isinstance(reason, SSL.Error):
        return Ending(state=VisitState.BAD_CERTIFICATE, detail="the certificate was given to another host")
    words = ", ".join(said for *_, said in (reason.args[0] if reason.args else ())) or "the connection was broken off"
    return Ending(state=VisitState.UNREACHABLE, detail=f"TLS: {words}"[:DETAIL_CHARACTERS])


def _said(error: BaseException) -> str:
    words = " ".join(str(argument) for argument in error.args)
    return words or _SAID.get(type(error), "") or str(error) or type(error).__name__


def _ignored(said: str) -> VisitState:
    """Tell apart the two reasons for which Scrapy itself ignores a request: only its words do."""
    return VisitState.REDIRECT_LOOP if "redirections" in said else VisitState.ROBOTS_FORBID
