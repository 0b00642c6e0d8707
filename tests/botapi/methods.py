"""The table of methods: their parameters and what they do. The modules beside this one fill it.

Parameters by https://core.telegram.org/bots/api (10.1); kinds are those of checks.KINDS, `!` marks required ones.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from .world import World

Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Method:
    params: dict[str, str]
    carry_out: Callable[[World, Given], Any | Awaitable[Any]]


METHODS: dict[str, Method] = {}


def method(name: str, **params: str) -> Callable[[Callable[[World, Given], Any]], Callable[[World, Given], Any]]:
    def register(function: Callable[[World, Given], Any]) -> Callable[[World, Given], Any]:
        METHODS[name.lower()] = Method(params, function)  # method names are case-insensitive
        return function

    return register
