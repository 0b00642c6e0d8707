"""The operator's aliases: data/synonyms.toml, made from the chat, beside the [synonyms] of the settings."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

FILE = "synonyms.toml"
HEAD = """# 从对话里添加的别名（管理员发 /unanswered，按“设为别名”）。左边是报告里的写法，右边是群众的叫法。
# 可以手改；改完发 /reload 生效。
"""


def read(folder: Path) -> dict[str, list[str]]:
    """Official term -> other names; empty where there is no file.

    Raises ValueError, with one line for the operator, for a file that is no such table; OSError where it is unreadable.
    """
    file = folder / FILE
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise ValueError(f"{file}：不是 UTF-8 文本") from None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file}：不合 TOML 写法（{error}）") from None
    for term, names in table.items():
        if not term.strip() or not isinstance(names, list) or not all(isinstance(n, str) and n.strip() for n in names):
            raise ValueError(f'{file}：{term}：应写作 "报告里的写法" = ["群众的叫法", …]')
    return table


def add(folder: Path, term: str, name: str) -> dict[str, list[str]]:
    """One more name for a term, written whole or not at all; the table as it then is. Raises as `read`."""
    from bot.editions.durable import write_whole

    table = merged(read(folder), {term: [name]})
    rows = (f"{_quoted(term)} = [{', '.join(map(_quoted, names))}]\n" for term, names in table.items())
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / FILE, (HEAD + "".join(rows)).encode())
    return table


def merged(first: Mapping[str, Sequence[str]], second: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Both tables as one, each name once."""
    table = {term: list(names) for term, names in first.items()}
    for term, names in second.items():
        known = table.setdefault(term, [])
        known += [name for name in names if name not in known]
    return table


def _quoted(text: str) -> str:
    """A TOML basic string, which JSON's escapes are a part of; DEL, which JSON lets through, is not allowed."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
