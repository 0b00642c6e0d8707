"""How often a group is answered, and each person in it: a burst is fine, a flood gets one notice, then silence."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from enum import Enum, auto

BURST = 10  # answers that a group gets in a row before it has to cool down
NOTICE_AGAIN = 60.0  # seconds without a question too many, before a notice is given once more
ROUNDING = 1e-6  # seconds
REMEMBERED = 10_000  # chats and people; the one that was silent longest is forgotten first

Clock = Callable[[], float]


class Verdict(Enum):
    ANSWER = auto()
    NOTICE = auto()  # too much, and nobody was told yet
    SILENCE = auto()


class Pace:
    """For each key `burst` at once, and one more every `interval` seconds; an interval of 0 is no limit.

    The generic cell rate algorithm (ITU-T I.371): all that is remembered of a key is the moment up to which its
    past is paid for.
    """

    def __init__(self, interval: float, burst: int, clock: Clock = time.monotonic) -> None:
        self.interval, self.burst, self.clock = interval, burst, clock
        self._paid: OrderedDict[int, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._paid)

    def allows(self, key: int) -> bool:
        return self._next(key) - self.clock() <= self.interval * self.burst + ROUNDING

    def take(self, key: int) -> bool:
        """Whether the key may do one more; if so, it is counted."""
        if not self.allows(key):
            return False
        if self.interval > 0:
            _remember(self._paid, key, self._next(key))
        return True

    def _next(self, key: int) -> float:
        now = self.clock()
        return max(self._paid.get(key, now), now) + self.interval


class Cooldown:
    """`seconds` between answers in a group, `per_minute` answers for a person; 0 switches a limit off."""

    def __init__(self, seconds: float = 3, per_minute: int = 10, clock: Clock = time.monotonic) -> None:
        self.clock = clock
        self._chats = Pace(seconds, BURST, clock)
        self._people = Pace(60 / per_minute if per_minute else 0, per_minute, clock)
        self._refused: OrderedDict[int, float] = OrderedDict()  # when a chat or a person last was

    def admit(self, chat: int, person: int) -> Verdict:
        """Whether this person is answered in this group now. One notice is enough for all that follows it."""
        if self._chats.allows(chat) and self._people.allows(person):
            self._chats.take(chat)
            self._people.take(person)
            return Verdict.ANSWER
        now = self.clock()
        last = max(self._refused.get(key, now - 2 * NOTICE_AGAIN) for key in (chat, person))
        for key in (chat, person):
            _remember(self._refused, key, now)
        return Verdict.NOTICE if now - last > NOTICE_AGAIN else Verdict.SILENCE


def _remember(memory: OrderedDict[int, float], key: int, moment: float) -> None:
    memory[key] = moment
    memory.move_to_end(key)
    while len(memory) > REMEMBERED:
        memory.popitem(last=False)
