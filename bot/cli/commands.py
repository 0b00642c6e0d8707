"""The commands. Each brings in what it needs only when it runs, so that `--help` is there at once."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import __version__
from bot.cli.wording import Group

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.library import Library
    from bot.reports.model import Report

Decorated = Callable[..., Any]


def _remember(context: click.Context, option: click.Parameter, value: object) -> None:
    if value:
        context.meta[str(option.name)] = value


def _general(command: Decorated) -> Decorated:
    """Options that may stand before or after the command's name."""
    for option in (
        click.option("--debug", is_flag=True, expose_value=False, callback=_remember, help="出意外时显示详情"),
        click.option(
            "--config",
            metavar="PATH",
            expose_value=False,
            callback=_remember,
            help="配置文件（默认：YOUJU_CONFIG，再 ./config.toml）",
        ),
    ):
        command = option(command)
    return command


_report = click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="报告文件或文件夹，可写多次（默认：配置的 reports）",
)
_json = click.option("--json", "as_json", is_flag=True, help="输出 JSON")


@click.group(cls=Group)
@click.version_option(__version__, prog_name="youju", message="%(prog)s %(version)s", help="显示版本")
@_general
def youju() -> None:
    """有据：从公开报告里找答案，给出原文和出处；报告没说的，就说没有。"""


@youju.command()
@_report
@_general
@click.pass_context
def chat(context: click.Context, reports: tuple[Path, ...]) -> None:
    """在终端里对话，不需要令牌和网络；Ctrl-D 结束。"""
    library, settings = _library(context, reports)
    from bot.chat import run as talk

    talk(library, settings)


@youju.command()
@click.argument("questions", nargs=-1, metavar="[问题]…")
@_report
@_json
@click.option("--why", is_flag=True, help="说明怎样得出")
@_general
@click.pass_context
def ask(
    context: click.Context, questions: tuple[str, ...], reports: tuple[Path, ...], as_json: bool, why: bool
) -> None:
    """回答问题，每个参数一问；没有参数就从标准输入每行读一问，随读随答。"""
    library, _ = _library(context, reports)
    from bot.cli.show import answer_json, answer_text

    for question in questions or _lines():
        found = library.ask(question)
        if as_json:
            click.echo(json.dumps(answer_json(found, why=why), ensure_ascii=False))
        else:
            click.echo(answer_text(found, why=why) + "\n")


@youju.command()
@_report
@click.option("--text", "text", metavar="-", help="改读一段文字：- 是标准输入")
@_json
@_general
@click.pass_context
def metrics(context: click.Context, reports: tuple[Path, ...], text: str | None, as_json: bool) -> None:
    """列出报告里的指标：数值、单位、对象、地方、时期、出处。"""
    if text and reports:
        raise click.UsageError("--text 和 --report 只能用一个", context)
    from bot.cli.show import metric_table, metrics_json

    found = [_report_of_text(text)] if text else _reports(context, reports)
    if as_json:
        click.echo(json.dumps([line for report in found for line in metrics_json(report)], ensure_ascii=False))
    else:
        for report in found:
            click.echo(metric_table(report))


@youju.command()
@_report
@_general
@click.pass_context
def outline(context: click.Context, reports: tuple[Path, ...]) -> None:
    """显示报告的章节和每节的指标数。"""
    from bot.cli.show import outline_text

    click.echo("\n\n".join(outline_text(report) for report in _reports(context, reports)))


@youju.command()
@_report
@_general
@click.pass_context
def check(context: click.Context, reports: tuple[Path, ...]) -> None:
    """检查配置和报告，逐条说明哪里不对、怎么改；有错则退出码为 1。"""
    from bot.cli.checks import findings

    faults = 0
    for finding in findings(context.meta.get("config"), reports):
        faults += finding.fault
        click.echo(str(finding))
    click.echo(f"共 {faults} 处要改" if faults else "一切正常")
    context.exit(1 if faults else 0)


@youju.command()
@_general
@click.pass_context
def run(context: click.Context) -> None:
    """启动 Telegram 机器人（需要令牌：环境变量 YOUJU_TOKEN）。"""
    settings = _settings(context)
    from bot.app import run as serve

    context.exit(serve(settings))


def _settings(context: click.Context) -> Settings:
    from bot.config import load

    return load(context.meta.get("config"))


def _library(context: click.Context, paths: tuple[Path, ...]) -> tuple[Library, Settings]:
    """The library of these files and folders; what cannot be read is said on standard error while the rest serves."""
    settings = _settings(context)
    from bot.library import Library
    from bot.reports.model import ReportError

    library = Library.load(paths or (settings.reports,), synonyms=settings.synonyms)
    if not library.reports:
        raise library.faults[0] if library.faults else ReportError(f"{settings.reports}：里面没有报告")
    for fault in library.faults:
        click.echo(f"跳过：{fault}", err=True)
    return library, settings


def _reports(context: click.Context, paths: tuple[Path, ...]) -> list[Report]:
    """The reports at these files and folders, in order of their names; raises ReportError."""
    from bot.reports.files import SUFFIXES
    from bot.reports.model import ReportError
    from bot.reports.reader import read_report

    files: list[Path] = []
    for path in paths or (_settings(context).reports,):
        inside = (
            [file for file in sorted(path.iterdir()) if file.suffix.lower() in SUFFIXES] if path.is_dir() else [path]
        )
        if not inside:
            raise ReportError(f"{path}：文件夹里没有报告（{' '.join(SUFFIXES)}）")
        files += inside
    return [read_report(file) for file in files]


def _report_of_text(name: str) -> Report:
    """A text on standard input (`-`) or in a file of any name, character for character."""
    from bot.reports.files import source_of_text
    from bot.reports.model import ReportError
    from bot.reports.reader import report_of

    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise ReportError(f"{name}：读不了（{error.strerror}）") from None
    for encoding in ("utf-8", "gb18030"):
        try:
            return report_of(source_of_text(data.decode(encoding)))
        except UnicodeDecodeError:
            continue
    raise ReportError(f"{name}：不是文字（既非 UTF-8 也非 GB18030）")


def _lines() -> Iterator[str]:
    """Lines of standard input as they come, without their ends."""
    if sys.stdin.isatty():
        click.echo("请输入问题，每行一个；Ctrl-D 结束。", err=True)
    for line in sys.stdin:
        yield line.rstrip("\r\n")
