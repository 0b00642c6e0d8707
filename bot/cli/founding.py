"""`init`: a new operator is asked the few things that must be known; a settings file and a token file come of it."""

from __future__ import annotations

import json
import os
import re
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import click

from bot.config import Settings
from bot.editions.durable import write_whole
from bot.faults import ConfigError

TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{10,}")
PATIENCE = 10.0  # seconds for getMe

INTRODUCTION = "几个问题，问完写好配置。直接回车就用方括号里的值。"
ASK_BOT = "机器人的令牌（在 Telegram 里向 @BotFather 发 /newbot 得到；输入时不显示，可以先留空）"
ASK_ADMINS = "管理员的 Telegram 编号（几个就用逗号隔开；不知道先留空，启动后向机器人发 /status 就能看到）"
ASK_REPORTS = "报告放在哪个文件夹"
ASK_DATA = "订阅、记录等数据放在哪个文件夹"
NOT_LIKE_ONE = "不像令牌，应形如 123456789:AAE…（数字、冒号、字母）"
UNKNOWN_BOT = "Telegram 不认这个令牌，请核对"
KNOWN_BOT = "令牌有效：@{name}"
NO_NETWORK = "连不上 Telegram，令牌先记下，启动时再核对"
NOT_NUMBERS = "应是数字，如 10001, 10002"
THERE = "{path} 已经有了，要覆盖吗"
WRITTEN = "已写好 {path}"
NEXT = """接下来：
  1. 把报告放进 {reports}（管理员也可以启动后在私聊里直接发文件）
  2. youju check{option}　检查配置和报告
  3. youju run{option}　启动，然后在 Telegram 里和它说话"""
STILL_MISSING = "  令牌还没有填：写进 {path}（chmod 600），或放进环境变量 YOUJU_TOKEN"

SETTINGS = """# 有据的设置，由 youju init 写成。全部可用的设置见 config.example.toml，或执行 youju check --explain。

# 报告所在的文件夹，一个文件一份报告。
reports = {reports}

# 程序写入的一切都在这个文件夹。
data = {data}

# 管理员的 Telegram 用户编号。
admins = {admins}

# 只含令牌的文件，只有本人能读。
{comment}token_file = {token_file}
"""


def found(path: Path) -> int:
    """Ask, write, say what comes next. The exit status."""
    if path.exists() and not click.confirm(THERE.format(path=path), default=False):
        return 1
    click.echo(INTRODUCTION)
    token = _token(os.environ.get("YOUJU_TELEGRAM_BASE_URL") or Settings().telegram.base_url)
    admins = _admins()
    reports = click.prompt(ASK_REPORTS, default="reports")
    data = click.prompt(ASK_DATA, default="data")
    _write(path, token, admins, reports, data)
    option = "" if path == Path("config.toml") else f" --config {path}"
    click.echo(NEXT.format(reports=_from(path, reports), option=option))
    if not token:
        click.echo(STILL_MISSING.format(path=_from(path, data) / "token"))
    return 0


def _write(path: Path, token: str, admins: list[int], reports: str, data: str) -> None:
    """The token first: a settings file that names a missing token file would be at fault."""
    folder, token_file = _from(path, data), str(Path(data) / "token")
    for wanted, mode in ((_from(path, reports), 0o755), (folder, 0o700), (path.absolute().parent, 0o755)):
        wanted.mkdir(parents=True, exist_ok=True, mode=mode)
    if token:
        write_whole(folder / "token", f"{token}\n".encode())
        click.echo(WRITTEN.format(path=folder / "token"))
    text = SETTINGS.format(
        reports=_toml(reports),
        data=_toml(data),
        admins=admins,
        comment="" if token else "# ",
        token_file=_toml(token_file),
    )
    write_whole(path.absolute(), text.encode(), 0o644)
    click.echo(WRITTEN.format(path=path))


def _token(base_url: str) -> str:
    """A token that Telegram knows, or could not be asked about; "" for none yet."""
    while True:
        token = str(click.prompt(ASK_BOT, default="", show_default=False, hide_input=_at_a_terminal())).strip()
        if not token:
            return ""
        if not TOKEN.fullmatch(token):
            click.echo(NOT_LIKE_ONE)
            continue
        try:
            name = _name_of(token, base_url)
        except ConfigError as error:
            click.echo(str(error))
            continue
        click.echo(KNOWN_BOT.format(name=name) if name else NO_NETWORK)
        return token


def _name_of(token: str, base_url: str) -> str:
    """The bot's name by getMe; "" where Telegram cannot be reached. Raises ConfigError for an unknown token."""
    base = base_url.rstrip("/")
    local = urlsplit(base).hostname in ("127.0.0.1", "::1", "localhost")
    handlers = [urllib.request.ProxyHandler({})] if local else []
    opener = urllib.request.build_opener(*handlers)
    try:
        with opener.open(f"{base if base.endswith('/bot') else base + '/bot'}{token}/getMe", timeout=PATIENCE) as heard:
            return str(json.load(heard)["result"]["username"])
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (401, 404):
            raise ConfigError(UNKNOWN_BOT) from None
        return ""
    except (OSError, ValueError, KeyError):
        return ""


def _admins() -> list[int]:
    while True:
        said = str(click.prompt(ASK_ADMINS, default="", show_default=False))
        parts = [part for part in re.split(r"[\s,，、]+", said) if part]
        try:
            ids = [int(part) for part in parts]
            Settings(admins=tuple(ids))
            return ids
        except ValueError:  # pydantic's too
            click.echo(NOT_NUMBERS)


def _from(config: Path, written: str) -> Path:
    """A path as the settings file means it: from its own folder."""
    return config.absolute().parent / Path(written).expanduser()


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _at_a_terminal() -> bool:
    return sys.stdin.isatty()
