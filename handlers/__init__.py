"""Telegram's face: an Update comes in, a Reply goes out. One file for each thing a person can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handlers.furnishing import ALLOWED_UPDATES, App, furnish
    from handlers.plugin import Guest, Part, register

__all__ = ["ALLOWED_UPDATES", "App", "Guest", "Part", "furnish", "register"]


def __getattr__(name: str) -> Any:
    """Brought in when it is asked for: what sends begins before what answers is there."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from handlers import furnishing, plugin

    return getattr(plugin if hasattr(plugin, name) else furnishing, name)
