"""Click's own words, in Chinese: headings of the help, and mistakes of usage."""

from __future__ import annotations

import re
from typing import Any

import click

HEADINGS = {"Options": "选项", "Commands": "命令"}


class Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "用法：")

    def write_heading(self, heading: str) -> None:
        super().write_heading(HEADINGS.get(heading, heading))


class Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    context_class = Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **kwargs})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_chinese(super().get_help_option(ctx))


class Group(click.Group):
    context_class = Context
    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", "subcommand_metavar": "命令 …", **kwargs})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_chinese(super().get_help_option(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = super().get_command(ctx, cmd_name)
        if command is None:
            raise click.UsageError(f"没有命令 {cmd_name}，可用的有 {'、'.join(self.commands)}", ctx)
        return command


def _in_chinese(option: click.Option | None) -> click.Option | None:
    if option:
        option.help = "显示这段说明"
    return option


def usage_line(error: click.UsageError) -> str:
    """One line: what is wrong, and where to look."""
    where = error.ctx.command_path if error.ctx else "youju"
    return f"{_wrong(error).rstrip('。.')}（用法见 {where} --help）"


def _wrong(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            near = f"，最接近的是 {error.possibilities[0]}" if error.possibilities else ""
            return f"没有选项 {error.option_name}{near}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 用得不对，后面要跟一个值"
        case click.MissingParameter():
            return f"缺少 {error.param.human_readable_name if error.param else '参数'}"
        case click.BadParameter():
            name = error.param.human_readable_name if error.param else "参数"
            return f"{name} 的值不对：{error.message}"
    if extra := re.match(r"Got unexpected extra arguments? \((.*)\)", error.message):
        return f"多了 {extra[1]}"
    return error.message
