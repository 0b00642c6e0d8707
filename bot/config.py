"""Settings: a TOML file, overridden by the environment; every fault named with its place and what to do.

Which file: `--config PATH`, else `YOUJU_CONFIG`, else `config.toml` in the working directory, else none.
Every key may be set as `YOUJU_<KEY>`, below a table as `YOUJU_<TABLE>_<KEY>` (or with `__` between the two). The token
comes from `YOUJU_TOKEN` or from a `token_file` that only its owner can read, and never from the settings file itself.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_origin
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr
from pydantic import ValidationError as Invalid

from bot.faults import ConfigError, explain, in_chinese, lines_of, nearest
from bot.settings import HOME, Settings, keys, table_of

__all__ = ["HOME", "ConfigError", "Settings", "keys", "load"]

PREFIX = "YOUJU_"
OUTSIDE = {"YOUJU_CONFIG", "YOUJU_TOKEN", "YOUJU_WEBHOOK_SECRET"}  # read here, and no settings


def load(path: str | Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in force; raises ConfigError with one line for each fault."""
    environ = os.environ if environ is None else environ
    file = _find(path, environ)
    text = _read(file) if file else ""
    try:
        written = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(_unreadable(file, error)) from None
    if file:
        _anchor(written, file.resolve().parent)
    from_env, where, faults = _from_environment(environ)
    try:
        settings = Settings.model_validate(_merged(written, from_env))
    except Invalid as error:
        lines = lines_of(text)
        faults += [explain(fault, file, lines, where, keys()) for fault in error.errors(include_url=False)]
    if faults:
        raise ConfigError(*faults)
    settings = _with_aliases(_same_server(settings))
    settings._file = file
    settings._token = SecretStr(environ.get("YOUJU_TOKEN", "").strip()) or None
    settings._webhook_secret = SecretStr(environ.get("YOUJU_WEBHOOK_SECRET", "").strip()) or None
    return settings


def _find(path: str | Path | None, environ: Mapping[str, str]) -> Path | None:
    named = path or environ.get("YOUJU_CONFIG")
    if named:
        return Path(named).expanduser()
    usual = Path("config.toml")
    return usual if usual.is_file() else None


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{file}：没有这个配置文件，可照 config.example.toml 写一份") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}：不是 UTF-8 文本（第 {error.start} 字节），请另存为 UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{file}：读不了配置文件（{error.strerror}）") from None


def _unreadable(file: Path | None, error: Exception) -> str:
    message = in_chinese(error)
    at = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    if not at:
        return f"{file}：不合 TOML 写法（{message.replace(' (at end of document)', '，到文件末尾为止')}）"
    return f"{file}:{at[1]}：第 {at[2]} 列起不合 TOML 写法（{message[: at.start()]}）；文字要加英文双引号"


def _anchor(written: dict[str, Any], folder: Path, model: type[BaseModel] | None = None) -> None:
    """Paths written in a settings file are relative to that file."""
    for key, field in (model or Settings).model_fields.items():
        value, table = written.get(key), table_of(field.annotation)
        if "Path" in str(field.annotation) and isinstance(value, str) and value.strip():
            written[key] = str(folder / Path(value).expanduser())
        elif table and isinstance(value, dict):
            _anchor(value, folder, table)


def _from_environment(environ: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str], list[str]]:
    """What the environment sets, as (values by table, variable by key, faults)."""
    names = {}
    for key in keys():
        for between in ("_", "__"):
            names[PREFIX + key.upper().replace(".", between)] = key
    values: dict[str, Any] = {}
    where: dict[str, str] = {}
    faults = []
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name in OUTSIDE or not environ[name]:
            continue
        if name not in names:
            faults.append(f"环境变量 {name}：没有这个设置{nearest(name, [*names, *OUTSIDE])}")
            continue
        *tables, key = names[name].split(".")
        model: Any = Settings
        target = values
        for table in tables:
            model, target = model.model_fields[table].annotation, target.setdefault(table, {})
        target[key] = _typed(environ[name], model.model_fields[key].annotation)
        where[names[name]] = name
    return values, where, faults


def _typed(text: str, annotation: Any) -> object:
    """A variable's text as the type its key wants: lists as `1,2`, tables as TOML, numbers, true and false."""
    if annotation is bool and text.strip().lower() in ("true", "false"):
        return text.strip().lower() == "true"
    if annotation is int and re.fullmatch(r"\s*-?[0-9]{1,18}\s*", text):
        return int(text)
    if get_origin(annotation) is tuple:
        parts = [part for part in re.split(r"[\s,，\[\]]+", text) if part]
        return [int(part) if part.isascii() and part.isdigit() else part for part in parts]
    if get_origin(annotation) is dict:
        try:
            return tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            return text
    return text


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, dict) and key not in ("synonyms", "checks"):
            merged[key] = _merged(below, value)
        else:
            merged[key] = value
    return merged


def _with_aliases(settings: Settings) -> Settings:
    """With the aliases that were made in the chat, which stand in the data folder."""
    from bot.questions import aliases

    try:
        made = aliases.read(settings.data)
    except ValueError as error:
        raise ConfigError(str(error)) from None
    except OSError:  # what is wrong with the folder is told by those who need all of it
        return settings
    return settings.model_copy(update={"synonyms": aliases.merged(settings.synonyms, made)}) if made else settings


def _same_server(settings: Settings) -> Settings:
    """A self-hosted server named only by `base_url`: files come from there too, and `/bot` may be left out."""
    told = settings.telegram
    if "base_url" not in told.model_fields_set:
        return settings
    base = told.base_url if urlsplit(told.base_url).path else told.base_url + "/bot"
    files = told.base_file_url
    if "base_file_url" not in told.model_fields_set and base.endswith("/bot"):
        files = base.removesuffix("/bot") + "/file/bot"
    telegram = told.model_copy(update={"base_url": base, "base_file_url": files})
    return settings.model_copy(update={"telegram": telegram})
