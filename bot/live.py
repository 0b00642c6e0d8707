"""Settings that change while the program runs: which keys do so at once, and which need a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from bot.config import Settings, keys, load

# Keys, or tables of keys, that are read once: what is opened, connected or written to by them stays so.
RESTART = frozenset({"reports", "data", "token_file", "telegram", "inbox", "state", "log", "questions", "health"})

Listener = Callable[[Settings], object]


@dataclass(frozen=True, slots=True)
class Changes:
    """Keys whose value is another one now, and keys that wait for a restart."""

    now: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


class Live:
    """`settings` are those in force. Listeners hear the new ones, in the order in which they came."""

    def __init__(self, settings: Settings, again: Callable[[], Settings] | None = None) -> None:
        self.settings = settings
        self.again = again or (lambda: load(settings.file))
        self._listeners: list[Listener] = []

    def follow(self, listener: Listener) -> None:
        """Call `listener` with the settings now, and whenever they change."""
        self._listeners.append(listener)
        listener(self.settings)

    def reread(self) -> Changes:
        """Read the settings again; what can change does. Raises ConfigError, and then nothing has changed."""
        new = self.again()
        changed = tuple(_changed(self.settings, new))
        later = tuple(key for key in changed if key.partition(".")[0] in RESTART)
        now = tuple(key for key in changed if key not in later)
        if now:
            kept = {name: getattr(self.settings, name) for name in RESTART if name in Settings.model_fields}
            self.settings = new.model_copy(update=kept)
            for listener in self._listeners:
                listener(self.settings)
        return Changes(now, later)

    def adopt(self, settings: Settings) -> None:
        """Put these in force, which the program has changed itself."""
        self.settings = settings
        for listener in self._listeners:
            listener(settings)


def _changed(old: Settings, new: Settings) -> Iterator[str]:
    for key in keys():
        value = attrgetter(key)
        if value(old) != value(new):
            yield key
