"""A question held against one report: all that choosing and declining need."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.index import ReportIndex
from bot.answers.matching import Needle
from bot.answers.questions import Question
from bot.answers.scope import Scope
from bot.reports.model import Report


@dataclass(frozen=True, slots=True)
class Reading:
    """`strict` readings keep to the question's year and place; loose ones look for near misses."""

    question: Question
    needle: Needle
    scope: Scope
    strict: bool = True

    @property
    def index(self) -> ReportIndex:
        return self.needle.index

    @property
    def report(self) -> Report:
        return self.needle.index.report
