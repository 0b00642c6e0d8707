"""`reload` asks the running bot; `diff` compares two files, folders or editions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from bot import logs
from bot.config import Settings
from bot.control import NAME, NobodyThere, ask
from bot.editions.difference import Difference, compare, difference
from bot.editions.model import EditionError
from bot.editions.store import Store
from bot.replies.differing import difference_lines
from bot.reports.files import decode_source
from bot.reports.model import Report, ReportError
from bot.reports.reader import report_of

NOBODY = "没有正在运行的机器人（{socket}）；启动时会自己读报告文件夹，不必 reload"


def reload(settings: Settings, *, rest: bool) -> int:
    """The exit status: 0 where all is in force, 1 where something is held back or wrong."""
    told: list[str] = []

    def show(stage: str) -> None:
        if stage not in told[-1:]:
            told.append(stage)
            click.echo(stage, err=True)

    try:
        done, text = ask(settings.data, {"do": "reload", "rest": rest}, show)
    except NobodyThere:
        raise ReportError(NOBODY.format(socket=settings.data / NAME)) from None
    click.echo("\n".join(logs.escape(line) for line in text.split("\n")))
    return 0 if done else 1


def diff(settings: Settings, old: str, new: str) -> int:
    """Prints what changes from `old` to `new`; the exit status is 0."""
    before, after = _reports(settings, old), _reports(settings, new)
    for line in difference_lines(_difference(before, after)):
        click.echo(logs.escape(line))
    return 0


def _difference(before: Sequence[Report], after: Sequence[Report]) -> Difference:
    """Two files are two states of one report, whatever they are called."""
    if len(before) == len(after) == 1:
        changed = compare(before[0], after[0])
        return Difference(changed=(changed,) if changed else ())
    return difference(before, after)


def _reports(settings: Settings, named: str) -> list[Report]:
    """The reports of a file or a folder, or of the edition of that number. Raises ReportError."""
    from bot.cli.sources import read_reports

    if not (named.isascii() and named.isdecimal()) or Path(named).exists():
        return read_reports([Path(named)])
    try:
        store = Store(settings.data, settings.reports, only_read=True)
        files = store.edition(int(named)).files
        return [report_of(decode_source(store.bytes_of(file.sha), file.name)) for file in files]
    except EditionError as error:
        raise ReportError(f"{settings.data}：{error}") from None
