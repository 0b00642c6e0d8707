"""The one table of commands: it is read to understand what is said, for /help, for Telegram's menus and by a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.replies import texts
from bot.replies.asking import ask, invitation
from bot.replies.desk import Chat, Desk
from bot.replies.examples import examples
from bot.replies.model import Run, Style
from bot.replies.pages import Draft
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
    """What can be asked, then every command that this person may use."""
    runs = [Run(texts.HELP_TOP + "\n")]
    runs += [Run(f"· {question}\n", own=True) for question in examples(call.desk)]
    runs.append(Run(f"\n{texts.HELP_COMMANDS}\n\n"))
    for command in COMMANDS:
        if command.admin and not call.chat.is_admin:
            continue
        runs.append(Run(command.usage_line(), Style.CODE, own=True))
        runs.append(Run(f" {command.description}\n", own=True))
        if command.example:
            runs.append(Run(texts.HELP_EXAMPLE.format(example=command.example_line(call.desk)) + "\n", own=True))
    return Draft(tuple(runs))


def ask_command(call: Call) -> Draft:
    if not call.words:
        return usage(call, "ask")
    return ask(call.desk, call.chat, call.words)


def usage(call: Call, name: str) -> Draft:
    """How a command is used, for one that was said without what it needs."""
    command = BY_NAME[name]
    lines = [
        texts.USAGE.format(usage=command.usage_line()),
        texts.EXAMPLE.format(example=command.example_line(call.desk)),
    ]
    return Draft((Run("\n".join(lines), own=True),))


COMMANDS: tuple[Command, ...] = (
    Command("start", ("开始",), "开始", "", "", start, menus=frozenset()),
    Command("help", ("帮助", "h"), "能问什么、有哪些指令", "", "", help_page),
    Command("ask", ("问", "提问"), "提一个问题（直接打字也行）", "问题", "{question}", ask_command),
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
