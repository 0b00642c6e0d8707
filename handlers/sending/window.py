"""The last second as the server may see it, which counts a message when it arrives and not when it is sent."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

SPAN = 1.0  # seconds that the overall limit is about
ON_ITS_WAY = 0.1  # seconds in which a message has arrived where no receipt says so earlier


@dataclass(slots=True)
class Message:
    """`arrived` is when it did at the latest, by the clock of the limiter."""

    arrived: float


class Window:
    """The last messages to anybody, as many as may go out within a second.

    So no second of the server's holds more than that, however the time that messages are on their way may differ.
    """

    def __init__(self, limit: int, clock: Callable[[], float]) -> None:
        self._messages: deque[Message] = deque(maxlen=limit)
        self._clock = clock

    def enter(self, ago: float = 0.0) -> Message:
        """One that is sent now, or arrived so many seconds ago."""
        message = Message(self._clock() + (-ago if ago else ON_ITS_WAY))
        self._messages.append(message)
        return message

    def arrive(self, message: Message) -> None:
        """Its receipt is here."""
        message.arrived = min(message.arrived, self._clock())

    def wait(self, room: int) -> float:
        """Seconds until fewer messages than `room` lie in the last second."""
        now = self._clock()
        over = sorted(end for message in self._messages if (end := message.arrived + SPAN) > now)
        return over[-room] - now if len(over) >= room else 0.0
