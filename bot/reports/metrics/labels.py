"""What a figure counts: its label, its predicate, and where both stand.

A clause is read from left to right. The gap is what stands between the last boundary (a comma, a figure) and the figure;
the tail is what follows the figure up to the next boundary. Noun-first clauses name the thing in the gap (停车泊位1.1万个),
figure-first clauses in the tail (13条建议被采纳); a gap that holds nothing but a change (、增长6.5%) inherits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.reports.metrics.quantities import Quantity
from bot.reports.metrics.tables import COUNTERS, EVENTS
from bot.reports.metrics.words import (
    ADVERBS,
    CHANGES,
    DOINGS,
    GENERAL,
    OBJECTLESS,
    SHARED_HEADS,
    SHARED_TAILS,
    TURNS,
)

LONGEST_LABEL = 30


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


_BEFORE_WORDS = "不少于 不低于 至少 不足 不到 不超过 不高于 超过 超 逾 突破 突破了 近 约 达 多达 高达 最高 最低 大约 大概 接近 将近 低于 高于 多于 少于 不下 上 过 达到 达到了".split()
_END_WORDS = re.compile(rf"(?:{_any(CHANGES + ADVERBS + _BEFORE_WORDS)})[ 　]*$")
_LEAD_ADVERBS = re.compile(
    rf"^(?:{_any([word for word in ADVERBS if len(word) > 1] + ['共', '已', '将', '再', '又', '还', '均', '也', '和', '及', '并', '或'])})"
)
_LEAD_DOING = re.compile(rf"^(?:{_any(DOINGS)})了?(?:各类|各级|各项|各种|一批)?")
_LEAD_PLACE = re.compile(
    r"^(?:全市各级|全市|全县|全区|全省|全国|我市|我县|我区|我省|我国|全旗|全州|全盟|市区|市本级)(?!政协|人大)"
)
# Doings that are never nouns: also in the middle of a gap they turn to the object (围绕…开展界别协商).
_SURE_DOINGS = re.compile(
    "开展|召开|举办|主办|承办|完成|实现|新增|新建|建成|建立|收集|征集|发放|形成|提出|解决|争取|编发|报送|提交|收到|受理|化解|惠及|"
    "拥有|引进|签约|实施|制定|培育|打造|创建|设立|成立|接待|采访报道|获批|获得|荣获|办理|审议通过|审议|印发|推动|带动|拉动|撬动|促进|改造|购置|铺设|查处|整改|开通|投放|吸纳|安置|帮扶|救助|资助|参与|参加|"
    "吸引|筹集|拨付|兑现|减免|出台|启动"
)
_YEAR_LEAD = re.compile(
    r"(?:[0-9０-９]{2,4}(?:年|[—\-－–~至][0-9０-９]{2,4}年)(?:[0-9０-９]{1,2}(?:月|[—\-－–~至][0-9０-９]{1,2}月)(?:份|底|末)?)?(?:底|末|初|以来|全年|来|上半年)?|[0-9０-９]{1,2}(?:[—\-－–~至][0-9０-９]{1,2})?月(?:份|底|末)?)的?"
)
_TURN = re.compile(rf"(?:{_any(TURNS)})|(?<=[一-龥])(?:了|上了|过)(?=[一-龥])")
_TAIL_END = re.compile(r"[，,；;。：:、！!？?\n（(）)]")
_LIST_CUT = re.compile(r"、|和|与|及|以及")
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
_TRIM = " 　、，,：:；;。.*#\t\n\r|-—－–~“”\"'（）()"
_FIGURES = re.compile(r"[0-9０-９][0-9０-９.．,，]*")
_OBJECTLESS = re.compile(rf"(?:{_any(OBJECTLESS)})$")
_GENERAL = frozenset(GENERAL)
_EACH_PER = re.compile(r"^(每[^，。；]{1,10}?)(?=拥有|有|达|配备|需|应|每年|提交|完成|$)")


@dataclass(frozen=True, slots=True)
class Naming:
    """A label with where its words begin, its predicate, and whether it stands by itself."""

    label: str
    predicate: str
    start: int  # of the words that gave the label
    own: bool  # False where the label was inherited


@lru_cache(maxsize=16384)
def strip_end(gap: str) -> tuple[str, str]:
    """A gap without the changes, adverbs and bounds at its end, and the first of the changes: 比重达到 -> 比重, 达到."""
    predicate = ""
    while True:
        gap = gap.rstrip(" 　、，,：:；;")
        match = _END_WORDS.search(gap)
        if match is None:
            return gap, predicate
        word = match.group().strip()
        if gap[: match.start()] and _protected(gap, match.start(), word):
            return gap, predicate
        if word in _CHANGE_SET and len(word) >= len(predicate):
            predicate = word
        gap = gap[: match.start()]


_CHANGE_SET = frozenset(CHANGES)
# A single character at the end that belongs to the noun before it: 下降, 程度, 人均, 国有 ...
_NOUN_ENDS = re.compile(
    r"(?:事实上|网上|线上|路上|不为|行为|作为|成为|认为|人为|国有|所有|私有|公有|特有|集约|节约|公约|条约|合约|预约|制约|解约|违约|签约|减少|多少|稀少|提高|最高|增多|"
    r"创新|更新|翻新|以及|普及|涉及|惠及|目的|标的|温和|总和|参与|给予|授予|关于|对于|由于|属于|至于|乃至|甚至|自由|理由|统计|审计|设计|会计|合计|累计|估计|共同|公共|党的|低保|工期|周期|分期|学期|定期|长期|到期|"
    r"动能|职能|功能|智能|性能|产能|节能|储能|新能|万年|青少年|青年|少年|老年|学年|财年|社会|生日|节日|工作日|假日|日均|人均|户均|平均|亩均|存在|现在|所在|外在|内在|大家|国家|专家|建设者|不动产|处于|位于|高于|低于|"
    r"地区|社区|园区|景区|山区|牧区|灾区|库区|校区|片区|街区|城区|市区|辖区|专区|特区|新区|自由|事由|缘由|经由|免于|用于|快于|可以|予以|得以|加以|所以|合作社|要求|直至|各个|整个|多个|单个|今年|去年|新能源汽车下乡|低碳|高新|最低|最少|不再|"
    r"原有|现有|共有|持有|占有|保有|享有|拥有|没有|富有|具有|含有|小微|安全|健全|完全|保全|水土保持|主动|活动|运动|流动|劳动|变动|推动|联动|互动|行动)$"
)


def _protected(gap: str, at: int, word: str) -> bool:
    """Whether the word at the end is only the tail of a noun: 国有|, 产能|, 安全|."""
    return len(word) == 1 and bool(_NOUN_ENDS.search(gap[max(0, at - 4) :]))


def _clean(label: str) -> str:
    """A label without brackets, figures and punctuation, at most 30 characters (its end is kept, the head of the noun)."""
    label = _BRACKETED.sub("", label).strip(_TRIM)
    label = re.sub(r"[，,；;。：:！!？?\n\r*#|]", "", label)
    for lead in ("其中", "的", "了", "以", "将", "把", "对", "在", "为", "等"):
        if label.startswith(lead) and len(label) > len(lead) + 1 and lead in ("其中", "的", "了", "等"):
            label = label[len(lead) :]
    if label.count("“") != label.count("”"):
        label = label.replace("“", "").replace("”", "")
    if label.count("《") != label.count("》"):
        label = label.replace("《", "").replace("》", "")
    if len(label) > LONGEST_LABEL:
        cut = label[-LONGEST_LABEL:]
        for mark in ("、", "的"):
            if mark in cut[: LONGEST_LABEL // 2]:
                cut = cut[cut.index(mark) + 1 :]
                break
        label = cut
    return label.strip(_TRIM)


@lru_cache(maxsize=16384)
def strip_lead(gap: str) -> tuple[str, str, int]:
    """A gap without dates, places, adverbs and the doing at its start: (累计|召开)常委会会议 -> 常委会会议, 召开, 4."""
    at, predicate = 0, ""
    while True:
        rest = gap[at:]
        match = _LEAD_PLACE.match(rest) or _YEAR_LEAD.match(rest) or _LEAD_ADVERBS.match(rest)
        if match is None and not predicate:
            match = _LEAD_DOING.match(rest)
            if match is not None:
                if len(rest) - match.end() < 2:
                    break
                predicate = match.group()
        if match is None or match.end() == len(rest):
            break
        at += match.end()
    while gap[at : at + 1] and gap[at] in " 　的了、，":
        at += 1
    return gap[at:], predicate, at


def label_of_gap(gap: str) -> tuple[str, str, int]:
    """What the words before a figure count, the predicate, and where in the gap the label's words begin."""
    body, change = strip_end(gap)
    if not body.strip(_TRIM):
        return "", change, 0
    per = _EACH_PER.match(body.strip(_TRIM))
    noun, doing, at = strip_lead(body)
    match = None
    for match in _SURE_DOINGS.finditer(noun):
        pass
    if (
        match is not None
        and 0 < match.start()
        and len(noun) - match.end() >= 2
        and noun[match.end()] not in "、和与的率量额数度"
    ):
        doing, at, noun = match.group(), at + match.end(), noun[match.end() :]
    label = _clean(noun)
    if per and per[1] not in label:
        label = _clean(per[1] + label)
    return label, change or doing, at


