"""A new operator's first ten minutes, as a transcript: python -m bench.operator

From `youju init` to going back to an earlier edition, by real programs on a terminal and on a Bot API server of ours
on loopback. What is printed is what they said; the README shows it shortened.
"""

from __future__ import annotations

import asyncio
import io
import os
import pty
import sys
import tempfile
from pathlib import Path

from bench.process import running, surroundings
from tests.botapi import BotApi, Talk
from tests.botapi.people import buttons
from tests.botapi.world import Json

ADMIN, PERSON = 10001, 20002
PATIENCE = 60.0  # seconds for each step
REPORT = """云泽市政府工作报告
——2025年1月10日在云泽市第十届人民代表大会第四次会议上
云泽市市长 林一
一、2024年工作回顾
（一）民生保障持续加强。全市建成养老床位{beds}张，新建社区食堂84处。青石区新建口袋公园12个。
（二）城市更新扎实推进。改造老旧小区138个，新增停车泊位4521个。
二、2025年主要任务
（一）扩大就业。城镇新增就业5万人以上。
"""


def word_file(beds: int) -> bytes:
    import docx

    document = docx.Document()
    for line in REPORT.format(beds=beds).splitlines():
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def typed(command: list[str], answers: list[str], environ: dict[str, str], folder: Path) -> str:
    """What a command shows on a terminal where these answers are typed, one to each question."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-m", "bot", *command], environ)  # noqa: S606 - our own program
    shown, asked = b"", 0
    while True:
        try:
            shown += (read := os.read(terminal, 4096))
        except OSError:  # how Linux tells that the other side has gone
            break
        if not read:
            break
        if shown.endswith(b": ") and asked < len(answers):
            os.write(terminal, f"{answers[asked]}\n".encode())
            asked += 1
    os.waitpid(child, 0)
    os.close(terminal)
    return shown.decode().replace("\r\n", "\n")


class Transcript:
    """Says what people say, waits for what comes of it, and writes down both."""

    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.lines: list[str] = []

    def write(self, text: str) -> None:
        self.lines += text.strip("\n").split("\n")

    async def says(self, talk: Talk, text: str, until: str = "", *, answers: int = 1) -> list[Json]:
        """The next messages, once the last of them says `until`."""
        self.write(f"› {talk.user['first_name']}：{text}")
        before = len(talk.received())
        talk.say(text)
        return await self._comes(talk, before, answers, until)

    async def hears(self, talk: Talk, until: str) -> None:
        """What comes first, and unasked."""
        await self._comes(talk, 0, 1, until)

    async def sends(self, talk: Talk, name: str, data: bytes, until: str) -> Json:
        self.write(f"› {talk.user['first_name']}：〔文件 {name}〕")
        before = len(talk.received())
        talk.send_file(name, data)
        return (await self._comes(talk, before, 1, until))[-1]

    async def presses(self, talk: Talk, message: Json, label: str, until: str, *, new: int = 0) -> list[Json]:
        """Press a button; the message as it is changed, or the `new` ones that come."""
        self.write(f"› {talk.user['first_name']}：〔按“{label}”〕")
        before = len(talk.received())
        data = next(button["callback_data"] for button in buttons(message) if label in button["text"])
        talk.press(message, data)
        if new:
            return await self._comes(talk, before, new, until)
        changed = await self._once(talk, message, until)
        self._show(changed)
        return [changed]

    async def _comes(self, talk: Talk, before: int, count: int, until: str) -> list[Json]:
        await talk.next_answer(before + count - 1, PATIENCE)
        await self._once(talk, talk.received()[before + count - 1], until)
        messages = talk.received()[before : before + count]
        for message in messages:
            self._show(message)
        return messages

    def _show(self, message: Json) -> None:
        self.write(message["text"])
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            self.write(" ".join(f"[{button['text']}]" for button in row))

    async def _once(self, talk: Talk, message: Json, until: str) -> Json:
        key = talk.chat["id"], message["message_id"]
        if not await self.api.world.until(lambda: until in self.api.world.messages[key]["text"], PATIENCE):
            raise AssertionError(f"{until!r} was not said, but {self.api.world.messages[key]['text']!r}")
        return self.api.world.messages[key]


async def path(api: BotApi, folder: Path) -> list[str]:
    """The whole path; its transcript in lines."""
    said = Transcript(api)
    said.write("$ youju init")
    answers = [api.token, str(ADMIN), "", ""]
    shown = await asyncio.to_thread(typed, ["init"], answers, surroundings(api, folder), folder)
    said.write(shown.replace(str(folder), "~/youju"))
    said.write("$ youju run")
    admin, person = api.private(ADMIN, "小管"), api.private(PERSON, "小白")
    async with running(api, folder):
        await said.hears(admin, "什么都答不上")
        preview = await said.sends(admin, "云泽2024.docx", word_file(32000), "试读结果")
        await said.presses(admin, preview, "发布", "已发布")
        await said.says(person, "停车泊位新增多少个")
        await said.says(person, "银龄铺位有多少张")
        listed = (await said.says(admin, "/unanswered"))[0]
        await said.presses(admin, listed, "1 设为别名", "正式说法", new=1)
        await said.says(admin, "养老床位", answers=2)
        await said.says(person, "银龄铺位有多少张")
        await said.says(person, "/subscribe 都要")
        control = (await said.says(admin, "/announce 报告更新了，欢迎来问。", answers=2))[-1]
        await said.presses(admin, control, "发给 1 个聊天", "发送完毕")
        corrected = await said.sends(admin, "云泽2024.docx", word_file(37000), "试读结果")
        await said.presses(admin, corrected, "发布", "已发布")
        editions = (await said.says(admin, "/editions"))[0]
        await said.presses(admin, editions, "退回第 1 版", "已退回")
        await said.says(person, "养老床位有多少张")
    return said.lines


async def carried_out() -> list[str]:
    with tempfile.TemporaryDirectory(prefix="youju-") as folder:
        async with BotApi() as api:
            return await path(api, Path(folder))


if __name__ == "__main__":
    print("\n".join(asyncio.run(carried_out())))
