"""Where the texts of a card stand, asked of Typst itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import typst

from bot.cards.press import TEMPLATES, fonts, inputs_of

WIDTH = 540.0  # points


@dataclass(frozen=True)
class Box:
    """Points from the top left; `room` is the width that the text was given."""

    name: str
    x: float
    y: float
    width: float
    height: float
    room: float


def boxes(template: str, content: Mapping[str, Any], theme: str = "light") -> list[Box]:
    """Every text of a card with its place and size."""
    found = typst.query(
        str(TEMPLATES / f"{template}.typ"),
        "<told>",
        field="value",
        root=str(TEMPLATES),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={**inputs_of(content, theme), "tell": "yes"},
    )
    return [Box(**value) for value in json.loads(found)]


def faults(placed: list[Box]) -> list[str]:
    """Texts that overlap, are wider than their room, or leave the page or its margins."""
    wrong = [f"{one.name} is {one.width} wide in {one.room}" for one in placed if one.width > one.room + 0.5]
    wrong += [f"{one.name} leaves the page" for one in placed if one.x < 40 or one.x + one.width > WIDTH - 40]
    wrong += [f"{one.name} is empty" for one in placed if one.width <= 0 or one.height <= 0]
    for one, other in combinations(placed, 2):
        across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
        down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
        if across > 0.5 and down > 0.5:
            wrong.append(f"{one.name} overlaps {other.name}")
    return wrong
