"""`check --explain`: every key, its value in force, what it means, and when a change of it takes effect."""

from __future__ import annotations

from collections.abc import Iterator

from bot.config import Settings, keys
from bot.live import RESTART

# As in config.example.toml, shorter.
MEANINGS = {
    "reports": "报告所在的文件夹，一个文件一份报告",
    "data": "程序写入的一切都在这个文件夹",
    "admins": "管理员的 Telegram 用户编号",
    "token_file": "只含令牌的文件，只有本人能读；也可以用环境变量 YOUJU_TOKEN",
    "telegram.base_url": "Bot API 服务器，自建时才改",
    "telegram.base_file_url": "下载文件的地址，自建服务器时才改",
    "telegram.mode": "polling：主动去取消息；webhook：由 Telegram 送来",
    "telegram.per_second": "每秒最多发多少条消息",
    "chat.cooldown_seconds": "一个群连着答十条之后，隔多少秒才再答；0 不限",
    "chat.person_per_minute": "群里每人每分钟最多答几条；0 不限",
    "state.url": "订阅和记录存在哪里；空是数据文件夹里的 SQLite",
    "schedule.daily": "每日一数什么时候发；空是不发",
    "schedule.weekly": "每周数读什么时候发；空是不发",
    "schedule.quiz": "数字竞猜什么时候发给每日一数的订阅者；空是不发",
    "schedule.timezone": "时间按哪个时区算",
    "schedule.quiet": "这段时间不自动发",
    "schedule.catch_up": "停机错过的，几小时内补发",
    "announcements.resend_unknown": "不知对方收到没有时，是否重发",
    "telegram.webhook.url": "Telegram 送消息来的网址（mode = webhook 时）",
    "telegram.webhook.listen": "webhook 在本机哪个地址上听",
    "telegram.webhook.port": "webhook 在本机哪个端口上听",
    "telegram.webhook.socket": "webhook 改用的 Unix 套接字",
    "telegram.webhook.secret_file": "webhook 密语的文件，只有本人能读",
    "inbox.max_age_minutes": "积压的消息，超过多少分钟就不再答",
    "health.listen": "看运行状况的本机地址；空是不开",
    "questions.log": "是否记下大家问了什么",
    "questions.keep_days": "问题的文字保留几天",
    "log.level": "日志记到多细",
    "log.format": "日志写成给人看的，还是 JSON",
    "log.questions": "日志里是否写出问题的文字",
    "synonyms": "本地的说法：报告里的写法 = 群众的叫法",
    "checks": "每次发布前核对的问题 = 应有的答案",
}
LIVE, RESTARTED = "改后 /reload 生效", "改后重启生效"


def explained(settings: Settings) -> Iterator[str]:
    """One line for each key."""
    for key in keys():
        when = RESTARTED if key.partition(".")[0] in RESTART else LIVE
        meaning = MEANINGS.get(key)
        yield f"{key} = {_value(settings, key)}　{f'{meaning}；{when}' if meaning else when}"


def _value(settings: Settings, key: str) -> str:
    value: object = settings
    for part in key.split("."):
        value = getattr(value, part)
    if key == "state.url" and value:
        return "（已设，不显示）"
    if isinstance(value, dict):
        return f"{len(value)} 条"
    if isinstance(value, tuple):
        return str(list(value))
    if isinstance(value, bool):
        return str(value).lower()
    return "（未设）" if value is None else str(value) or "（空）"
