"""No regular expression of ours takes long, whatever people or files write: every compiled pattern, hostile inputs."""

from __future__ import annotations

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


def is_searched(name: str) -> bool:
    """Whether a pattern may match anywhere; those in tables are taken for such."""
    module, _, own = name.removesuffix("[0]").rpartition(".")
    if "[" in own:
        return True
    where = [SOURCES[module]] if own.startswith("_") else SOURCES.values()
    return any(own in SEARCHED.findall(source) for source in where)


def test_the_walk_finds_the_patterns() -> None:
    assert len(PATTERNS) > 100
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
