"""Giving each quantity of a part its label: alone, by a list (A、B各2个), by 分别, or by what was said before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bot.reports.metrics.bounds import bound_before
from bot.reports.metrics.counted import counted_of, giver_of, is_yield
from bot.reports.metrics.labels import (
    LONGEST_LABEL,
    Gap,
    clean,
    is_general,
    label_of_gap,
    label_of_tail,
    names_a_work,
    strip_end,
    strip_lead,
    tail_of,
)
from bot.reports.metrics.memory import Memory, Named
from bot.reports.metrics.names import is_two_in_one, share_level, share_tail, split_names, two_in_one
from bot.reports.metrics.patterns import TRIM
from bot.reports.metrics.quantity import Quantity
from bot.reports.metrics.tables import COUNTERS, EVENTS
from bot.reports.metrics.words import CHANGES, LEVELS, NAMED_DOINGS, NOT_EACH, OF_INDUSTRY, RATES

_EACH = re.compile(r"各(?:约|近|超|超过|达|达到|有)?$")
_EACH_DOES = re.compile(rf"^(?P<names>[^，]{{1,300}}、[^，]{{0,300}})各(?![{NOT_EACH}])(?P<does>[一-龥]{{2,12}})$")
_BETWEEN = re.compile(r"(?:[、和及与，, ]|以及|增长|下降|增加|提高|减少|达到)*")
_PER_HEAD = re.compile(
    r"[，、；,]?(?:平均)?(?P<per>每[人户亩家名件吨斤头只村镇县]|每平方米|每公顷|[人户亩]均)(?:达到?|为|约|近|超过?|有)?$"
)
_RULED = re.compile("等(?:一系列|系列)?(?P<what>政策|措施|举措|意见|规定|办法|制度|条款)")
_COUNTED = re.compile(r"(?<![0-9０-９.．,])[0-9０-９.．,]+[余多]?[万亿]*(?:余)?[个项家名件座条所处户]")
_QUOTED = re.compile(r"“[^”、]*”$")
LONGEST_GAP = 160  # characters before a figure that can name it
_MOST_NAMES = 40
_LONGEST_OPENING = 16
_RATES = frozenset(RATES)
_NAMED_DOINGS = frozenset(NAMED_DOINGS)
_CHANGES = frozenset(CHANGES)
_OF_INDUSTRY = frozenset(OF_INDUSTRY)


class Namer:
    """Names the quantities of one sentence, part by part."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.memory = Memory()

    def name(self, quantities: list[Quantity], part: tuple[int, int], before: list[tuple[int, int]]) -> Iterator[Named]:
        """The quantities of a comma-separated part, in order; `before` are the parts of the clause ahead of it."""
        at, i = part[0], 0
        while i < len(quantities):
            at = max(at, quantities[i].start - LONGEST_GAP)
            gap = self.text[at : quantities[i].start]
            shared = self._shared(quantities, i, gap, before)
            if shared:
                yield from self._listed(quantities[i : i + shared], gap, at, before)
                i += shared
                at = self.memory.end = quantities[i - 1].end
                continue
            self.memory.names = []
            told = i if label_of_gap(gap).label else _last_of_run(quantities, i)
            following = quantities[told + 1].start if told + 1 < len(quantities) else part[1]
            named, at = self._one(quantities[told], gap, at, following, last=told + 1 == len(quantities), before=before)
            yield from (replace(named, quantity=quantities[one]) for one in range(i, told))
            yield named
            self.memory.end = quantities[told].end
            i = told + 1

    # lists

    def _shared(self, quantities: list[Quantity], i: int, gap: str, before: list[tuple[int, int]]) -> int:
        """How many figures a list of names shares out: all that 分别 hands out, one after 各, else none."""
        if "分别" not in gap and is_two_in_one(gap) and self._pair(quantities, i):
            return 2
        if "分别" not in gap and _is_each(gap):
            return 1
        count = 1
        while i + count < len(quantities):
            if not _BETWEEN.fullmatch(self.text, quantities[i + count - 1].end, quantities[i + count].start):
                break
            count += 1
        if "分别" in gap:
            return count
        return count if count > 1 and self._matched(quantities[i : i + count], gap, before) else 0

    def _matched(self, quantities: list[Quantity], gap: str, before: list[tuple[int, int]]) -> bool:
        """Whether figures side by side are one each of the names before them, though no 分别 says so.

        营业收入、利润总额达到120亿元和15亿元; what follows without a name (、增长8%和5%) goes to them too.
        """
        if any(self.text[one.end : other.start] not in ("、", "和", "与", "及") for one, other in pairwise(quantities)):
            return False
        if len({quantity.unit for quantity in quantities}) > 1:
            return False
        if not label_of_gap(gap).label:
            names = split_names(self.text[slice(*before[-1])]) if self._silent(before) else self.memory.names
            return len(names) == len(quantities)
        noun = strip_end(gap)[0].rpartition("，")[2]
        return "、" in noun and len(split_names(noun)) == len(quantities)

    def _silent(self, before: list[tuple[int, int]]) -> bool:
        """Whether the part ahead holds no figure."""
        return bool(before) and self.memory.end <= before[-1][0]

    def _pair(self, quantities: list[Quantity], i: int) -> bool:
        """Whether just two figures of one unit stand together: 城乡居民收入突破5万元和2万元."""
        joined = [
            bool(_BETWEEN.fullmatch(self.text, one.end, other.start)) and one.unit == other.unit
            for one, other in zip(quantities[i : i + 2], quantities[i + 1 : i + 3], strict=False)
        ]
        return joined[:1] == [True] and joined[1:] != [True]

    def _listed(self, quantities: list[Quantity], gap: str, at: int, before: list[tuple[int, int]]) -> Iterator[Named]:
        each = "分别" not in gap
        pair = each and not _is_each(gap)  # 城乡居民收入突破…和…, A、B达到…和…
        each = each and not pair
        head, _, rest = (gap, "", "") if pair else gap.rpartition("各" if each else "分别")
        noun, doing, lead = strip_lead(strip_end(head)[0])
        anchor = at + lead
        handed = label_of_gap(rest)  # 分别完成投资: what each name has so much of
        if not noun.strip(TRIM) and self._silent(before):
            start, end = before[-1]
            noun, doing, lead = strip_lead(strip_end(self.text[start:end])[0])
            anchor = start + lead
        names = split_names(_COUNTED.sub("", noun))[-_MOST_NAMES:]
        if len(quantities) == 2 and "存、贷款" in noun:  # the comma of a word for two things parts no names
            names = two_in_one(noun, 2)
        predicate = handed.predicate or (strip_end(gap)[1] if pair else "") or doing
        if each:
            names = share_level(names)
            for name in names or [self.memory.label]:
                yield self._own(quantities[0], clean(name + handed.label), doing or predicate, anchor)
            return
        if len(names) == 1:
            names = two_in_one(names[0], len(quantities))
        names, anchor = self._fit(share_tail(names), len(quantities), anchor)
        self.memory.names = names
        bound = bound_before(self.text, quantities[0].start)  # 分别突破5亿元、8亿元: of all of them
        for quantity, name in zip(quantities, names, strict=True):
            quantity = quantity._replace(bound=quantity.bound or bound)
            label = name if not handed.label or name.endswith(handed.label) else name + handed.label
            yield self._own(quantity, clean(label), predicate, anchor)

    def _fit(self, names: list[str], count: int, anchor: int) -> tuple[list[str], int]:
        """As many names as figures: those of the list, of the last 分别, or of the last figures."""
        if len(names) == count:
            return [label_of_gap(name).label or name for name in names], anchor
        memory = self.memory
        earlier = memory.names if len(memory.names) == count else memory.recent[-count:]
        tail = "、".join(names)
        if len(names) <= 1 and len(earlier) == count and (not tail or is_general(tail)):
            return [name if name.endswith(tail) else name + tail for name in earlier], memory.topic_anchor or anchor
        return [label_of_gap(tail).label or memory.label] * count, anchor

    # single figures

    def _one(
        self, quantity: Quantity, gap: str, at: int, following: int, *, last: bool, before: list[tuple[int, int]]
    ) -> tuple[Named, int]:
        """One figure's label, and where the next gap begins (behind the words that this label used)."""
        words = label_of_gap(gap, rank=quantity.rank and quantity.unit in "位名")
        tail = tail_of(self.text, quantity.end, following, last=last)
        label, turned = label_of_tail(tail) if tail.strip(TRIM) else ("", "")
        if label and not last:
            label = counted_of(label)
        if (
            quantity.rank
            or (not last and tail.endswith(("到", "至", "成")))
            or tail.startswith(LEVELS)
            or strip_end(tail)[0] == ""
            or (words.label and tail.startswith("等"))
        ):
            label = turned = ""
        if words.label and (ruled := _RULED.match(tail)):  # 助企纾困30条等政策
            words = replace(words, label=clean(words.label + ruled["what"]))
        thing, event = quantity.unit in COUNTERS, quantity.unit in EVENTS
        if event and (label or turned) and (words.label or turned):
            return self._event(quantity, words, at, label or turned, turned), quantity.end
        first = thing or event or not words.label or names_a_work(tail) or is_yield(quantity.unit, words.label, tail)
        if label and first and not quantity.rank:
            return self._figure_first(quantity, words, label, turned, at, tail, following, last=last)
        if words.label:
            return self._own(
                quantity, words.label, words.predicate or turned, at + words.at, words.holder
            ), quantity.end
        if turned and not words.predicate and (thing or event):
            return self._own(quantity, clean(turned), turned, quantity.start, self.memory.topic), quantity.end
        if words.predicate in _NAMED_DOINGS and (words.predicate not in _CHANGES or not self.memory.label):
            return self._own(quantity, words.predicate, words.predicate, at, self.memory.topic), quantity.end
        return self._inherit(quantity, words, before, clean(turned)), quantity.end

    def _figure_first(
        self, quantity: Quantity, words: Gap, label: str, turned: str, at: int, tail: str, following: int, *, last: bool
    ) -> tuple[Named, int]:
        named_before = ""  # 云岭化工|20万吨新型材料项目, “非遗+”|15条举措
        if "、" not in words.label and (quantity.unit not in COUNTERS or _QUOTED.search(self.text, at, quantity.start)):
            named_before = giver_of(quantity.unit, words.label)
        full = clean(named_before + label) if len(named_before + label) <= LONGEST_LABEL else label
        predicate = turned or words.predicate or (words.label if len(words.label) <= 4 else "")
        used = quantity.end
        if not last:
            found = self.text.find(label, quantity.end, following)
            used = found + len(label) if found >= 0 else quantity.end
            listed = self.text.find("、", used, following)
            used = listed + 1 if listed >= 0 else used
        holder = words.label if words.predicate in _CHANGES and not named_before else ""
        named = self._own(quantity, full, predicate, quantity.start, holder)
        if holder:  # 绿电外送拓展至22个省区市，输出345亿度
            self.memory.topic = holder
        return named, used

    def _event(self, quantity: Quantity, words: Gap, at: int, doing: str, turned: str) -> Named:
        """稿件16次登上…: whose doing is counted, and the doing."""
        holder = words.label.rpartition("的")[2] if len(words.label) > LONGEST_LABEL // 3 else words.label
        subject = holder or self.memory.topic
        label = clean(holder + doing) if len(holder + doing) <= LONGEST_LABEL else clean(doing[:LONGEST_LABEL])
        named = self._own(
            quantity, label, turned or words.predicate, at + words.at if words.label else quantity.start, subject
        )
        self.memory.topic = subject or label
        return named

    def _own(self, quantity: Quantity, label: str, predicate: str, anchor: int, subject: str = "") -> Named:
        memory = self.memory
        if not subject and is_general(label):
            topic = memory.topic if memory.topic != label else ""
            subject = (self._opening() if label in _OF_INDUSTRY else "") or topic
            if label in _RATES and memory.topic and memory.topic != label:
                label, anchor = clean(memory.topic + label), memory.topic_anchor
            elif subject == memory.topic and memory.topic:
                anchor = min(anchor, memory.topic_anchor)
        memory.label, memory.anchor = label, anchor
        memory.subject = subject if subject != label else ""
        memory.recent.append(label)
        if not memory.topic or not is_general(label):
            memory.topic, memory.topic_anchor = label, anchor
        return Named(quantity, label, predicate, anchor, memory.subject)

    def _opening(self) -> str:
        """A sentence's first words, where they say what it is about: 化工产业扩能提质，营业收入突破…"""
        words, doing, _ = strip_lead(self.text[slice(*self.memory.opening)])
        topic = label_of_tail(words)[0]
        return topic if not doing and not topic[:1].isdigit() and 2 <= len(topic) <= _LONGEST_OPENING else ""

    def _inherit(self, quantity: Quantity, words: Gap, before: list[tuple[int, int]], told: str) -> Named:
        """、增长6.5%: the label of the figure before, or of the words before where they hold no figure."""
        memory = self.memory
        if memory.label:
            label = memory.label
            if (
                (per := _PER_HEAD.search(self.text, memory.end, quantity.start))
                and "均" not in label
                and "每" not in label
            ):
                label = clean(per["per"] + label)
                memory.recent.append(label)
            if told and not words.predicate and quantity.unit in ("%", "倍"):
                label = clean(label + told) if len(label + told) <= LONGEST_LABEL else label
            return Named(quantity, label, words.predicate, memory.anchor, memory.subject)
        for start, end in reversed(before):
            gap = label_of_gap(self.text[start:end])
            label = label_of_tail(gap.label)[0] or gap.label
            if label:
                memory.label = memory.topic = label
                memory.anchor = memory.topic_anchor = start + gap.at
                return Named(quantity, label, words.predicate, memory.anchor)
        return Named(quantity, told or words.predicate, words.predicate, quantity.start)


def _is_each(gap: str) -> bool:
    """Whether every name of a list has the figure: A、B各|2个, A、B各新建|2个."""
    return "各" in gap and bool(_EACH.search(gap) or _EACH_DOES.match(gap))


def _last_of_run(quantities: list[Quantity], i: int) -> int:
    """The last of the figures that follow one another at once, and so share the name behind it: 36户82名贫困人口."""
    while i + 1 < len(quantities) and quantities[i].end == quantities[i + 1].start:
        i += 1
    return i