def label_of_tail(tail: str) -> tuple[str, str]:
    """What the words behind a figure say is counted, and what befell it: 建议被采纳 -> 建议, 被采纳."""
    tail = tail.lstrip("的 　")
    for match in _TURN.finditer(tail):
        if match.start() >= 2 or (match.start() == 1 and match.group()[0] in "被已均获"):
            return _clean(tail[: match.start()]), tail[match.start() :].strip(_TRIM)[:LONGEST_LABEL]
        if match.start() == 0:
            return _clean(tail), match.group()
    return _clean(tail), ""


def is_general(label: str) -> bool:
    """Whether a label needs its subject named beside it: 总投资, 占比, 省委采用."""
    return label in _GENERAL or bool(_OBJECTLESS.search(label))


def counts_things(quantity: Quantity) -> bool:
    return quantity.unit in COUNTERS


def counts_doings(quantity: Quantity) -> bool:
    return quantity.unit in EVENTS


def tail_of(text: str, at: int, end: int) -> str:
    """The words behind a figure up to the next boundary or `end` (the next figure or the end of the clause)."""
    match = _TAIL_END.search(text, at, end)
    stop = match.start() if match else end
    if match and match.group() == "、" and _lists_on(text, match.end(), end):
        other = re.compile(r"[，,；;。：:！!？?\n（(）)]").search(text, match.end(), end)
        stop = other.start() if other else end
    return text[at:stop]


