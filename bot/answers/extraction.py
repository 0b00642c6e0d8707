"""From a passage to the answer itself: the items of an enumeration, the name in 《》, the date, the words left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.matching import Needle
from bot.answers.scope import short
from bot.reports.metrics import parse_numeral

_TITLED = re.compile(r"《[^《》]{2,60}》|“[^“”]{2,40}”|「[^「」]{2,40}」|\"[^\"]{2,40}\"")
_DATED = re.compile(
    r"(?:[12]\d{3}|[１２][０-９]{3})[-/年.](?:[0-9０-９]{1,2}[-/月.](?:[0-9０-９]{1,2}日?)?)?(?:\s*[0-2]?\d:[0-5]\d)?年?"
    r"|[0-9０-９]{1,2}·[0-9０-９]{1,2}|[0-9０-９]{1,2}月(?:[0-9０-９]{1,2}日)?|“?十[一二三四五]五”?(?:时期|期间)?"
)
# Between the items of an enumeration: 、 always; a conjunction only before the last item; quotes that touch.
_COMMA = re.compile(r"、|(?<=[”》])(?=[“《])")
_LAST = re.compile(r"(?:以及|和|与|及|、)")
_JOINT = re.compile(r"以及|及|和|与")
_COUNTED = re.compile(r"(?<![各共])([两三四五六七八九十]|[0-9０-９]{1,2})(?:大|个|处|家|条|项|种|类|名|座|所)")
_END = re.compile(r"等")
_ASIDE = re.compile(r"[（(][^（()）、，；]{1,8}[)）]")  # 有机（富硒）食品 is one item
_CUT = re.compile(r"[，,。；;：:！？!?\n\r（）()]")
# Verbs and prepositions behind which an enumeration begins (origin: frequency in government reports).
_LEADS = re.compile(
    r"提出了?|形成|全年|今年|去年|推动|推进|包括|包含|分别是|分别为|围绕|针对|聚焦|参与|支持|创成|获评|获批|开展|实施|做强|补贴|淘汰|涵盖|覆盖|走访|创建|新增|完成|举办|召开|成立|设立"
    r"|落实|坚持|加强|强化|健全|完善|深化|优化|出台|制定|编制|拓宽|充分发挥|发挥|新开通|以|对|与|向|在|到|从|将|把|为|是|有|由"
)
_VERBS = re.compile(
    r"推动|推进|开展|实施|做强|创建|举办|召开|成立|设立|落实|坚持|加强|强化|健全|完善|深化|优化|出台|制定|编制|拓宽|建设|发挥"
)
_SMALL = re.compile("哪(?:一?[个座]|几个|些)(村|镇|乡|街道|社区)")


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Items of a list as spans of the report."""

    items: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.items[0][0]

    @property
    def end(self) -> int:
        return self.items[-1][1]


def enumerations(text: str, start: int, end: int, *, count: int | None = None) -> Iterator[Enumeration]:
    """Every enumeration of two or more items in a span; the first and the last item may carry words around them.

    Asked for a `count` of two, also two items that only a conjunction joins; a last item with a conjunction of its own
    (新能源、软件和服务外包) is one where the count comes out so.
    """
    for first, last in _by_counts(text, _stretches(text, start, end)):
        cuts = [match.span() for match in _COMMA.finditer(text, first, last)]
        if not cuts:
            joints = [match.span() for match in _JOINT.finditer(text, first + 2, last - 2)]
            if count == 2 and len(joints) == 1:
                yield Enumeration(((first, joints[0][0]), (joints[0][1], last)))
            continue
        tail = cuts[-1][1]
        stop = _END.search(text, tail, last)
        finish = stop.start() if stop else last
        counted = _COUNTED.search(text, tail + 1, finish)
        if counted:
            finish = counted.start()  # 深沪、祥芝、崇武【三大】渔港
        joint = _LAST.search(text, tail + 1, finish) if count != len(cuts) + 1 else None
        if joint and joint.end() < finish:
            cuts.append(joint.span())
        edges = [first, *(edge for cut in cuts for edge in cut), finish]
        items = tuple(zip(edges[::2], edges[1::2], strict=True))
        yield Enumeration(_last_items(text, items, counted[1]) if counted else items)


