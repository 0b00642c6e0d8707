"""The commands. Each brings in what it needs only when it runs, so that `--help` is there at once."""

from __future__ import annotations

import json
from collections.abc import Callable
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


def _theme(context: click.Context, option: click.Parameter, value: str) -> str:
    if value not in ("light", "dark"):
        raise click.BadParameter("只能是 light 或 dark", context, option)
    return value


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
    library, settings = _open(context, reports)
    from bot.chat import run as talk

    context.exit(talk(library, settings))


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
    library, _ = _open(context, reports)
    from bot.answers.model import NotFound
    from bot.cli.faults import unforeseen
    from bot.cli.show import answer_json, answer_text
    from bot.cli.sources import lines_typed

    failed = False
    for question in questions or lines_typed():
        try:
            found = library.ask(question)
        except Exception as error:  # one question that fails leaves the others their answers
            if context.meta.get("debug"):
                raise
            failed, found = True, NotFound(question)
            click.echo(unforeseen(error), err=True)
        if as_json:
            click.echo(json.dumps(answer_json(found, why=why), ensure_ascii=False))
        else:
            click.echo(answer_text(found, why=why) + "\n")
    context.exit(1 if failed else 0)


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
    from bot.cli.sources import read_text

    found = read_text(text) if text else _read(context, reports)
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

    click.echo("\n\n".join(outline_text(report) for report in _read(context, reports)))


@youju.command()
@_report
@click.option("--county", metavar="区县", help="一个区县的数字")
@click.option("--section", metavar="N", help="一节的数字：序号或标题")
@click.option("--word", metavar="词", help="名称里有这个词的数字")
@click.option("--compare", metavar="词", help="同一数字两年对照")
@click.option("--glance", is_flag=True, help="全文要点（默认）")
@click.option("--theme", metavar="light|dark", default="light", callback=_theme, help="浅色或深色（默认 light）")
@click.option("--out", metavar="PATH", type=click.Path(path_type=Path), default="card.png", help="默认 card.png")
@_general
@click.pass_context
def card(
    context: click.Context, /, reports: tuple[Path, ...], out: Path, theme: str, **asked: str | bool | None
) -> None:
    """把数字画成图（PNG），并显示所依据的原文。"""
    if sum(map(bool, asked.values())) > 1:
        raise click.UsageError("--county --section --word --compare --glance 只能用一个", context)
    library, _ = _open(context, reports)
    from bot.cli.pictures import save

    kind, words = next(((name, str(value)) for name, value in asked.items() if value), ("glance", ""))
    context.exit(save(library.reports, kind, words, theme, out))


@youju.command()
@_report
@click.option("--explain", is_flag=True, help="说明每一项设置")
@_general
@click.pass_context
def check(context: click.Context, reports: tuple[Path, ...], explain: bool) -> None:
    """检查配置和报告，逐条说明哪里不对、怎么改；有错则退出码为 1。"""
    from bot.cli.checks import findings

    if explain:
        from bot.cli.explaining import explained

        click.echo("\n".join(explained(_settings(context))))
    faults = 0
    for finding in findings(context.meta.get("config"), reports):
        faults += finding.fault
        click.echo(str(finding))
    click.echo(f"共 {faults} 处要改" if faults else "一切正常")
    context.exit(1 if faults else 0)


@youju.command()
@click.option("--text", metavar="TEXT", help="要发的话；- 是从标准输入读")
@click.option("--metric", "metrics", multiple=True, metavar="WORD", help="名称里有这个词的数字，可写多次")
@click.option("--section", metavar="N", help="目录里的一节：序号或标题")
@click.option("--county", metavar="NAME", help="一个区县的全部内容")
@click.option("--dry-run", is_flag=True, help="只看会发什么、发给多少个聊天")
@click.option("--yes", is_flag=True, help="不再询问，直接发")
@_general
@click.pass_context
def announce(context: click.Context, /, dry_run: bool, yes: bool, **wanted: Any) -> None:
    """发给所有订阅的聊天：先显示内容，确认后才发；Ctrl-C 停止。"""
    from bot.cli.announcing import announce as send

    wanted = {name: value for name, value in wanted.items() if value}
    if len(wanted) != 1:
        raise click.UsageError("--text、--metric、--section、--county 要写一种，且只写一种", context)
    library, settings = _open(context, ())
    context.exit(send(settings, library, wanted, dry_run=dry_run, yes=yes))


@youju.command()
@_general
@click.pass_context
def run(context: click.Context) -> None:
    """启动 Telegram 机器人（需要令牌：环境变量 YOUJU_TOKEN）。"""
    settings = _settings(context)
    from bot.lean import without, without_certificates

    # A command line; timers and a server, of which we have ours; certificates of aiohttp's, which has them from us.
    with without("httpx._main", "apscheduler", "tornado"), without_certificates():
        from bot.app import run as serve

    context.exit(serve(settings))


@youju.command()
@_general
@click.pass_context
def init(context: click.Context) -> None:
    """问几个问题，写好配置文件和令牌文件（默认 ./config.toml）。"""
    from bot.cli.founding import found

    context.exit(found(Path(context.meta.get("config") or "config.toml")))


@youju.command()
@click.option("--rest", is_flag=True, help="有文件读不了也发布其余的")
@_general
@click.pass_context
def reload(context: click.Context, rest: bool) -> None:
    """让正在运行的机器人重读报告文件夹和配置，显示变化。"""
    from bot.cli.operating import reload as ask_to_reload

    context.exit(ask_to_reload(_settings(context), rest=rest))


@youju.command()
@click.argument("old", metavar="旧")
@click.argument("new", metavar="新")
@_general
@click.pass_context
def diff(context: click.Context, old: str, new: str) -> None:
    """比较两份报告、两个文件夹或两个版本（写版本号）：报告和数字有哪些变化。"""
    from bot.cli.operating import diff as compare

    context.exit(compare(_settings(context), old, new))


@youju.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="文件已有时覆盖")
@_general
@click.pass_context
def backup(context: click.Context, file: Path, force: bool) -> None:
    """备份状态数据库（SQLite），机器人不必停。"""
    from bot.cli.keeping import backup as save

    context.exit(save(_settings(context), file, force=force))


@youju.command()
@click.argument("what", metavar="questions", type=click.Choice(["questions"]))
@click.option("--csv", "as_csv", is_flag=True, required=True, help="输出 CSV")
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="写到文件（默认：标准输出）"
)
@_general
@click.pass_context
def export(context: click.Context, what: str, as_csv: bool, out: Path | None) -> None:
    """导出提问记录：问题、结果、评价；提问者只有摘要。"""
    from bot.cli.keeping import export_questions

    context.exit(export_questions(_settings(context), out))


def _open(context: click.Context, reports: tuple[Path, ...]) -> tuple[Library, Settings]:
    from bot.cli.sources import open_library

    settings = _settings(context)
    return open_library(reports or (settings.reports,), settings.synonyms, settings.data / "snapshot"), settings


def _read(context: click.Context, reports: tuple[Path, ...]) -> list[Report]:
    from bot.cli.sources import read_reports

    return read_reports(reports or (_settings(context).reports,))


def _settings(context: click.Context) -> Settings:
    from bot.config import load

    return load(context.meta.get("config"))
