"""An announcement as it is kept: the very messages that will be sent, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.replies.model import Button, Card, Picture, Poll, Reply, Run, Style


def to_json(pages: Sequence[Reply]) -> dict[str, Any]:
    """{"pages": [{"runs": [[text, style, url], …], "buttons": [[[label, action, url], …], …]}, …]}.

    A page with a picture has "picture": [card, [[edition key, index], …], title, theme] beside them, one with a quiz
    "quiz": [question, [option, …], which is right, explanation].

    Evidence is not kept: the guard has seen it when the pages were composed.
    """
    return {"pages": [_page(reply) for reply in pages]}


def pages_of(content: Mapping[str, Any]) -> tuple[Reply, ...]:
    """The messages that each chat gets, in order. Raises KeyError, TypeError or ValueError for what is none."""
    return tuple(_reply(page) for page in content.get("pages", ()))


def _page(reply: Reply) -> dict[str, Any]:
    picture = reply.picture
    drawn = {"picture": [picture.card.value, picture.figures, picture.title, picture.theme]} if picture else {}
    quiz = reply.quiz
    asked = {"quiz": [quiz.question, quiz.options, quiz.correct, quiz.explanation]} if quiz else {}
    return {
        **drawn,
        **asked,
        "runs": [[run.text, run.style.value, run.url] for run in reply.runs],
        "buttons": [[[button.label, button.action, button.url] for button in row] for row in reply.buttons],
    }


def _reply(page: Mapping[str, Any]) -> Reply:
    runs = tuple(Run(text, Style(style), url, own=True) for text, style, url in page["runs"])
    buttons = tuple(tuple(Button(*fields) for fields in row) for row in page["buttons"])
    picture = _picture(*page["picture"]) if "picture" in page else None
    return Reply(runs, buttons, picture=picture, quiz=_quiz(*page["quiz"]) if "quiz" in page else None)


def _picture(card: str, figures: Sequence[tuple[str, int]], title: str, theme: str) -> Picture:
    return Picture(Card(card), tuple((key, index) for key, index in figures), title, theme)


def _quiz(question: str, options: Sequence[str], correct: int, explanation: str) -> Poll:
    return Poll(question, tuple(options), correct, explanation)
