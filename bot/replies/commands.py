"""The one table of commands: it is read to understand what is said, for /help, for Telegram's menus and by a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.replies import texts, texts_operating
from bot.replies.asking import ask, invitation, why_draft
from bot.replies.catalogue import reports_draft, use_draft
from bot.replies.chapters import named_section_draft, sections_draft, tasks_draft
from bot.replies.comparing import compare_draft
from bot.replies.counties import county_draft
from bot.replies.desk import Chat, Desk
from bot.replies.editions import editions_draft
from bot.replies.examples import examples
from bot.replies.figures import metrics_draft
from bot.replies.model import Button, Run
from bot.replies.pages import Draft
from bot.replies.pictures import card_draft
from bot.replies.quiz import quiz_draft
from bot.replies.searching import search_draft
from bot.replies.sharing import home
from bot.reports.model import Report


class Scope(StrEnum):
    """Where a command stands in Telegram's menu."""

    PRIVATE = "private"
    GROUPS = "groups"
    ADMINS = "admins"


EVERYWHERE = frozenset(Scope)
ALONE = frozenset({Scope.PRIVATE, Scope.ADMINS})


@dataclass(frozen=True, slots=True)
class Call:
    """A command that was said; `words` is what follows it, in one line."""

    desk: Desk
    chat: Chat
    words: str = ""

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports that the chat speaks of, newest first."""
        return self.desk.reports(self.chat)


@dataclass(frozen=True, slots=True)
class Command:
    """`usage` and `example` are what follows the name; {place} {word} {year} {question} are filled from the library."""

    name: str
    aliases: tuple[str, ...]
    description: str
    usage: str
    example: str
    run: Callable[[Call], Draft]
    admin: bool = False
    menus: frozenset[Scope] = EVERYWHERE

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    def usage_line(self) -> str:
        return f"/{self.name} {self.usage}".strip()

    def example_line(self, desk: Desk) -> str:
        return f"/{self.name} {self.example.format_map(_fillings(desk))}".strip()


def start(call: Call) -> Draft:
    return invitation(call.desk, texts.WELCOME)


def help_page(call: Call) -> Draft:
    """What can be asked, then every command that this person may use; in a group, where many people have to scroll past
    it, how the bot is addressed."""
    runs = [Run(texts.HELP_TOP + "\n")]
    runs += [Run(f"· {question}\n", own=True) for question in examples(call.desk)]
    if not call.chat.private:
        username, example = call.chat.username, BY_NAME["ask"].example_line(call.desk)
        runs.append(Run("\n" + texts.HELP_IN_GROUP.format(username=username, example=example), own=True))
        return Draft(tuple(runs), ((Button(texts.OPEN_PRIVATE, url=home(username)),),) if username else ())
    runs.append(Run(f"\n{texts.HELP_COMMANDS}\n\n"))
    for command in COMMANDS:
        if command.admin and not call.chat.is_admin:
            continue
        runs.append(Run(command.usage_line(), own=True))
        runs.append(Run(f" {command.description}\n", own=True))
        if command.example:
            runs.append(Run(texts.HELP_EXAMPLE.format(example=command.example_line(call.desk)) + "\n", own=True))
    return Draft(tuple(runs))


def reports(call: Call) -> Draft:
    return reports_draft(call.desk)


def use(call: Call) -> Draft:
    return use_draft(call.desk, call.chat, call.words)


def sections(call: Call) -> Draft:
    return sections_draft(call.reports[0]) if call.reports else _empty()


def section(call: Call) -> Draft:
    if not call.words:
        return sections(call)
    return named_section_draft(call.reports[0], call.words) if call.reports else _empty()


def tasks(call: Call) -> Draft:
    return tasks_draft(call.reports[0]) if call.reports else _empty()


def county(call: Call) -> Draft:
    return county_draft(call.reports, call.words)


def metrics(call: Call) -> Draft:
    return metrics_draft(call.reports, call.words) if call.reports else _empty()


def search(call: Call) -> Draft:
    return search_draft(call.desk.get_library(), call.reports, call.words) if call.words else usage(call, "search")


def question(call: Call) -> Draft:
    return ask(call.desk, call.chat, call.words) if call.words else usage(call, "ask")


def quiz(call: Call) -> Draft:
    return quiz_draft(call.desk, call.chat, call.reports) if call.reports else _empty()


def card(call: Call) -> Draft:
    return card_draft(call.desk, call.reports, call.words) if call.reports else _empty()


def compare(call: Call) -> Draft:
    return compare_draft(call.desk.comparable(call.chat), call.words) if call.words else usage(call, "compare")


def why(call: Call) -> Draft:
    return why_draft(call.desk, call.chat)


def status(call: Call) -> Draft:
    """For those who run the bot: what is in force."""
    held = call.desk.get_library().reports
    figures, warnings = sum(len(report.metrics) for report in held), sum(len(report.warnings) for report in held)
    counts = texts.STATUS.format(reports=len(held), metrics=figures, warnings=warnings)
    return Draft((Run("\n".join((counts, *call.desk.platform)), own=True),))


def subscribe(call: Call) -> Draft:
    """In a terminal, or where the state is out of reach: handlers/subscribing.py does it in Telegram."""
    return Draft((Run(texts.SUBSCRIBE_ELSEWHERE),))


def unsubscribe(call: Call) -> Draft:
    return Draft((Run(texts.UNSUBSCRIBE_ELSEWHERE),))


def announce(call: Call) -> Draft:
    """As with subscribe: handlers/admins/announcing.py does it in Telegram, `youju announce` in a terminal."""
    return Draft((Run(texts.ANNOUNCE_ELSEWHERE),))


def editions(call: Call) -> Draft:
    return editions_draft(call.desk)


def reload(call: Call) -> Draft:
    """In a terminal, or where there are no editions: handlers/admins/reloading.py does it in Telegram."""
    return Draft((Run(texts.RELOAD_ELSEWHERE),))


def asked_elsewhere(call: Call) -> Draft:
    """In a terminal, or where no state is: handlers/admins/asked.py does it in Telegram."""
    return Draft((Run(texts_operating.LIST_ELSEWHERE),))


def forget(call: Call) -> Draft:
    return Draft((Run(texts_operating.FORGET_ELSEWHERE),))


def usage(call: Call, name: str) -> Draft:
    """How a command is used, for one that was said without what it needs."""
    command = BY_NAME[name]
    example = texts.EXAMPLE.format(example=command.example_line(call.desk))
    return Draft((Run(f"{texts.USAGE.format(usage=command.usage_line())}\n{example}", own=True),))


def _empty() -> Draft:
    return Draft((Run(texts.NO_REPORTS),))


# name, 中文 aliases, description, usage, example, function
COMMANDS: tuple[Command, ...] = (
    Command("start", ("开始",), "从头开始，看看能问什么", "", "", start, menus=frozenset()),
    Command("help", ("帮助", "h"), "能问什么，有哪些指令", "", "", help_page),
    Command("ask", ("问", "提问"), "提问（直接打字也行）", "问题", "{question}", question),
    Command("county", ("区县", "县区", "地方", "县"), "一个区县的全部内容", "区县名", "{place}", county),
    Command("metrics", ("数字", "数据", "指标"), "报告里的数字，可加关键词", "[关键词]", "{word}", metrics),
    Command("search", ("搜索", "查找", "搜", "查"), "查原文", "关键词", "{word}", search),
    Command("quiz", ("答题", "测验", "考考我"), "考考你：报告里的数字是多少", "", "", quiz),
    Command("card", ("图", "看图", "一图读懂"), "数字画成图", "[区县、节或关键词]", "{word}", card),
    Command("sections", ("目录", "章节"), "报告目录", "", "", sections),
    Command("section", ("节", "第"), "看目录里的一节", "序号或标题", "3", section, menus=frozenset()),
    Command("tasks", ("任务",), "下一步的主要任务", "", "", tasks),
    Command("compare", ("比较", "对比"), "同一数字两年对照", "关键词 [年份 年份]", "{word}", compare),
    Command("reports", ("报告",), "收录了哪些报告", "", "", reports),
    Command("use", ("选择", "选用"), "只问某一年或某一份报告", "年份、序号、报告名或 all", "{year}", use),
    Command("subscribe", ("订阅",), "按时收到报告里的数字", "[每日|每周|都要]", "每日", subscribe),
    Command("unsubscribe", ("退订", "取消订阅"), "不再按时收到", "", "", unsubscribe),
    Command("forget", ("忘记", "删除记录"), "删掉我的提问记录", "", "", forget, menus=ALONE),
    Command("why", ("为什么", "理由"), "上一个答案为什么这样答", "", "", why, menus=ALONE),
    Command(
        *("announce", ("群发", "通知"), "发给所有订阅的聊天", "[内容]", "明天上午系统维护", announce),
        admin=True,
        menus=frozenset({Scope.ADMINS}),
    ),
    Command(
        *("reload", ("重读", "更新"), "重读报告文件夹和配置，没有问题就发布", "", "", reload),
        admin=True,
        menus=frozenset({Scope.ADMINS}),
    ),
    Command(
        *("editions", ("版本", "历史"), "最近十版，可以退回", "", "", editions),
        admin=True,
        menus=frozenset({Scope.ADMINS}),
    ),
    Command(
        *("rollback", ("退回", "回退"), "退回某一版", "版本号", "1", reload),
        admin=True,
        menus=frozenset({Scope.ADMINS}),
    ),
    Command(
        *("unanswered", ("未答", "答不上"), "没答上来的提问：设别名、写答复", "", "", asked_elsewhere),
        admin=True,
        menus=frozenset({Scope.ADMINS}),
    ),
    Command(
        *("top", ("热门", "最多"), "问得最多的", "", "", asked_elsewhere), admin=True, menus=frozenset({Scope.ADMINS})
    ),
    Command(
        *("feedback", ("反馈", "差评"), "被评为“不对”的回答", "", "", asked_elsewhere),
        admin=True,
        menus=frozenset({Scope.ADMINS}),
    ),
    Command("status", ("状态",), "运行得怎么样", "", "", status, admin=True, menus=frozenset({Scope.ADMINS})),
)
BY_NAME: Mapping[str, Command] = {name: command for command in COMMANDS for name in command.names}


def menus() -> Mapping[Scope, list[tuple[str, str]]]:
    """Telegram's menu for each scope: (name, description) in the order of the table."""
    return {
        scope: [
            (command.name, command.description)
            for command in COMMANDS
            if scope in command.menus and (not command.admin or scope is Scope.ADMINS)
        ]
        for scope in Scope
    }


def _fillings(desk: Desk) -> Mapping[str, str]:
    """Words of the reports in force for the examples; general ones where there are none."""
    reports = desk.get_library().reports
    newest: Report | None = max(reports, key=lambda report: report.year or 0, default=None)
    question = next(iter(examples(desk)), texts.EXAMPLE_QUESTION)
    return {
        "question": question,
        "word": question.partition("有多少")[0],
        "place": newest.places[0] if newest and newest.places else texts.EXAMPLE_PLACE,
        "year": str(newest.year) if newest and newest.year else texts.EXAMPLE_YEAR,
    }
