"""How time and memory grow with the number of reports, as three pictures side by side in one SVG, drawn by hand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, GAP = 960, 360, 60, 100, 56, 70
LEGEND = 17  # pixels a line; the legend stands above its picture, where no line can cross it
COLOURS = ("#1f5fa8", "#c2571a")


@dataclass(frozen=True, slots=True)
class Panel:
    """Its lines are rows of bench.scale by their key."""

    title: str
    lines: Mapping[str, str]  # key of a row -> what it is called


PANELS = (
    Panel("memory, MB", {"resident": "after 200 questions", "held": "after the start"}),
    Panel("start from the snapshot, ms", {"start": ""}),
    Panel("question with place and year, ms of a core", {"cpu95": "p95", "cpu50": "p50"}),
)
_MILLI = {"start": 1000.0}  # rows have it in seconds


def draw(rows: Sequence[Mapping[str, float]], title: str, path: Path) -> None:
    """Write the picture; the number of reports runs to the right from 0."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{WIDTH / 2}" y="20" text-anchor="middle" font-size="14">{escape(title)}</text>',
    ]
    wide = (WIDTH - 2 * LEFT - (len(PANELS) - 1) * GAP) / len(PANELS)
    for number, panel in enumerate(PANELS):
        parts += _panel(panel, rows, LEFT + number * (wide + GAP), wide)
    path.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")


def _panel(panel: Panel, rows: Sequence[Mapping[str, float]], left: float, wide: float) -> Iterator[str]:
    high = HEIGHT - TOP - BOTTOM
    most = max(row["reports"] for row in rows)
    top = _round(max(row[key] * _MILLI.get(key, 1.0) for row in rows for key in panel.lines))

    def at(reports: float, value: float) -> tuple[float, float]:
        return round(left + reports / most * wide, 1), round(TOP + high * (1 - value / top), 1)

    yield f'<text x="{left}" y="{TOP - 3 * LEGEND}">{escape(panel.title)}</text>'
    for step in range(5):
        _, y = at(0, top * step / 4)
        yield f'<line x1="{left}" y1="{y}" x2="{left + wide}" y2="{y}" stroke="#ddd"/>'
        yield f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{top * step / 4:g}</text>'
    for row in rows:
        x, y = at(row["reports"], 0)
        yield f'<text x="{x}" y="{y + 18}" text-anchor="middle">{row["reports"]:,.0f}</text>'
    yield f'<text x="{left + wide / 2}" y="{HEIGHT - 14}" text-anchor="middle">reports</text>'
    for number, (key, name) in enumerate(panel.lines.items()):
        colour = COLOURS[number]
        points = [at(row["reports"], row[key] * _MILLI.get(key, 1.0)) for row in rows]
        line = " ".join(f"{x},{y}" for x, y in points)
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points)
        if name:
            y = TOP - (len(panel.lines) - number) * LEGEND
            yield f'<line x1="{left}" y1="{y}" x2="{left + 18}" y2="{y}" stroke="{colour}" stroke-width="2"/>'
            yield f'<text x="{left + 24}" y="{y + 4}">{escape(name)}</text>'


def _round(value: float) -> float:
    """The next of 1, 2, 4, 8 times a power of ten, so that quarters of it are round."""
    power = 10.0 ** math.floor(math.log10(max(value, 1e-9)))
    return next(power * step for step in (1, 2, 4, 8, 10) if power * step >= value)