def _by_counts(text: str, stretches: Iterator[Span]) -> Iterator[Span]:
    """Stretches cut behind items that the text counts: 正新、银鹭2个商标|和厦华、古龙、金龙3个品牌."""
    for start, end in stretches:
        for match in _COUNTED.finditer(text, start, end):
            more = _COMMA.search(text, match.end(), end)
            if more and len(_COMMA.findall(text, start, match.start())) == (parse_numeral(match[1]) or 0) - 1 > 0:
                yield start, match.end()
                joint = _JOINT.search(text, match.end(), more.start())
                start = joint.end() if joint else match.end()
        yield start, end


def _last_items(text: str, items: tuple[Span, ...], count: str) -> tuple[Span, ...]:
    """The last items, as many as the text says; the first of them begins behind a conjunction, if there are more."""
    number = int(parse_numeral(count) or 0)
    if not 1 < number < len(items):
        return items
    (start, end), *others = items[-number:]
    for match in _JOINT.finditer(text, start, end):
        start = match.end() if match.end() < end else start
    return ((start, end), *others)


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces between cuts, never cut inside “” or 《》; brackets are pieces of their own."""
    guarded = [match.span() for match in (*_TITLED.finditer(text, start, end), *_ASIDE.finditer(text, start, end))]
    opened: list[int] = []
    at = start
    for match in _CUT.finditer(text, start, end):
        char = match.group()
        if any(a <= match.start() < b for a, b in guarded):
            continue
        if char in "（(":
            opened.append(match.start())
        if len(opened) > 1 or (char in "）)" and not opened):
            if char in "）)" and opened:
                opened.pop()
            continue
        if char in "）)":
            opened.pop()
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < end:
        yield at, end


def trimmed(needle: Needle, listing: Enumeration) -> Enumeration:
    """Without the words before the first item and behind the last one: those that the question has, and lead verbs.

    Where the other items begin with verbs too (完善体系、优化设施), the verb stays.
    """
    text = needle.index.text
    start, end = listing.items[0]
    others = [text[a:b] for a, b in listing.items[1:]]
    verbal = any(_VERBS.match(item) for item in others)
    for match in _LEADS.finditer(text, start, end):
        joined = match.group() == "与" and start > listing.start  # 实施科教与人才强省: the verb came before
        if match.end() < end - 1 and not joined and not _inside(text, start, end, match.start()):
            start = match.start() if verbal and _VERBS.match(match.group()) else match.end()
    kept = _covered_until(needle, start, end)
    if not any(item.startswith(text[start:kept][:2]) for item in others):
        start = kept
    first = (start, end)
    others = [text[a:b] for a, b in listing.items[:-1]]
    start, end = listing.items[-1]
    kept = end if _END.match(text, end) else _covered_from(needle, start, end)
    shared = [at for at in range(kept, end + 1) if any(item.endswith(text[kept:at]) for item in others)]
    return Enumeration((first, *listing.items[1:-1], (start, max(shared, default=kept))))


def _inside(text: str, start: int, end: int, at: int) -> bool:
    return any(match.start() < at < match.end() for match in _TITLED.finditer(text, start, end))


def _covered_until(needle: Needle, start: int, end: int) -> int:
    """Where the question's own words end, if the item begins with them and something is left."""
    text, asked = needle.index.text, needle.asked
    at = start
    while at < end - 2 and text[at : at + 2] in asked:
        at += 1
    return at + 1 if at > start and end - at > 2 else start


def _covered_from(needle: Needle, start: int, end: int) -> int:
    """Where the question's own words begin, if the item ends with them and something is left."""
    text, asked = needle.index.text, needle.asked
    at = end
    while at - 2 >= start and text[at - 2 : at] in asked:
        at -= 1
    return at - 1 if at < end and at - 1 - start >= 2 else end


def places_in(needle: Needle, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The places that a span names, in order; of the kind asked for where that is below a county (哪个村)."""
    text, kind = needle.index.text, _SMALL.search(needle.text)
    found: list[tuple[int, int]] = []
    for place in sorted(needle.index.report.places, key=len, reverse=True):
        for form in (place, short(place)):
            at = text.find(form, start, end)
            if at >= 0 and not any(a < at + len(form) and at < b for a, b in found):
                found.append((at, at + len(form)))
    return tuple(one for one in sorted(found) if not kind or text[slice(*one)].endswith(kind[1]))


def titles_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in _TITLED.finditer(text, start, end)]


def dates_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in _DATED.finditer(text, start, end)]
