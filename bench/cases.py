"""Question sets: what is asked of which report, and what the right answer is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "bench" / "questions"
REPORTS = (ROOT / "seeds", ROOT / "tests" / "data")  # where the reports of our own sets lie


@dataclass(frozen=True, slots=True)
class Case:
    """One question. `kind` is number, list, text, passage or none (the report does not say).

    `gold` by kind: {"value": 37000, "units": ["张"]}; {"items": [...], "forbid": [...]}; {"any": [...]}; empty for
    none. `noise` says how the question was roughened: none, colloquial, typo, traditional, pinyin, order, synonym,
    short (keywords only), english.
    """

    id: str
    report: str  # stem of the report's file
    question: str
    kind: str
    noise: str
    quote: str
    gold: Mapping[str, Any] = field(default_factory=dict, hash=False)


def load_cases(path: Path) -> list[Case]:
    """A question set, one JSON object a line."""
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            cases.append(
                Case(
                    id=row["id"],
                    report=row["report"],
                    question=row["question"],
                    kind=row["kind"],
                    noise=row["noise"],
                    quote=row["quote"] or "",
                    gold=row["gold"] or {},
                )
            )
    return cases


def named_set(name: str) -> Path:
    """`seed` and `yunze` are ours; anything else is a path."""
    own = QUESTIONS / f"{name}.jsonl"
    return own if own.exists() else Path(name)


def find_report(stem: str, folders: Sequence[Path]) -> Path:
    """The report file of a stem, in the first folder that has it; FileNotFoundError if none has."""
    for folder in folders:
        for path in sorted(folder.glob(f"{stem}.*")):
            if path.suffix != ".jsonl":
                return path
    raise FileNotFoundError(f"no report {stem}.* in {', '.join(map(str, folders))}")