def _lists_on(text: str, at: int, end: int) -> bool:
    """Whether the list behind a figure goes on without another figure: 18名全国、省人大代表."""
    return at - 1 < end and end - at > 2 and not re.search(r"[，,；;。：:！!？?\n]", text[at:end][-1:]) is None


def split_names(names: str) -> list[str]:
    """The names of a list, quotes and brackets kept whole: A、“B和C”和D -> A, “B和C”, D."""
    found, depth, at = [], 0, 0
    i = 0
    while i < len(names):
        char = names[i]
        if char in "“《（(":
            depth += 1
        elif char in "”》）)":
            depth -= 1
        elif depth == 0:
            match = re.compile(r"、|以及|和(?!谐|平|睦|美|田|政|县|顺|静|布)|与(?!会)|及(?!时|其)").match(names, i)
            if match is not None and i > at:
                found.append(names[at:i])
                at = i = match.end()
                continue
        i += 1
    found.append(names[at:])
    return [name for name in (name.strip(_TRIM.replace("“", "").replace("”", "")) for name in found) if name]


_SHARED = re.compile(rf"(?:{_any(SHARED_HEADS)})*(?:{_any(SHARED_TAILS)})$")
_TAILS = re.compile(rf"(?:{_any(SHARED_TAILS)})$")


def share_tail(names: list[str]) -> list[str]:
    """Names with the noun that only the last one says: 第一, 第二, 第三产业增加值 -> 第一产业增加值 …"""
    if len(names) < 2:
        return names
    last, others = names[-1], names[:-1]
    if all(_TAILS.search(name) for name in others):
        return names
    lengths = {len(name) for name in others}
    match = _SHARED.search(last)
    size = len(last) - match.start() if match and match.start() >= 1 else 0
    if not size and len(lengths) == 1 and len(last) > min(lengths) + 1:
        size = len(last) - min(lengths)
    if not size:
        return names
    if len(lengths) == 1 and len(last) - size < min(lengths) <= 4 and len(last) > min(lengths):
        size = len(last) - min(lengths)
    tail = last[-size:]
    return [name if _TAILS.search(name) else name + tail for name in others] + [last]
