"""The few exceptions of marsad. The docstring says when; the message is one sentence a person can act on."""

from __future__ import annotations


class MarsadError(Exception):
    """Something a person must put right. The command line prints the message, no traceback, and exits non-zero."""


class SeedError(MarsadError):
    """A seed file says something it cannot mean: the message names file, line and what was expected."""

    def __init__(self, *, file: str, line: int | None, expected: str) -> None:
        """Keep the place (file name, line counted from 1) beside the sentence."""
        self.file, self.line, self.expected = file, line, expected
        where = file if line is None else f"{file}, line {line}"
        super().__init__(f"{where}: {expected}")


class SettingsError(MarsadError):
    """A MARSAD_ variable is unknown or has a value it cannot have."""


class DatabaseUnavailableError(MarsadError):
    """Postgres does not answer, or its tables are not there yet."""


class UnknownNameError(MarsadError):
    """A source, article or run was asked for that is not there."""


class IndexFileError(MarsadError):
    """The index of a folder of saved pages is missing, or a line of it cannot be read."""


class BodyGoneError(MarsadError):
    """The bytes of a page are asked for that retention gave up; its row, hash and outcome are there."""


class BrokenBodyError(MarsadError):
    """A body is not in the content encoding that its headers name, or ends before it is whole."""


class SwollenBodyError(MarsadError):
    """A body grows beyond the limit while its content encoding is taken off."""


class UnreadableListError(MarsadError):
    """What a feed, sitemap or listing address answered is no such thing."""


class ExtractionError(MarsadError):
    """The extractor broke on a page: the page is kept as failed, the run goes on."""


class CorrectionError(MarsadError):
    """A correction cannot be: the facts contradict one another, or nobody says who makes it."""

    def __init__(self, message: str, reason: str = "value") -> None:
        """Keep a short reason beside the sentence, for whoever says it in another language."""
        self.reason = reason
        super().__init__(message)


class ConflictError(MarsadError):
    """Somebody else put the same event right since the one who asks looked at it."""
