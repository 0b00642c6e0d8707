"""What can be set: every key with its type, its default and what it must be. bot.config reads them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, SecretStr

from bot.credentials import checked_token, read_token, webhook_secret

_CHECKOUT = Path(__file__).resolve().parent.parent
HOME = _CHECKOUT if (_CHECKOUT / "seeds").is_dir() else Path.cwd()  # where the default folders are


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


def keys(model: type[BaseModel] | None = None, above: str = "") -> tuple[str, ...]:
    """Every key with its tables: ("reports", ..., "telegram.base_url", ..., "telegram.webhook.url", ...)."""
    found: list[str] = []
    for name, field in (model or Settings).model_fields.items():
        table = table_of(field.annotation)
        found += keys(table, f"{above}{name}.") if table else [above + name]
    return tuple(found)


def table_of(annotation: Any) -> type[Table] | None:
    """The table that stands under a key; None where a value does."""
    return annotation if isinstance(annotation, type) and issubclass(annotation, Table) else None
