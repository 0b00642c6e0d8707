"""Reports as bytes and back: JSON rows, field by field as the dataclasses have them, so that a new field needs no code.

What is small and asked for of every report (place, year, title …) is its head; the rest is opened when it is needed.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache, partial
from operator import attrgetter
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from bot.reports.clauses import placed
from bot.reports.model import Report

HEAVY = ("text", "tree", "sections", "clauses", "metrics", "facts")  # fields that are not in the head
FIGURES = "figures"  # in the head as well: how many there are
_LIGHTLY = 3  # of zlib's 9: a tenth larger than 6, in half the time
_DERIVED = ("sections", "clauses")  # the tree, walked; and what stands above a clause, by its section


def head_of(report: Report) -> dict[str, Any]:
    """All light fields of a report, as JSON has them, and the number of its figures."""
    light = {one.name: getattr(report, one.name) for one in fields(Report) if one.name not in HEAVY}
    return {**light, FIGURES: report.figures}


def read_head(head: Mapping[str, Any]) -> dict[str, Any]:
    """The light fields as a Report has them."""
    readers = dict(_readers(Report))
    return {name: _read(readers[name], value) for name, value in head.items() if name != FIGURES}


def packed(report: Report) -> bytes:
    """The heavy fields of a report, compressed."""
    rows = {name: getattr(report, name) for name in HEAVY if name not in _DERIVED}
    rows["clauses"] = [(clause.start, clause.end, clause.section) for clause in report.clauses]
    told = json.dumps(rows, ensure_ascii=False, separators=(",", ":"), default=_row)
    return zlib.compress(told.encode(), _LIGHTLY)


def unpacked(head: Mapping[str, Any], body: bytes) -> Report:
    """The whole report, of its head as JSON has it. Raises ValueError or zlib.error for bytes that are none."""
    rows = json.loads(zlib.decompress(body))
    spans = rows.pop("clauses")
    readers = dict(_readers(Report))
    heavy = {name: _read(readers[name], value) for name, value in rows.items()}
    sections = tuple(heavy["tree"].walk())
    return Report(**read_head(head), **heavy, sections=sections, clauses=placed(spans, sections))


def _row(value: Any) -> Any:
    """A dataclass as JSON has it; tuples and the names of enumerations JSON knows by itself."""
    kind: type = type(value)
    return _values(kind)(value)


@cache
def _values(kind: type) -> attrgetter[Any]:
    return attrgetter(*(one.name for one in fields(kind)))


Reader = Callable[[Any], Any]


def _read(reader: Reader | None, value: Any) -> Any:
    return value if reader is None else reader(value)


def _made(kind: type, row: list[Any]) -> Any:
    for at, reader in _changed(kind):
        row[at] = reader(row[at])
    return kind(*row)


@cache
def _changed(kind: type) -> list[tuple[int, Reader]]:
    """The fields of a dataclass, by their places, that JSON has otherwise."""
    return [(at, reader) for at, (_, reader) in enumerate(_readers(kind)) if reader is not None]


@cache
def _readers(kind: type) -> tuple[tuple[str, Reader | None], ...]:
    """For each field of a dataclass how its value is read from JSON; None where JSON has it as it is."""
    hints = get_type_hints(kind)
    return tuple((one.name, _reader(hints[one.name])) for one in fields(kind))


def _reader(hint: Any) -> Reader | None:
    if is_dataclass(hint) and isinstance(hint, type):
        return partial(_made, hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {member.value: member for member in hint}.__getitem__  # several times faster than hint(value)
    if get_origin(hint) in (Union, UnionType):
        inner = next((one for one in map(_reader, get_args(hint)) if one is not None), None)
        return None if inner is None else partial(_unless_none, inner)
    if get_origin(hint) is tuple:
        inner = _reader(get_args(hint)[0])
        return tuple if inner is None else partial(_each, inner)
    return None


def _unless_none(reader: Reader, value: Any) -> Any:
    return None if value is None else reader(value)


def _each(reader: Reader, values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(map(reader, values))
