"""`announce`: composed, shown, confirmed, sent, with a progress bar; what the running bot does if there is one."""

from __future__ import annotations

import asyncio
import contextlib
import getpass
import signal
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from bot.announcements import composing
from bot.announcements.choosing import about
from bot.announcements.composing import MOST_PICKED, Pages, Unborne
from bot.announcements.office import Office
from bot.replies.chapters import named_section_draft
from bot.replies.counties import county_draft
from bot.replies.pages import Draft
from bot.reports.model import ReportError, newest_first
from bot.state import State, StateError, outbox
from bot.state.announcements import Stage
from bot.state.lease import lease
from bot.state.outbox import Counts

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.library import Library

LOOK = 0.5  # seconds between looks at how far it is
RULE = "─" * 40
PICTURED = "（附图）\n"


def announce(settings: Settings, library: Library, wanted: Mapping[str, Any], *, dry_run: bool, yes: bool) -> int:
    """`wanted` has one of text, metrics, section, county. The exit status: 0 sent or nothing to send, 1 not sent."""
    pages = _composed(library, wanted)
    for page in pages:
        click.echo(f"{RULE}\n{PICTURED if page.picture else ''}{page.text.strip()}")
    click.echo(RULE)
    return asyncio.run(_announce(settings, library, pages, dry_run=dry_run, yes=yes))


def _composed(library: Library, wanted: Mapping[str, Any]) -> Pages:
    """Raises ReportError for what the reports do not have."""
    reports = newest_first(library.reports)
    try:
        match dict(wanted):
            case {"text": text}:
                pages = composing.of_words(sys.stdin.read() if text == "-" else text)
            case {"metrics": words}:
                pages = composing.of_metrics(reports[0], _metrics(library, words))
            case {"section": words}:
                pages = composing.of_draft(_found(named_section_draft(reports[0], words)))
            case {"county": name}:
                pages = composing.of_draft(_found(county_draft(reports, name)))
            case _:
                pages = ()
    except Unborne as error:
        raise ReportError(f"选中的内容与报告原文对不上，没有发：{error}") from None
    if not pages:
        raise ReportError("没有内容可发，请用 --text 写明")
    return pages


def _metrics(library: Library, words: tuple[str, ...]) -> list[int]:
    newest = newest_first(library.reports)[0]
    found = sorted({index for word in words for index in about(newest, word)})
    if not found:
        raise ReportError(f"报告里没有与“{'、'.join(words)}”有关的数字，可用 youju metrics 查看")
    if len(found) > MOST_PICKED:
        click.echo(f"有关的数字有 {len(found)} 个，只发前 {MOST_PICKED} 个；要更准，请把词写得更具体。", err=True)
    return found[:MOST_PICKED]


def _found(draft: Draft) -> Draft:
    if not draft.evidence:
        said = "".join(run.text for run in draft.runs).partition("发 /")[0].strip()
        raise ReportError(said + "、".join(button.label for row in draft.buttons for button in row))
    return draft


async def _announce(settings: Settings, library: Library, pages: Pages, *, dry_run: bool, yes: bool) -> int:
    try:
        state = await State.open(settings.data, settings.state.url)
    except StateError as error:
        click.echo(str(error), err=True)
        return 1
    try:
        office = Office(state, settings.schedule)
        chats = await office.reach()
        click.echo(f"{len(pages)} 条消息，发给 {chats} 个聊天。" if chats else "还没有人订阅，没有发。")
        if dry_run or not chats:
            return 0
        if not yes and not _confirmed():
            click.echo("没有发。")
            return 1
        number = await office.draft(f"shell {getpass.getuser()}", pages)
        return await _send(settings, library, office, number)
    finally:
        await state.close()


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        click.echo("没有终端可以确认；确定要发，请加 --yes。", err=True)
        return False
    return click.confirm("现在发吗", default=False)


async def _send(settings: Settings, library: Library, office: Office, number: int) -> int:
    """By the bot that is running, or by ourselves where none is; Ctrl-C stops it."""
    loop, interrupted = asyncio.get_running_loop(), asyncio.Event()
    with contextlib.suppress(NotImplementedError):
        loop.add_signal_handler(signal.SIGINT, interrupted.set)
    async with lease(office.state, wait=False) as free:
        if not free:
            click.echo("机器人正在运行，由它来发。")
            await office.send(number)
            return await _watch(office, number, interrupted)
        from bot.app import sending
        from handlers.sending.connecting import Rejected

        try:
            async with sending(settings, lambda: library, office.state) as room:
                await room.postman.recover()
                await office.send(number)
                working = asyncio.create_task(room.postman.until_empty())
                try:
                    return await _watch(office, number, interrupted)
                finally:
                    await room.postman.stop()
                    await working
        except Rejected as error:
            click.echo(str(error), err=True)
            return 1


async def _watch(office: Office, number: int, interrupted: asyncio.Event) -> int:
    """Show how far it is until it is over; the exit status."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    counts, stage = Counts(), Stage.SENDING
    with Progress(*columns, transient=True, disable=not sys.stdout.isatty()) as bar:
        task = bar.add_task("正在发送", total=None)
        while stage is Stage.SENDING or counts.waiting:
            if interrupted.is_set():
                await office.stop(number)
            found, counts = await office.find(number), await outbox.counts(office.state, number)
            stage = found.stage if found else Stage.CANCELLED
            bar.update(task, total=counts.total, completed=counts.total - counts.waiting)
            await asyncio.sleep(LOOK)
    click.echo(_told(stage, counts))
    return 0 if stage is Stage.DONE else 1


def _told(stage: Stage, counts: Counts) -> str:
    from bot.announcements.picking import progress

    return progress(0, stage, counts).text
