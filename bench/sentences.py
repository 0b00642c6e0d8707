"""Sentences to be found again, and questions made from them: words dropped, an interrogative added, typos by ear.

The same seed gives the same questions, so that every engine is asked the same. Where no folder of reports is given,
the sentences are made up.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jieba

from bench.cases import QUESTIONS, REPORTS, find_report, load_cases
from bench.judging import plain
from bot.reports.files import SUFFIXES
from bot.reports.model import Part, ReportError
from bot.reports.reader import read_report

SHORTEST, LONGEST = 18, 90  # characters of a sentence that is asked for
LEAST = 8  # characters of a question that say what it is about
DROPPED = 0.3  # share of the words that a person leaves out
TYPOS = 2  # in a noisy question
SWAPPED = 0.2  # share of the questions that begin with their second part

_FIGURE = re.compile(r"\d[\d.,]*\s*(?:万亿|[万亿千百])?(?:%|‰|个百分点|[\u4e00-\u9fff])?")
_WITHIN = r"[^，,：:。！？；;\n]"  # a character within a part of a sentence
_PART = re.compile(rf"{_WITHIN}+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Words that a person drops first (origin: the most frequent function words of the genre).
_SMALL = frozenset(
    re.findall(r"\S+", "的 了 和 在 对 为 与 及 等 将 以 并 就 把 从 向 被 又 更 还 要 我们 以及 进一步")
)
_ASKS = ("是多少", "怎么样", "情况如何", "有哪些", "做了什么", "是什么", "怎么做的", "有什么进展", "")
_FIRST = ("", "", "请问", "想知道", "报告里", "")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A clause of a report, with the headings above it."""

    report: str
    text: str
    path: str = ""
    body: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question and what the sentence that answers it holds (without punctuation)."""

    question: str
    noisy: str  # the same with typos
    answer: str
    report: str = ""  # that it is asked of; "" for a question to all

    def found_in(self, sentence: str) -> bool:
        """Whether a sentence is the right one; one of the two may be the longer."""
        words = plain(sentence)
        return bool(words) and (self.answer in words or (len(words) >= LEAST and words in self.answer))


def sentences_of(paths: Sequence[Path]) -> Iterator[Sentence]:
    """The clauses of report files; a file that makes no report is left out."""
    for path in paths:
        try:
            report = read_report(path)
        except ReportError:
            continue
        for clause in report.clauses:
            text = report.text[clause.start : clause.end]
            yield Sentence(report.id, text, " ".join(clause.path), clause.part is Part.BODY)


def report_files(folder: Path, count: int, seed: int = 7) -> list[Path]:
    """`count` reports of a folder, drawn by the seed."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return random.Random(seed).sample(files, min(count, len(files)))


# What made-up sentences are made of, by what it is in the sentence.
_WORDS = """
places: 青石区 白鹭县 柳河县 松岭县 云东新区 南屏镇 红枫镇 长桥街道 石门乡 东湖街道
doings: 新建 改造 修复 扩建 提升 完成 启动 建成 整治 引进 培育 推广 创建 优化 投用 改扩建
things: 农村公路 养老床位 老旧小区 污水管网 高标准农田 社区食堂 幼儿园 口袋公园 充电桩 停车泊位 卫生院
    图书分馆 公交线路 文化礼堂 冷链仓库 风力发电机组 智能车间 孵化基地 人才公寓 水库大坝 灌溉渠道
    历史街区 非遗工坊 健身步道 数字机房 中药材基地 育苗大棚 物流园 客运站 气象站
means: 通过政企合作 依托东西协作 结合乡村振兴 按照三年计划 发动社会力量 借助专项债券 在省厅支持下
    由国企牵头
effects: 惠及群众 节约用水 带动就业 增加税收 方便出行 改善环境 减少排放 吸引游客 降低成本 保障供应
first: 青 白 柳 松 云 南 红 长 石 东 花 竹 马 金 银 桃 梅 龙 凤 鹤 清 泉 雁 荷
second: 溪 岭 坪 湾 塘 庄 堡 坝 洼 寨 港 井 沟 岗 畈 坡 墩 渡 垭 坞
last: 村 社区 片区 产业园 大道 中学 医院 灌区
units: 公里 张 个 座 处 家 亩 条 台 项 所 间 万户 万人 万元 亿元
"""


@cache
def _words() -> dict[str, tuple[str, ...]]:
    rows = re.split(r"^(\w+):", _WORDS, flags=re.MULTILINE)[1:]
    return {name: tuple(words.split()) for name, words in zip(rows[::2], rows[1::2], strict=True)}


def made_up(count: int, seed: int = 7) -> list[Sentence]:
    """Sentences of official prose about places that do not exist, no two alike."""
    dice = random.Random(seed)
    words = _words()

    def one_of(name: str) -> str:
        return dice.choice(words[name])

    texts: dict[str, None] = {}
    while len(texts) < count:
        name = f"{one_of('first')}{one_of('second')}{one_of('last')}"
        first = f"{one_of('places')}{one_of('means')}，{one_of('doings')}{name}{one_of('things')}"
        second = f"{dice.randint(2, 990)}{one_of('units')}，{one_of('doings')}{one_of('things')}"
        texts[f"{first}{second}，{one_of('effects')}{dice.randint(2, 99)}.{dice.randint(1, 9)}%。"] = None
    return [Sentence(f"云泽{number // 400}", text) for number, text in enumerate(texts)]


