"""Markdown: the text itself, letter for letter; YAML front matter becomes meta, and its span furniture."""

from __future__ import annotations

import re

import yaml

from bot.reports.files.limits import check_text
from bot.reports.files.meta import gather
from bot.reports.files.text import decode
from bot.reports.model import Source

MAX_FRONT_MATTER = 20_000  # characters
_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def read(data: bytes, filename: str, name: str) -> Source:
    """The decoded text with its front matter, if there is one, in `meta` and `furniture`."""
    text, warnings = decode(data, filename)
    check_text(text, filename)
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end(), MAX_FRONT_MATTER) if opening else None
    if not opening or not closing:
        return Source(name, text, warnings=warnings)
    span = (0, closing.end())
    try:
        meta = _facts(text[opening.end() : closing.start()])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第 {mark.line + 2} 行" if mark else "开头"
        return Source(name, text, furniture=(span,), warnings=(*warnings, f"{line}的 YAML 元数据读不懂，已略过"))
    return Source(name, text, meta, (span,), warnings)


def _facts(front: str) -> dict[str, str]:
    """Scalars and flat lists of them, as written: the base loader leaves dates and figures as text."""
    loaded = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506 - makes only text, lists and mappings
    if loaded is None or loaded == "":
        return {}
    if not isinstance(loaded, dict):
        raise ValueError("front matter is no mapping")
    pairs: list[tuple[str, str]] = []
    for key, value in loaded.items():
        if isinstance(value, str):
            pairs.append((str(key), value))
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            pairs.append((str(key), "、".join(value)))
    return gather(pairs)
