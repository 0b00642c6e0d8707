"""`youju card`: the same pictures as in the chat, saved to a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from bot.cards import CardError
from bot.replies import texts
from bot.replies.guard import check
from bot.replies.model import Reply
from bot.replies.pages import Draft
from bot.replies.pictures import comparison_card, draw, glance_card, place_card, section_card, word_card
from bot.replies.smalltalk import echo
from bot.reports.model import Report, newest_first


def save(reports: Sequence[Report], kind: str, words: str, theme: str, out: Path) -> int:
    """Draw and save; the caption goes to standard output. Returns the exit code."""
    newest = newest_first(reports)
    draft = _draft(newest, kind, words)
    if draft is None or draft.picture is None or check(Reply(draft.runs, evidence=draft.evidence)):
        click.echo(texts.CARD_NOTHING.format(words=echo(words)) if words else texts.NO_METRICS_AT_ALL, err=True)
        return 1
    try:
        out.write_bytes(draw(replace(draft.picture, theme=theme), newest))
    except CardError as error:
        click.echo(texts.CARD_FAILED.format(reason=error), err=True)
        return 1
    except OSError as error:
        click.echo(texts.CARD_FAILED.format(reason=f"{out} 写不了（{error.strerror}）"), err=True)
        return 1
    click.echo("".join(run.text for run in draft.runs).strip())
    click.echo(texts.CARD_SAVED.format(path=out), err=True)
    return 0


def _draft(reports: Sequence[Report], kind: str, words: str) -> Draft | None:
    match kind:
        case "county":
            return place_card(reports, words)
        case "section":
            return section_card(reports[0], words)
        case "word":
            return word_card(reports, words)
        case "compare":
            return comparison_card(reports, words)
        case _:
            return glance_card(reports[0])