def written(folders: Sequence[Path] = REPORTS) -> tuple[list[Sentence], list[Wanted]]:
    """The reports of our own question sets, and the questions of these that have an answer; typos are in some."""
    cases = [case for path in sorted(QUESTIONS.glob("*.jsonl")) for case in load_cases(path)]
    cases = [case for case in cases if case.kind != "none" and case.quote and case.noise in ("none", "typo", "order")]
    paths = [find_report(stem, folders) for stem in sorted({case.report for case in cases})]
    wanted = [Wanted(case.question, case.question, plain(case.quote), case.report) for case in cases]
    return list(sentences_of(paths)), wanted


def asked(sentences: Sequence[Sentence], count: int, seed: int = 7) -> list[Wanted]:
    """Questions made from `count` sentences that stand only once among all, each true of one sentence alone."""
    jieba.setLogLevel("ERROR")
    dice = random.Random(seed)
    times = Counter(sentence.text for sentence in sentences)
    usable = [s.text for s in sentences if s.body and SHORTEST <= len(s.text) <= LONGEST and times[s.text] == 1]
    dice.shuffle(usable)
    homophones = _homophones(dice.choices(usable, k=20_000)) if usable else {}
    found: list[Wanted] = []
    for text in usable:
        if len(found) == count:
            break
        parts = _remembered(text, dice)
        question = _question([_spoken(words) for words in parts], dice)
        if question:
            wanted = Wanted(question, _mistyped(question, homophones, dice), plain(text))
            if not _true_of_another(wanted, parts, times):
                found.append(wanted)
    return found


def _remembered(text: str, dice: random.Random) -> list[list[str]]:
    """What somebody remembers of one or two neighbouring parts of a sentence: words of each, in their order."""
    parts = _PART.findall(text)
    at = dice.randrange(len(parts)) if parts else 0
    remembered = [_kept(part, dice) for part in parts[at : at + 2]]
    return [words for words in remembered if words]


def _kept(part: str, dice: random.Random) -> list[str]:
    """A part of a sentence as somebody remembers it: its figure is asked for, some words are gone."""
    asked_for = _FIGURE.sub("多少", part.strip("—“”《》（）() "), count=1)
    return [
        word
        for word in jieba.lcut(_FIGURE.sub("", asked_for))
        if word == "多少" or (word not in _SMALL and dice.random() > DROPPED)
    ]


def _spoken(words: Sequence[str]) -> str:
    return re.sub(r"[“”《》（）()、\s]+", "", "".join(words))


def _question(chosen: Sequence[str], dice: random.Random) -> str:
    """A question of the parts of a sentence as they are spoken; "" where too little is left of them."""
    chosen = [part for part in chosen if part]
    if len(chosen) > 1 and dice.random() < SWAPPED:
        chosen.reverse()
    words = " ".join(chosen) if dice.random() < 0.5 else "".join(chosen)
    if len(_HAN.findall(words.replace("多少", ""))) < LEAST:
        return ""
    return dice.choice(_FIRST) + words + ("" if "多少" in words else dice.choice(_ASKS)) + dice.choice(("？", "", "?"))


def _true_of_another(wanted: Wanted, parts: Sequence[Sequence[str]], texts: Iterable[str]) -> bool:
    """Whether another sentence says all that is left of the parts, each in one part of its own and in that order.

    Nobody could tell which of the two is meant: 请各位政协委员 … 列席人员 opens every other report.
    """
    said = [[word for word in words if word != "多少" and plain(word)] for words in parts]
    longest = max((word for words in said for word in words), key=len, default="")
    in_order = [re.compile(rf"{_WITHIN}*?".join(map(re.escape, words))) for words in said]
    return any(
        longest in text and all(one.search(text) for one in in_order) and not wanted.found_in(text) for text in texts
    )


def _homophones(texts: Sequence[str]) -> Mapping[str, str]:
    """Character -> other characters of the genre that are read alike, without tone."""
    from pypinyin import Style, lazy_pinyin

    alike: dict[str, list[str]] = defaultdict(list)
    for char, times in Counter("".join(texts)).most_common():
        if _HAN.match(char) and times > 2:
            alike[lazy_pinyin(char, style=Style.NORMAL)[0]].append(char)
    return {char: "".join(c for c in chars if c != char) for chars in alike.values() for char in chars}


def _mistyped(question: str, homophones: Mapping[str, str], dice: random.Random) -> str:
    """With typos: characters behind the interrogative's own that have others read alike."""
    places = [at for at, char in enumerate(question) if homophones.get(char) and char not in "多少怎么样什哪些请问是"]
    chars = list(question)
    for at in dice.sample(places, min(TYPOS, len(places))):
        chars[at] = dice.choice(homophones[chars[at]][:8])
    return "".join(chars)
