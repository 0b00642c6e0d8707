"""What nobody else may read: the bot's token and the webhook's secret, from the environment or an owner-only file."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from pydantic import SecretStr

from bot.faults import ConfigError

SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # up to 256 by the Bot API; under 16 would be guessed

UNARMED = (
    "webhook 要有密语：请把随机的 16 至 256 个字母、数字、_、- 放进环境变量 YOUJU_WEBHOOK_SECRET，"
    "或用 [telegram.webhook] secret_file 指明只有自己能读的文件；可用 openssl rand -hex 32 生成"
)


def read_token(file: Path) -> SecretStr:
    token = checked_token(_read(file, "令牌文件", "token_file"), str(file))
    if token is None:
        raise ConfigError(f"{file}：令牌文件是空的，请写入 BotFather 给的令牌")
    return token


def checked_token(text: str, place: str) -> SecretStr | None:
    """A token as BotFather gives it; the fault never shows what was written."""
    token = text.strip()
    if token and not re.fullmatch(r"[A-Za-z0-9:_-]+", token):
        raise ConfigError(f"{place}：不像令牌，应形如 123456789:AAE…（数字、冒号、字母）")
    return SecretStr(token) if token else None


def webhook_secret(given: SecretStr | None, file: Path | None) -> SecretStr:
    """The secret that Telegram shows with every update. Raises ConfigError where there is none, or a poor one."""
    place = "环境变量 YOUJU_WEBHOOK_SECRET"
    if given is None:
        if file is None:
            raise ConfigError(UNARMED)
        place, given = str(file), SecretStr(_read(file, "密语文件", "secret_file").strip())
    if not SECRET.fullmatch(given.get_secret_value()):
        raise ConfigError(f"{place}：webhook 的密语应是 16 至 256 个字母、数字、_ 或 -")
    return given


def _read(file: Path, what: str, key: str) -> str:
    try:
        if file.is_dir():
            raise ConfigError(f"{file}：这是文件夹，{key} 要指向{what}")
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o077:
            raise ConfigError(f"{file}：{what}别人也能读（权限 {mode:o}），请执行 chmod 600 {file}")
        return file.read_text("utf-8")
    except FileNotFoundError:
        raise ConfigError(f"{file}：没有这个{what}（{key}）") from None
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{file}：读不了{what}（{key}）") from None
