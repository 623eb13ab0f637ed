"""What every channel can do, and the one way in which it fails."""

from __future__ import annotations

from typing import Protocol

from analysis.errors import MarsadError
from analysis.records import Letter


class ChannelError(MarsadError):
    """A letter was not taken: the message says why, without any secret.

    A final one is not worth trying again; `retry_after_seconds` is how long the receiver asks us to wait.
    """

    def __init__(self, message: str, *, is_final: bool = False, retry_after_seconds: float | None = None) -> None:
        """Keep beside the sentence what it means for the next attempt."""
        self.is_final, self.retry_after_seconds = is_final, retry_after_seconds
        super().__init__(message)


class Channel(Protocol):
    """Takes letters to one receiver."""

    def send(self, letter: Letter) -> str:
        """Send, and return what the receiver said, without secrets; raises ChannelError where it did not take it."""
        ...

    def knows(self, letter: Letter) -> bool | None:
        """Tell whether the receiver has a letter of this key already; None where it cannot be asked."""
        ...
