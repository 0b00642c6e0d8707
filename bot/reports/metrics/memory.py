"""What a figure was found to say, and what its sentence has said so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.reports.metrics.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Named:
    """A quantity with what it says. `anchor` is where the words begin that prove the label."""

    quantity: Quantity
    label: str
    predicate: str
    anchor: int
    subject: str = ""


@dataclass(slots=True)
class Memory:
    """What a sentence has said so far; clauses that end at ； go on speaking of it."""

    label: str = ""  # of the last figure that named its own
    anchor: int = 0
    subject: str = ""  # of that label
    topic: str = ""  # what the sentence is about: the last label that is no general word
    topic_anchor: int = 0
    opening: tuple[int, int] = 0, 0  # the part the sentence begins with, where it holds no figure
    end: int = 0  # of the last figure
    recent: list[str] = field(default_factory=list)  # labels in order, for 分别 that looks back
    names: list[str] = field(default_factory=list)  # of the last 分别
