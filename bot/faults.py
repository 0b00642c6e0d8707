"""What is wrong with the settings, one Chinese line each: the file and line, the key, what to write instead."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class ConfigError(Exception):
    """Settings that cannot be used; `faults` has one line each, with its place and what to do."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


Place = tuple[str, ...]  # of a key: ("telegram", "mode")

# What pydantic found, said to an operator.
WANTED = {
    "string_type": "应是文字，加英文双引号",
    "int_type": "应是整数，不加引号",
    "is_instance_of": "应是路径，加英文双引号",
    "path_type": "应是路径，加英文双引号",
    "tuple_type": "应是列表，如 [1, 2]",
    "list_type": '应是列表，如 ["甲", "乙"]',
    "dict_type": "应是一节",
    "model_type": "应是一节",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
    "bool_type": "应是 true 或 false，不加引号",
    "less_than": "应小于 {lt}",
    "literal_error": "只能是 {expected}",
}
# What tomllib found, by the words its message begins with.
TOML_FAULTS = {
    "Cannot overwrite": "同一项写了两次",
    "Cannot declare": "同一节写了两次",
    "Cannot mutate": "同一节写了两次",
    "Invalid value": "值不对",
    "Invalid statement": "这一行看不懂",
    "Invalid initial character": "名称不对",
    "Expected '='": "名称后面少了 =",
    "Expected ']'": "少了 ]",
    "Expected newline": "一行只能写一项",
    "Unclosed array": "少了 ]",
    "Unterminated string": "少了引号",
    "Illegal character": "有不能用的字符",
}
SECRETS = {"token", "bot_token", "secret", "password"}  # their values are never shown


def explain(
    fault: ErrorDetails,
    file: Path | None,
    lines: Mapping[Place, int],
    variables: Mapping[str, str],
    keys: Sequence[str],
) -> str:
    """One line for one of pydantic's faults. `variables` names the environment variable that set a key."""
    path = tuple(str(part) for part in fault["loc"] if isinstance(part, str))
    key = ".".join(path)
    index = next((part for part in fault["loc"] if isinstance(part, int)), None)
    variable = next((name for known, name in variables.items() if key == known or key.startswith(known + ".")), None)
    if variable:
        place = f"环境变量 {variable}"
    else:
        line = next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), None)
        place = f"{file}:{line}：{key}" if line else f"{file}：{key}"
    if fault["type"] == "extra_forbidden":
        if path[-1] in SECRETS and "webhook" in path:
            return f"{place}：密语不写在配置文件里，请用环境变量 YOUJU_WEBHOOK_SECRET，或用 secret_file 指明文件"
        if path[-1] in SECRETS:
            return f"{place}：令牌不写在配置文件里，请用环境变量 YOUJU_TOKEN，或用 token_file 指明文件"
        return f"{place}：没有这个设置{nearest(key, keys)}"
    item = f"第 {index + 1} 项" if index is not None else ""
    return f"{place}：{item}{_wanted(fault, path)}，现在是 {_shown(fault['input'])}"


def _wanted(fault: ErrorDetails, path: Place) -> str:
    context: dict[str, Any] = dict(fault.get("ctx") or {})
    if fault["type"] == "value_error":
        return str(context["error"])
    if fault["type"] in ("dict_type", "model_type", "model_attributes_type"):
        return f"应是一节，写作 [{'.'.join(path)}]"
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace("'", '"').replace(" or ", "、").replace(", ", "、")
    wanted = WANTED.get(fault["type"])
    return wanted.format(**context) if wanted else fault["msg"]


def _shown(value: object) -> str:
    """A value as written in TOML, nearly; short, on one line."""
    text = {True: "true", False: "false"}.get(value, "") if isinstance(value, bool) else ""
    text = text or (f'"{value}"' if isinstance(value, str) else repr(value))
    text = re.sub(r"[\x00-\x1f\x7f]", " ", text)
    text = re.sub(r"(://[^:/@\s]{0,60}:)[^@\s]{1,200}@", r"\1…@", text)  # an address's password
    return text if len(text) <= 60 else text[:57] + "…"


def in_chinese(error: Exception) -> str:
    """What tomllib says, its place kept; its own words where the table does not know them."""
    said, at, place = str(error).partition(" (at ")
    return next((meant for words, meant in TOML_FAULTS.items() if said.startswith(words)), said) + at + place


def nearest(key: str, keys: Iterable[str]) -> str:
    """「，最接近的是 telegram.mode」, by the whole key or by its last part; all keys where none is near."""
    from rapidfuzz import fuzz, process

    keys = list(keys)

    def likeness(a: str, b: str, **_: object) -> float:
        return max(fuzz.ratio(a, b), 0.98 * fuzz.ratio(a.rpartition(".")[2], b.rpartition(".")[2]))

    best = process.extractOne(key, keys, scorer=likeness, score_cutoff=60)
    return f"，最接近的是 {best[0]}" if best else f"，可用的有 {'、'.join(keys)}"


def lines_of(text: str) -> dict[Place, int]:
    """The line of every table and key of a TOML text, counted from 1; the first where one stands twice."""
    lines: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*\[\[?([^\]\[]+)\]\]?\s*(?:#.*)?$", line):
            table = _parts(header[1])
            lines.setdefault(table, number)
        elif entry := re.match(
            r"""\s*((?:"[^"]*"|'[^']*'|[^\s"'=#\[\],.])+(?:\s*\.\s*(?:"[^"]*"|[\w-]+))*)\s*=""", line
        ):
            place = table + _parts(entry[1])
            for depth in range(len(table) + 1, len(place) + 1):
                lines.setdefault(place[:depth], number)
    return lines


def _parts(written: str) -> Place:
    """`telegram."a b".c` as its parts, read by TOML's own rules."""
    try:
        at: object = tomllib.loads(f"{written.strip()} = 0")
    except tomllib.TOMLDecodeError:
        return (written.strip(),)
    parts = []
    while isinstance(at, dict):
        name, at = next(iter(at.items()))
        parts.append(name)
    return tuple(parts)
