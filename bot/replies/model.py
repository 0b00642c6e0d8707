"""A Reply is what any platform shows: formatted text, buttons, and the evidence it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.answers.model import Evidence


class Style(StrEnum):
    PLAIN = "plain"
    BOLD = "bold"
    QUOTE = "quote"  # a block quote: always verbatim from a report
    CODE = "code"
    FAINT = "faint"  # section path and report: italics in Telegram, dim in a terminal


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. `url` makes it a link.

    `own` says that its figures are ours (page numbers, counts of results, command examples, words said back), so that
    the guard does not look for them in the evidence. What answers a question is never own.
    """

    text: str
    style: Style = Style.PLAIN
    url: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """`action` is callback data (see replies.actions), at most 64 bytes; `url` opens a page instead."""

    label: str
    action: str = ""
    url: str = ""


class Card(StrEnum):
    """The kinds of picture, see bot/cards."""

    SINGLE = "single"
    GRID = "grid"
    GLANCE = "glance"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows: keys, not bytes. It is drawn where it is shown (replies.pictures.draw).

    `figures` are (edition key, index into that report's metrics); for the report at a glance the index is 0.
    """

    card: Card
    figures: tuple[tuple[str, int], ...]
    title: str = ""
    theme: str = "light"


@dataclass(frozen=True, slots=True)
class Poll:
    """A question with choices, one of them right. Telegram shows a poll; platforms without, the reply's text and
    buttons."""

    question: str
    options: tuple[str, ...]
    correct: int
    explanation: str


@dataclass(frozen=True, slots=True)
class Quiz(Poll):
    """A sentence of a report with its figure left blank; `options[correct]` is the figure, the others are wrong.

    `explanation` begins with the words of `evidence`; `metric` is the index of the figure.
    """

    metric: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what came of it, for the question log: texts and numbers only, no report is held by it."""

    question: str
    outcome: str  # answered, not_found, fixed
    score: float = 0.0
    answer: str = ""
    nearest: str = ""  # the name of the metric that came nearest
    report: str = ""  # its id


@dataclass(frozen=True, slots=True)
class Reply:
    """Text as runs, line ends inside them; rows of buttons; `evidence` is what the guard checks the text against.

    `picture` stands above the text, which then is its caption and at most 1024 UTF-16 units long; where it cannot be
    drawn or sent, the text stands by itself.

    `replaces` asks that the message whose button was pressed be edited instead of a new one sent (a page turned).
    """

    runs: tuple[Run, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    replaces: bool = False
    picture: Picture | None = None
    asked: Asked | None = None  # set where this is what came of a question
    quiz: Poll | None = None  # shown in place of the text and the buttons where there are polls

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)
