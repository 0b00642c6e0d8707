"""The place of a quote in the original page: the report's web address with a text fragment.

https://wicg.github.io/scroll-to-text-fragment/: `#:~:text=start,end`, each percent-encoded; a comma, a dash and an
ampersand are signs of its own. A browser looks for whole words inside one block, so that a long quote is given by its
beginning and its end, each up to a pause.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from bot.answers.model import Evidence

WHOLE = 40  # characters; a quote up to here is given in full
ENOUGH = 4  # characters that a beginning or an end must have to be found only there
_ADDRESS = re.compile(r"https?://[^\s\"<>]+")
_PAUSE = re.compile(r"[，。；：！？,;:!?]")


def original(evidence: Evidence) -> str:
    """The address of the quote in the report's page; "" where the report has none."""
    url = evidence.report.url.strip()
    if not _ADDRESS.fullmatch(url):
        return ""
    page, _, anchor = url.partition("#")
    pieces = ",".join(_encoded(piece) for piece in _pieces(evidence.quote))
    return f"{page}#{anchor}:~:text={pieces}" if pieces else url


def _pieces(text: str) -> list[str]:
    """The quote itself, or its beginning and its end."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    if len(lines) == 1 and len(lines[0]) <= WHOLE:
        return lines
    start, end = _beginning(lines[0]), _ending(lines[-1])
    apart = len(lines) > 1 or len(start) + len(end) < len(lines[0])
    return [piece for piece in (start, end) if piece] if apart else lines


def _beginning(line: str) -> str:
    """Up to the first pause that leaves enough."""
    at = next((pause.start() for pause in _PAUSE.finditer(line) if pause.start() >= ENOUGH), len(line))
    return line[:at]


def _ending(line: str) -> str:
    """From the last pause on that leaves enough."""
    said = line.rstrip("，。；：！？,;:!?")
    ends = [pause.end() for pause in _PAUSE.finditer(said) if len(said) - pause.end() >= ENOUGH]
    return said[ends[-1] :] if ends else said


def _encoded(piece: str) -> str:
    return quote(piece, safe="", errors="replace").replace("-", "%2D")
