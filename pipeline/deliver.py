"""Deliver what is due: each message in its turn, tried again where a receiver does not take it, and given up loudly.

At least once towards the channel, with a key that never changes, so that a receiver sees each message once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from analysis.pacing import next_attempt
from analysis.records import Letter, Message, Notice, Occasion
from analysis.settings import CHANNEL_PREFIX
from channels.channel import Channel, ChannelError
from models.outbox import Bulletin, Due, Waiting

SENT, FAILED, GIVEN_UP, HOMELESS = "sent", "failed", "given_up", "homeless"
"""How attempts are counted; what is homeless waits for its channel to have an address."""
AT_ONCE = 8
"""Recipients served at the same time: a slow receiver holds up its own messages only."""


class Turn(Protocol):
    """The messages of one recipient, in the hands of this deliverer."""

    def begin(self, now: datetime) -> Due | None:
        """Begin to send the first that waits."""

    def end(self, due: Due, said: str) -> None:
        """Write that it was sent."""

    def fail(self, due: Due, why: str, again_at: datetime | None) -> None:
        """Write that it was not, and when there is another attempt."""


class MessageArchive(Protocol):
    """Where messages wait."""

    def due(self, now: datetime) -> tuple[Waiting, ...]:
        """Return to whom something is due."""

    def hold(self, recipient: str) -> AbstractContextManager[Turn | None]:
        """Take the messages of a recipient; None where another deliverer has them."""

    def put(self, bulletin: Bulletin, due_at: datetime) -> int | None:
        """Write one more message."""

    def operators(self) -> tuple[str, ...]:
        """Return who hears of troubles."""

    def give_up_homeless(self, recipient: str, now: datetime) -> tuple[int, ...]:
        """Give up what waited too long for an address, and return the numbers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Deliverer:
    """Who delivers: from where, to which addresses by the names of channels, how letters are written, and the clock.

    `chance` gives a number from 0 to 1, for the time between attempts.
    """

    archive: MessageArchive
    addresses: Mapping[str, str]
    open_channel: Callable[[str], Channel]
    write_letter: Callable[[Message], Letter]
    clock: Callable[[], datetime]
    chance: Callable[[], float]

    def deliver_due(self) -> Counter[str]:
        """Send what is due to everyone, and count what became of it."""
        waiting, counts = self.archive.due(self.clock()), Counter[str]()
        with ThreadPoolExecutor(AT_ONCE) as several:
            for ended in several.map(self._serve, waiting):
                counts += ended
        return counts

    def _serve(self, waiting: Waiting) -> Counter[str]:
        """Send one recipient what is due, in its order, up to the first that is not taken."""
        address, counts = self.addresses.get(waiting.channel), Counter[str]()
        if address is None:
            return self._give_up_homeless(waiting)
        with self.archive.hold(waiting.recipient) as turn:
            while turn is not None and (due := turn.begin(self.clock())) is not None:
                counts[self._attempt(turn, due, address)] += 1
        return counts

    def _give_up_homeless(self, waiting: Waiting) -> Counter[str]:
        """Give up what waited too long for its channel to have an address, and let operators hear of it."""
        given_up = self.archive.give_up_homeless(waiting.recipient, self.clock())
        if given_up:
            notice = Notice(
                headline=f"Messages to {waiting.recipient} were given up",
                lines=(
                    f"messages: {len(given_up)}",
                    f"the channel {waiting.channel} has no address: set {CHANNEL_PREFIX}{waiting.channel.upper()}",
                ),
                more=f"marsad alerts --recipient {waiting.recipient} --state given_up",
            )
            self._tell_operators(waiting.recipient, f"trouble/homeless-{given_up[-1]}", notice)
        return Counter({HOMELESS: waiting.due - len(given_up), GIVEN_UP: len(given_up)})

    def _attempt(self, turn: Turn, due: Due, address: str) -> str:
        """Send one message, and say what became of it."""
        try:
            letter = self.write_letter(due.read())
        except Exception as error:  # noqa: BLE001 the one place where a message that cannot be written is given up
            return self._fail(turn, due, ChannelError(f"no letter could be written: {_kind(error)}", is_final=True))
        try:
            said = _send(self.open_channel(address), letter, is_in_doubt=due.is_in_doubt)
        except ChannelError as error:
            return self._fail(turn, due, error)
        except Exception as error:  # noqa: BLE001 the one place where a channel's unexpected trouble is a failed attempt
            return self._fail(turn, due, ChannelError(f"the channel broke: {_kind(error)}"))
        turn.end(due, said)
        return SENT

    def _fail(self, turn: Turn, due: Due, error: ChannelError) -> str:
        again_at = None
        if not error.is_final:
            now, asked = self.clock(), error.retry_after_seconds
            again_at = next_attempt(due.attempt, due.began_at, now, self.chance(), asked)
        turn.fail(due, str(error), again_at)
        if again_at is None:
            self._tell_of_given_up(due, str(error))
            return GIVEN_UP
        return FAILED

    def _tell_of_given_up(self, due: Due, why: str) -> None:
        """Let operators hear of a message that was given up."""
        recipient, number = due.row.recipient, due.row.id
        notice = Notice(
            headline=f"Message {number} to {recipient} was given up",
            lines=(
                f"attempts: {due.attempt}; {recipient} was tried since {due.began_at:%Y-%m-%d %H:%M} UTC",
                f"the last: {why}",
                f"do: mend the channel, and try it with `marsad alerts test {recipient}`",
            ),
            more=f"marsad alerts why {number}",
        )
        self._tell_operators(recipient, f"trouble/alert-{number}", notice)

    def _tell_operators(self, recipient: str, thread: str, notice: Notice) -> None:
        """Tell operators of a trouble with a recipient; one who could not be told anything is not told that."""
        for operator in self.archive.operators():
            if operator != recipient:
                trouble = Bulletin(recipient=operator, thread=thread, occasion=Occasion.TROUBLE, facts=notice)
                self.archive.put(trouble, self.clock())


def _send(channel: Channel, letter: Letter, *, is_in_doubt: bool) -> str:
    """Send a letter and return what the receiver said; one that may have been sent is asked for first."""
    if is_in_doubt and channel.knows(letter):
        return "the receiver had it already"
    return channel.send(letter)


def _kind(error: Exception) -> str:
    """Name an error; what it says could hold an address."""
    return type(error).__name__
