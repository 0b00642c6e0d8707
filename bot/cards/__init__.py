"""Figure cards (数读卡, 一图读懂): pictures of a report's figures as the report writes them.

Pure functions of report data. Typst is loaded when the first card is drawn; CardError where it cannot be, so that
callers can fall back to text.
"""

from __future__ import annotations

from bot.cards.choose import key_metrics
from bot.cards.draw import comparison, glance, grid, single
from bot.cards.press import THEMES, CardError

__all__ = ["THEMES", "CardError", "comparison", "glance", "grid", "key_metrics", "single"]
