"""The chat in a terminal: the same answers as everywhere, buttons as numbers. Needs no token and no network.

With a person at the keyboard there is a banner, colour and a history; from a pipe every line said is answered in plain
text, each answer closed by a blank line, so that a conversation can be scripted.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cards import CardError
from bot.replies import texts
from bot.replies.conversation import press, respond
from bot.replies.desk import Chat, Desk
from bot.replies.examples import examples
from bot.replies.model import Button, Picture, Reply, Run, Style
from bot.replies.pictures import save
from bot.replies.quotes import report_line
from bot.reports.model import newest_first

if TYPE_CHECKING:
    from rich.console import Console

    from bot.config import Settings
    from bot.library import Library

PROMPT = "问> "
QUOTE_MARK = "│ "
HISTORY = "chat_history"
HISTORY_LINES = 1000
PICTURES = "cards"  # a folder below the data folder
LOOKS = {Style.BOLD: "bold", Style.QUOTE: "green", Style.CODE: "cyan", Style.FAINT: "dim", Style.PLAIN: ""}

# What a terminal would obey instead of showing it.
_CONTROLS = {code: " " for code in (*range(32), *range(127, 160)) if code != ord("\n")}


class Talk:
    """One conversation: what is said or pressed by its number, and the reply."""

    def __init__(self, library: Library, data: Path | None = None) -> None:
        """`data` is the folder that pictures are saved to; without one they are told in text only."""
        self.data = data
        self.desk = Desk(lambda: library)
        self.chat = Chat(id=0, is_admin=True)
        self.buttons: list[Button] = []

    def reply_to(self, said: str) -> Reply | None:
        """A number presses the button of that number below the last reply; all else is said."""
        number = said.strip()
        if number.isascii() and number.isdecimal() and 0 < int(number[:4]) <= len(self.buttons):
            button = self.buttons[int(number[:4]) - 1]
            if button.url:
                return Reply((Run(button.url),))
            reply: Reply | None = press(self.desk, button.action, self.chat)
        elif number.isascii() and number.isdecimal() and len(number) < 3:  # from three digits on it may be a year
            return Reply((Run(texts.CHAT_NO_BUTTON.format(number=number), own=True),))
        else:
            reply = respond(self.desk, said, self.chat)
        if reply is not None:
            self.buttons = [button for row in reply.buttons for button in row]
        return reply if reply is None or reply.picture is None else self._with_picture(reply, reply.picture)

    def _with_picture(self, reply: Reply, picture: Picture) -> Reply:
        """A terminal shows no pictures: it is saved, and below the caption stands where."""
        if self.data is None:
            return reply
        try:
            said = texts.CARD_SAVED.format(path=save(picture, self.desk.get_library().reports, self.data / PICTURES))
        except (CardError, OSError) as error:
            said = texts.CARD_FAILED.format(reason=error)
        return replace(reply, runs=(*reply.runs, Run(f"\n\n{said}", Style.FAINT, own=True)))


def run(library: Library, settings: Settings) -> int:
    """Talk until the input ends; the exit status is 0."""
    talk = Talk(library, settings.data)
    if sys.stdin.isatty():
        _with_a_person(talk, settings.data)
    else:
        _with_a_pipe(talk)
    return 0


def plain(reply: Reply) -> str:
    """A reply as plain text: a bar before each line of a quote, then the numbered buttons."""
    lines = "".join(_shown(run) for run in reply.runs).strip("\n")
    return "\n".join(filter(None, (lines, choices(reply))))


def choices(reply: Reply) -> str:
    """Buttons as numbers, a line for each row: [1] 本节全文  [2] 曹县还有什么."""
    lines = []
    number = 0
    for row in reply.buttons:
        labels = []
        for button in row:
            number += 1
            labels.append(f"[{number}] {_visible(button.label)}")
        lines.append("  ".join(labels))
    return "\n".join(lines)


def _with_a_pipe(talk: Talk) -> None:
    for line in iter(sys.stdin.readline, ""):
        reply = talk.reply_to(line.rstrip("\r\n"))
        print(plain(reply) if reply else "", end="\n\n" if reply else "\n", flush=True)  # noqa: T201


def _with_a_person(talk: Talk, data: Path) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    _greet(console, talk)
    with _history(data):
        for said in _typed():
            reply = talk.reply_to(said)
            if reply is not None:
                _show(console, reply)
    console.print(texts.CHAT_END, style="dim")


def _typed() -> Iterator[str]:
    """What is typed, line by line, until Ctrl-D; Ctrl-C drops the line."""
    while True:
        try:
            said = input(PROMPT)
        except EOFError:
            return
        except KeyboardInterrupt:
            print()  # noqa: T201
            continue
        if said.strip():
            yield said


def _greet(console: Console, talk: Talk) -> None:
    """The banner: what this is, which reports it knows, three questions."""
    reports = newest_first(talk.desk.get_library().reports)
    console.print(texts.CHAT_TITLE, style="bold")
    if not reports:
        console.print(texts.NO_REPORTS)
    for report in reports[:3]:
        console.print(_visible(report_line(report)), style="dim", markup=False)
    if len(reports) > 3:
        console.print(texts.CHAT_MORE.format(count=len(reports)), style="dim")
    questions = examples(talk.desk)
    if questions:
        console.print(texts.TRY)
    for question in questions:
        console.print(f"· {_visible(question)}", markup=False)
    console.print(f"{texts.CHAT_HINT}\n", style="dim")


def _show(console: Console, reply: Reply) -> None:
    from rich.text import Text

    text = Text()
    for piece in reply.runs:
        text.append(_shown(piece), style=LOOKS[piece.style])
    text.rstrip()
    console.print(text, soft_wrap=True)
    if reply.buttons:
        console.print(Text(choices(reply), style="cyan"), soft_wrap=True)
    console.print()


def _shown(run: Run) -> str:
    text = _visible(run.text)
    if run.style is Style.QUOTE:
        return "\n".join(QUOTE_MARK + line for line in text.split("\n") if line.strip())
    return f"{text} {run.url.partition(':~:')[0].rstrip('#')}" if run.url else text  # a terminal jumps to no quote


def _visible(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)


@contextlib.contextmanager
def _history(data: Path) -> Iterator[None]:
    """What was typed before, by arrow keys, in a file that only its owner can read; none where it cannot be kept."""
    try:
        import readline
    except ImportError:  # not on every platform
        yield
        return
    file = data / HISTORY
    with contextlib.suppress(OSError):
        readline.read_history_file(file)
    try:
        yield
    finally:
        readline.set_history_length(HISTORY_LINES)
        with contextlib.suppress(OSError):
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
            file.chmod(0o600)
            readline.write_history_file(file)
            file.chmod(0o600)
