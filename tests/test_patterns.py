"""No regular expression of ours takes long, whatever people or files write: every compiled pattern, hostile inputs."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import bot
import handlers

HOME = Path(__file__).parent.parent
LENGTH = 10_000  # characters
LONGEST = 2.0  # seconds of CPU for all matches in one input: one that backtracks takes minutes

# What patterns of this house count, join and look ahead over; each repeated to LENGTH.
SEEDS = (
    *(
        "1",
        "１",
        "一",
        "百",
        "1.",
        "1,111",
        "1—",
        "1年",
        "3.7万张",
        "月1日",
        "（一）",
        "第一",
        "(",
        "（",
        "（）",
        "“",
        "“”",
    ),
    *("《", '"', "<a ", "&#", ",", "，", "、", "。", "：", "——", "*", "|", "# ", "-", "/", "@", " ", "\n", " \n", "　"),
    *("\u202e", "的", "了", "区", "青石区", "各", "a", "a.", "aa ", "a@a", "万", "个", "增长", "作者："),
)
USES = ("compile", "search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
SEARCHED = re.compile(r"\b(\w+)\.(?:search|finditer|findall|sub|subn|split)\(")  # others begin where they are told to


def modules() -> Iterator[Any]:
    for package in (bot, handlers):
        yield package
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if "__main__" not in found.name and ".migrations" not in found.name:
                yield importlib.import_module(found.name)


def patterns_in(value: object, seen: set[int], depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """Patterns in a module's values: by themselves, in tables, in our own classes and dataclasses."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth > 4 or id(value) in seen:
        return
    elif isinstance(value, Mapping):
        seen.add(id(value))
        for part in [*value.keys(), *value.values()]:
            yield from patterns_in(part, seen, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        seen.add(id(value))
        for part in value:
            yield from patterns_in(part, seen, depth + 1)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        seen.add(id(value))
        for field in dataclasses.fields(value):
            yield from patterns_in(getattr(value, field.name, None), seen, depth + 1)
    elif isinstance(value, type) and value.__module__.startswith(("bot", "handlers")):
        seen.add(id(value))
        for part in vars(value).values():
            yield from patterns_in(part, seen, depth + 1)


def named_patterns() -> dict[str, re.Pattern[str]]:
    found: dict[str, re.Pattern[str]] = {}
    known: set[re.Pattern[Any]] = set()
    for module in modules():
        for name, value in vars(module).items():
            for number, pattern in enumerate(patterns_in(value, set())):
                if pattern not in known and isinstance(pattern.pattern, str):
                    known.add(pattern)
                    found[f"{module.__name__}.{name}[{number}]"] = pattern
    return found


PATTERNS = named_patterns()
SOURCES = {
    ".".join(file.relative_to(HOME).with_suffix("").parts).removesuffix(".__init__"): file.read_text("utf-8")
    for top in ("bot", "handlers")
    for file in (HOME / top).rglob("*.py")
}


def inline_patterns() -> dict[str, re.Pattern[str]]:
    """Patterns written where they are used, re.sub("…", …), or made there: what is filled in is 个."""
    found: dict[str, re.Pattern[str]] = {}
    for module, source in SOURCES.items():
        functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
        for call in (node for function in functions for node in ast.walk(function)):
            if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("re.") and call.args:
                written = call.args[0]
                parts = written.values if isinstance(written, ast.JoinedStr) else [written]
                texts = [str(part.value) if isinstance(part, ast.Constant) else "个" for part in parts]
                if call.func.attr in USES and any(isinstance(part, ast.Constant) for part in parts):  # type: ignore[attr-defined]
                    found[f"{module}:{call.lineno} {ast.unparse(call.func)}"] = re.compile("".join(texts))
    return found


def is_searched(name: str) -> bool:
    """Whether a pattern may match anywhere; those in tables are taken for such."""
    if ":" in name:
        return not name.endswith("match")
    module, _, own = name.removesuffix("[0]").rpartition(".")
    if "[" in own:
        return True
    where = [SOURCES[module]] if own.startswith("_") else SOURCES.values()
    return any(own in SEARCHED.findall(source) for source in where)


PATTERNS |= inline_patterns()


def test_the_walk_finds_the_patterns() -> None:
    assert len([name for name in PATTERNS if ":" not in name]) > 100
    assert len([name for name in PATTERNS if ":" in name]) > 30
    assert any(name.startswith("bot.logs.") for name in PATTERNS)


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_takes_long(name: str) -> None:
    """At a tenth of the length first: what could become too long at the full length is tried at it."""
    everywhere = is_searched(name)
    for seed in SEEDS:
        if seconds(PATTERNS[name], seed, LENGTH // 10, everywhere=everywhere) > LONGEST / 100:
            spent = seconds(PATTERNS[name], seed, LENGTH, everywhere=everywhere)
            assert spent < LONGEST, f"{PATTERNS[name].pattern[:200]!r} takes {spent:.2f} s on {LENGTH} times {seed!r}"


def seconds(pattern: re.Pattern[str], seed: str, length: int, *, everywhere: bool) -> float:
    """CPU time of all matches in a text that ends in what fits nothing."""
    text = (seed * (length // len(seed) + 1))[:length] + "\x01"
    started = time.process_time()
    pattern.match(text)
    pattern.fullmatch(text)
    for _ in pattern.finditer(text) if everywhere else ():
        pass
    return time.process_time() - started
