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
from typing import Annotated, Any, Literal, get_origin
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, SecretStr
from pydantic import ValidationError as Invalid

from bot.credentials import checked_token, read_token, webhook_secret
from bot.faults import ConfigError, explain, in_chinese, lines_of, nearest

__all__ = ["HOME", "ConfigError", "Settings", "keys", "load"]

_CHECKOUT = Path(__file__).resolve().parent.parent
HOME = _CHECKOUT if (_CHECKOUT / "seeds").is_dir() else Path.cwd()  # where the default folders are
PREFIX = "YOUJU_"
OUTSIDE = {"YOUJU_CONFIG", "YOUJU_TOKEN", "YOUJU_WEBHOOK_SECRET"}  # read here, and no settings


def _http(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and not re.search(r"\s", url)
    except ValueError:  # brackets left open, a port that is no number
        usable = False
    if not usable:
        raise ValueError("应是 http:// 或 https:// 开头的网址")
    return url.rstrip("/")


def _https(url: str) -> str:
    if not url:
        return url
    url = _http(url)
    local = urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost")  # for trying it out
    if not (url.startswith("https://") or local):
        raise ValueError("应是 https:// 开头的网址，Telegram 只往那里送")
    return url


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _path(value: object) -> object:
    return Path(value).expanduser() if isinstance(value, str) and value.strip() else value


def _database(url: str) -> str:
    if url and not re.match(r"(sqlite|postgresql)(\+\w+)?://", url):
        raise ValueError("应是 postgresql:// 开头的地址；留空就用数据文件夹里的 SQLite")
    return url


def _listen(written: str) -> str:
    from bot.health import address

    if written.strip():
        address(written)
    return written.strip()


def _rule(written: str) -> str:
    if written.strip():
        from bot.announcements.timing import rule, zone

        rule(written, zone("Asia/Shanghai"))
    return written


def _weekly(written: str) -> str:
    if re.fullmatch(r"\s*\d{1,2}[:：]\d\d\s*", written):
        raise ValueError('要写明星期，如 "mon 09:00"')
    return _rule(written)


def _quiet(written: str) -> str:
    from bot.announcements.timing import quiet_hours

    quiet_hours(written)
    return written


def _zone(name: str) -> str:
    from bot.announcements.timing import zone

    zone(name)
    return name


Url = Annotated[str, AfterValidator(_http)]
Folder = Annotated[Path, BeforeValidator(_path)]
UserId = Annotated[int, Field(gt=0, lt=2**52)]  # Telegram's own limit; groups have negative ids, people never


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class WebhookTable(Table):
    """Where Telegram brings updates (`url`), and where they arrive here: a port behind a proxy, or a Unix socket."""

    url: Annotated[str, AfterValidator(_https)] = ""
    listen: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, lt=2**16)] = 8443
    socket: Folder | None = None
    secret_file: Folder | None = None


class Telegram(Table):
    """`base_url` and `base_file_url` are what the token is appended to, as python-telegram-bot takes them."""

    base_url: Url = "https://api.telegram.org/bot"
    base_file_url: Url = "https://api.telegram.org/file/bot"
    mode: Literal["polling", "webhook"] = "polling"
    webhook: WebhookTable = WebhookTable()
    per_second: Annotated[int, Field(ge=1, le=1000)] = 30


class Log(Table):
    level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(_upper)] = "INFO"
    format: Literal["auto", "text", "json"] = "auto"
    questions: bool = False


class ChatTable(Table):
    """What a group may ask for: seconds between answers after a burst, answers a minute for a person; 0 is no limit."""

    cooldown_seconds: Annotated[int, Field(ge=0, le=3600)] = 3
    person_per_minute: Annotated[int, Field(ge=0, le=600)] = 10


class InboxTable(Table):
    """What waited longer is answered with an apology in private and not at all in groups; 0 is no limit."""

    max_age_minutes: Annotated[int, Field(ge=0, le=24 * 60)] = 15


class StateTable(Table):
    """`url` is "" for SQLite in the data folder; it may hold a password."""

    url: Annotated[str, AfterValidator(_database)] = Field(default="", repr=False)


class Schedule(Table):
    """Times as bot.announcements.timing reads them, "" for never; a run missed by over `catch_up` hours is let go."""

    daily: Annotated[str, AfterValidator(_rule)] = "09:00"
    weekly: Annotated[str, AfterValidator(_weekly)] = "mon 09:00"
    quiz: Annotated[str, AfterValidator(_rule)] = ""
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Shanghai"
    quiet: Annotated[str, AfterValidator(_quiet)] = "22:00-07:00"
    catch_up: Annotated[int, Field(ge=0, le=24 * 7)] = 48


class QuestionsTable(Table):
    """Whether what people ask is kept, without their names, and for how many days."""

    log: bool = True
    keep_days: Annotated[int, Field(ge=1, le=3650)] = 90


class Health(Table):
    """A port of this machine for /healthz and /metrics; "" for none."""

    listen: Annotated[str, AfterValidator(_listen)] = ""


class Announcements(Table):
    resend_unknown: bool = False


class Settings(Table):
    """All settings, checked. Paths are absolute or relative to the working directory, ready for use."""

    reports: Folder = HOME / "seeds"
    data: Folder = HOME / "data"
    admins: Annotated[
        tuple[UserId, ...], BeforeValidator(lambda ids: tuple(ids) if isinstance(ids, list) else ids)
    ] = ()
    token_file: Folder | None = None
    telegram: Telegram = Telegram()
    chat: ChatTable = ChatTable()
    inbox: InboxTable = InboxTable()
    state: StateTable = StateTable()
    schedule: Schedule = Schedule()
    announcements: Announcements = Announcements()
    questions: QuestionsTable = QuestionsTable()
    health: Health = Health()
    log: Log = Log()
    synonyms: dict[str, list[str]] = {}
    checks: dict[str, str] = {}

    _file: Path | None = PrivateAttr(default=None)
    _token: SecretStr | None = PrivateAttr(default=None)
    _webhook_secret: SecretStr | None = PrivateAttr(default=None)

    @property
    def file(self) -> Path | None:
        """The settings file these came from."""
        return self._file

    @property
    def token(self) -> SecretStr | None:
        """The bot's token, None without one. Raises ConfigError for what is no token, or a bad `token_file`."""
        if self._token:
            return checked_token(self._token.get_secret_value(), "环境变量 YOUJU_TOKEN")
        return read_token(self.token_file) if self.token_file else None

    @property
    def webhook_secret(self) -> SecretStr:
        """What Telegram shows with each update. Raises ConfigError without one."""
        return webhook_secret(self._webhook_secret, self.telegram.webhook.secret_file)


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
        value, table = written.get(key), _table(field.annotation)
        if "Path" in str(field.annotation) and isinstance(value, str) and value.strip():
            written[key] = str(folder / Path(value).expanduser())
        elif table and isinstance(value, dict):
            _anchor(value, folder, table)


def keys(model: type[BaseModel] | None = None, above: str = "") -> tuple[str, ...]:
    """Every key with its tables: ("reports", ..., "telegram.base_url", ..., "telegram.webhook.url", ...)."""
    found: list[str] = []
    for name, field in (model or Settings).model_fields.items():
        table = _table(field.annotation)
        found += keys(table, f"{above}{name}.") if table else [above + name]
    return tuple(found)


def _table(annotation: Any) -> type[Table] | None:
    return annotation if isinstance(annotation, type) and issubclass(annotation, Table) else None


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
