"""Risk against coverage: how often the answers are false, for every share of the questions that is answered.

Drawn as SVG by hand: a picture of two lines needs no drawing library.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """`trials` are (score, is it right) of every answer that the system would give; `asked` counts all questions."""

    name: str
    colour: str
    trials: Sequence[tuple[float, bool]]
    asked: int
    answered: int = 0  # how many it does answer, at its operating point

    def points(self) -> list[tuple[float, float]]:
        """(coverage, risk) after each further answer, the surest first; equal scores are taken together.

        The first twentieth of the questions is left out: over so few a share of false answers says nothing.
        """
        ordered = sorted(self.trials, key=lambda trial: -trial[0])
        points, false = [], 0
        for count, (score, right) in enumerate(ordered, start=1):
            false += not right
            closes = count == len(ordered) or ordered[count][0] != score
            if closes and count >= self.asked / 20:
                points.append((count / self.asked, false / count))
        return points


WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 440, 70, 40, 30, 60


def draw(lines: Sequence[Line], title: str, path: Path) -> None:
    """Write the picture. Coverage runs to the right from 0 to 1, risk upwards as far as the lines reach."""
    top = max((risk for line in lines for _, risk in line.points()), default=0.1)
    top = min(1.0, math.ceil(top * 10) / 10)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{WIDTH / 2}" y="24" text-anchor="middle" font-size="15">{escape(title)}</text>',
        *_axes(top),
    ]
    for number, line in enumerate(lines):
        parts += _drawn(line, top, number)
    path.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")


def _x(coverage: float) -> float:
    return round(LEFT + coverage * (WIDTH - LEFT - RIGHT), 1)


def _y(risk: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - risk / top * (HEIGHT - TOP - BOTTOM), 1)


def _axes(top: float) -> list[str]:
    parts = []
    for step in range(6):
        x, y = _x(step / 5), _y(step / 5 * top, top)
        parts += [
            f'<line x1="{x}" y1="{TOP}" x2="{x}" y2="{HEIGHT - BOTTOM}" stroke="#ddd"/>',
            f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="#ddd"/>',
            f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{step / 5:.0%}</text>',
            f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{step / 5 * top:.0%}</text>',
        ]
    middle = (TOP + HEIGHT - BOTTOM) / 2
    return [
        *parts,
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 16}" text-anchor="middle">'
        "coverage: share of all questions answered</text>",
        f'<text x="18" y="{middle}" text-anchor="middle" transform="rotate(-90 18 {middle})">'
        "risk: share of answers that are false</text>",
    ]


def _drawn(line: Line, top: float, number: int) -> list[str]:
    points = line.points()
    path = " ".join(f"{_x(coverage)},{_y(risk, top)}" for coverage, risk in points)
    y = TOP + 16 + number * 18
    parts = [
        f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="2"/>',
        f'<line x1="{LEFT + 10}" y1="{y}" x2="{LEFT + 34}" y2="{y}" stroke="{line.colour}" stroke-width="2"/>',
        f'<text x="{LEFT + 40}" y="{y + 4}">{escape(line.name)}</text>',
    ]
    if line.answered:
        point = line.answered / line.asked
        risk = next((risk for coverage, risk in points if coverage >= point - 1e-9), points[-1][1])
        parts.append(f'<circle cx="{_x(point)}" cy="{_y(risk, top)}" r="5" fill="{line.colour}"/>')
    return parts
