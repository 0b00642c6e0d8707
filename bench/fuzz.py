"""Throw nonsense at everything that takes words from outside: python -m bench.fuzz [--inputs 1000000] [--seed 1]

Texts and buttons' data to the conversation, files to the readers, updates to the library's parser and the inbox's
storage. What must come out: no exception but the readers' own, no answer over 100 ms, no reply that fails the guard.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from telegram import Update

from bot.library import Library
from bot.replies.conversation import press, respond
from bot.replies.desk import Chat, Desk
from bot.replies.guard import check
from bot.replies.model import Reply
from bot.reports.files import decode_source
from bot.reports.model import ReportError
from bot.reports.reader import report_of
from handlers.sending.render import html, plain

HOME = Path(__file__).parent.parent
SLOW = 0.1  # seconds of CPU for an answer
SHARES = {"text": 60, "press": 25, "update": 14, "file": 1}  # of a hundred inputs
COMMANDS = ("/start", "/help", "/county", "/metrics", "/search", "/compare", "/use", "/section", "/sections", "/why")
NOISE = "\x00\x07\x1b\u202e\u2066\u200b\ufeff\ud800😀👨‍👩‍👧é<>&\"'/\\%{}[]"
NOISE += "()（）《》“”、，。；：——…*_`~|#@ \t\n　1２三百万亿年月日张个%‰"
ENDINGS = ("txt", "md", "html", "csv", "docx", "pdf", "exe", "")


@dataclass(slots=True)
class Tally:
    done: Counter[str] = field(default_factory=Counter)
    refused: int = 0  # files that the readers refused with a reason
    silent: int = 0
    faults: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def fault(self, kind: str, given: object, error: str) -> None:
        self.faults.append(f"{kind}: {given!r:.300}: {error}")


class Fuzz:
    """`words` are what reports and questions are made of; inputs are cut, joined, repeated and spoiled from them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.library = Library.load([HOME / "seeds"])
        self.desk = Desk(lambda: self.library)
        self.texts = [report.text for report in self.library.reports]
        questions = HOME / "bench" / "questions"
        self.questions = [
            json.loads(line)["question"]
            for file in sorted(questions.glob("*.jsonl"))
            for line in file.read_text("utf-8").splitlines()
            if line.strip() and "question" in json.loads(line)
        ] or ["养老床位有多少张？"]
        self.actions = ["1|x|"]
        self.tally = Tally()
        self.library.warm()  # as at the start of the bot

    def run(self, inputs: int, shown: Callable[[int], None]) -> Tally:
        kinds = random.Random(0).choices(list(SHARES), list(SHARES.values()), k=1000)
        turns: dict[str, Callable[[], None]] = {
            "text": self.text,
            "press": self.press,
            "update": self.update,
            "file": self.file,
        }
        for number in range(inputs):
            kind = kinds[number % 1000]
            turns[kind]()
            self.tally.done[kind] += 1
            if number % 10_000 == 9_999:
                shown(number + 1)
        return self.tally

    # What is thrown

    def words(self) -> str:
        pick = self.random.random()
        if pick < 0.35:
            said = self.random.choice(self.questions)
        elif pick < 0.55:
            text = self.random.choice(self.texts)
            start = self.random.randrange(len(text))
            said = text[start : start + self.random.randrange(1, 60)]
        elif pick < 0.7:
            said = f"{self.random.choice(COMMANDS)}{self.random.choice(('', ' ', '@bot ', '_'))}{self._noise(20)}"
        elif pick < 0.71:
            said = "".join(self.random.choices(self.random.choice(self.texts), k=self.random.choice((100, 500))))
        elif pick < 0.73:
            said = self.random.choice((*NOISE, *self.questions)) * self.random.choice((2, 50, 1000, 4096))
        else:
            said = self._noise(80)
        return self._spoilt(said)[:4096]

    def _noise(self, longest: int) -> str:
        some = "".join(self.random.choices(NOISE, k=self.random.randrange(longest)))
        return some if self.random.random() < 0.5 else some + chr(self.random.randrange(0x110000))

    def _spoilt(self, said: str) -> str:
        for _ in range(self.random.choice((0, 0, 1, 3))):
            at = self.random.randrange(len(said) + 1)
            said = said[:at] + self._noise(4) + said[at + self.random.randrange(3) :]
        return said

    def text(self) -> None:
        said = self.words()
        self._converse("text", said, lambda chat: respond(self.desk, said, chat))

    def press(self) -> None:
        data = self.random.choice(self.actions)
        if self.random.random() < 0.6:
            data = self._spoilt(data)
        self._converse("press", data, lambda chat: press(self.desk, data, chat))

    def update(self) -> None:
        """Whatever JSON: the library may refuse it; what it takes must survive being stored."""
        given = self._json(0)
        kind = self.random.choice(("message", "edited_message", "callback_query", "inline_query", "my_chat_member"))
        given = {"update_id": self.random.randrange(1 << 31), kind: given} if self.random.random() < 0.8 else given
        try:
            update = Update.de_json(given, None)
        except (TypeError, KeyError, ValueError, AttributeError, OverflowError, OSError):
            return  # refused by the library, as handlers.arriving.webhook does with a line in the log
        try:
            again = Update.de_json(json.loads(update.to_json()), None)
            assert again.update_id == update.update_id
        except Exception:
            self.tally.fault("update", given, traceback.format_exc(limit=-2))

    def _json(self, depth: int) -> Any:
        message = {
            "message_id": 1,
            "date": 1_700_000_000,
            "chat": {"id": 7, "type": self.random.choice(("private", "group", "x"))},
            "from": {"id": 7, "is_bot": False, "first_name": self._noise(5)},
            "text": self._noise(30),
            "data": self._noise(10),
            "query": self._noise(10),
            "offset": "",
            "id": "1",
        }
        for name in list(message):
            if self.random.random() < 0.1:
                values = (None, -1, 1 << 70, 1.5, "", [], {}, [self._noise(3)], self._noise(5), True)
                message[name] = self._json(depth + 1) if depth < 3 else self.random.choice(values)
        return message

    def file(self) -> None:
        text = self.random.choice(self.texts)
        start = self.random.randrange(len(text))
        data = bytearray(text[start : start + self.random.randrange(3000)].encode("utf-8", "ignore"))
        for _ in range(self.random.choice((0, 3, 40))):
            data.insert(self.random.randrange(len(data) + 1), self.random.randrange(256))
        if self.random.random() < 0.2:
            data = bytearray(self.random.randbytes(self.random.randrange(2000)))
        name = f"年报.{self.random.choice(ENDINGS)}"
        try:
            report_of(decode_source(bytes(data), name))
        except ReportError:
            self.tally.refused += 1
        except Exception:
            self.tally.fault(name, bytes(data[:100]), traceback.format_exc(limit=-3))

    # What comes out

    def _converse(self, kind: str, given: str, answer: Callable[[Chat], Reply | None]) -> None:
        chat = Chat(self.random.randrange(1, 50), private=self.random.random() < 0.7, username="bot")
        started = time.process_time()
        try:
            reply = answer(chat)
            spent = time.process_time() - started
            if reply is not None:
                self._look(kind, given, reply)
        except Exception:
            self.tally.fault(kind, given, traceback.format_exc(limit=-3))
            return
        self.tally.silent += reply is None
        self.tally.slowest = max(self.tally.slowest, spent)
        if spent > SLOW:
            self.tally.slow.append(f"{kind}: {spent * 1000:.0f} ms: {given!r:.200}")

    def _look(self, kind: str, given: str, reply: Reply) -> None:
        problems = check(reply)
        if problems:
            self.tally.fault(kind, given, f"the guard: {problems}")
        shown, said = html(reply), plain(reply)
        if len(said.encode("utf-16-le", "surrogatepass")) // 2 > 4096 or "\x00" in shown:
            self.tally.fault(kind, given, f"a message of {len(said)} characters")
        for row in reply.buttons:
            for button in row:
                if len(button.action.encode()) > 64:
                    self.tally.fault(kind, given, f"button {button.action}")
                if button.action and len(self.actions) < 3000 and button.action not in self.actions:
                    self.actions.append(button.action)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    started = time.monotonic()
    fuzz = Fuzz(given.seed)

    def shown(number: int) -> None:
        print(f"{number} inputs, {time.monotonic() - started:.0f} s, {len(fuzz.tally.faults)} faults", flush=True)

    tally = fuzz.run(given.inputs, shown)
    counts = ", ".join(f"{count} {kind}s" for kind, count in sorted(tally.done.items()))
    print(f"{sum(tally.done.values())} inputs ({counts}): {tally.refused} files refused, {tally.silent} times silent")
    slowest = f"over 100 ms: {len(tally.slow)}; slowest {tally.slowest * 1000:.0f} ms"
    print(f"exceptions and guard failures: {len(tally.faults)}; {slowest}")
    for line in [*tally.faults[:10], *tally.slow[:10]]:
        print("  ", line)
    return 1 if tally.faults or tally.slow else 0


if __name__ == "__main__":
    sys.exit(main())
