"""What is being handled in this task: seen by the error handler and by what sends, without being passed along."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.announcements.postman import NotSent, Unknown
from bot.logs import mask
from handlers.sending.outcomes import understood

ATTEMPTS = 3
PAUSES = (0.05, 0.5)  # seconds before a handler that failed is tried again
LOST_PAUSES = (5.0, 30.0)  # where Telegram was reached and gave no receipt: the answer may have arrived
UNREACHABLE_PAUSES = (2.0, 4.0, 8.0, 16.0, 30.0)  # where it was not reached: for as long as that lasts


@dataclass(slots=True)
class Handling:
    """One update on its way through its handlers. `late`: it waited so long that the answer says so."""

    update_id: int
    late: bool = False
    sent: bool = False  # something of the answer has gone out: trying again would say it twice
    failures: int = 0
    unreached: int = 0
    cut_off: bool = False  # Telegram could not be reached the last time, which concerns everybody
    pause: float | None = None  # seconds before it is tried again; None: it is not
    error: str = ""  # why it is set aside
    on_wire: bool = False  # it has passed the gate, see handlers.sending.wire

    def again(self, error: Exception | None) -> bool:
        """Whether to try again after this error, silently; if not, the person is told, and `error` tells the admins."""
        self.pause, self.error, self.cut_off = None, "", False
        if self.sent or isinstance(error, BadRequest | Forbidden | InvalidToken):
            return False  # what Telegram refuses, it refuses again
        if isinstance(error, TelegramError):
            match understood(error):
                case NotSent(after=after, ours=ours):
                    self.cut_off = ours and not after
                    self.pause = max(after, _nth(UNREACHABLE_PAUSES, self.unreached))
                    self.unreached += 1
                    return True
                case Unknown():
                    return self._counted(error, LOST_PAUSES)
                case _:
                    return False
        return self._counted(error, PAUSES)

    def _counted(self, error: Exception | None, pauses: tuple[float, ...]) -> bool:
        self.failures += 1
        if self.failures >= ATTEMPTS:
            self.error = mask(f"{type(error).__name__}: {error}")[:500]  # it is kept in the state
            return False
        self.pause = _nth(pauses, self.failures - 1)
        return True


def _nth(pauses: tuple[float, ...], index: int) -> float:
    return pauses[min(index, len(pauses) - 1)]


current: ContextVar[Handling | None] = ContextVar("handling", default=None)
