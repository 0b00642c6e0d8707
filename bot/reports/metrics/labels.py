"""What a figure counts: its label and its predicate, from the words around it.

The gap is what stands between the last boundary (a comma, a figure) and the figure, the tail what follows it up to the
next boundary. Noun-first clauses name the thing in the gap (停车泊位1.1万个), figure-first clauses in the tail
(13条建议被采纳); a gap that holds nothing but a change (、增长6.5%) names nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.reports.endings import Endings
from bot.reports.metrics.patterns import SPACES, TRIM, any_of
from bot.reports.metrics.tables import BOUNDS_BEFORE
from bot.reports.metrics.trimming import name_in
from bot.reports.metrics.words import (
    ADVERBS,
    BARE_NOUNS,
    CHAINED,
    CHANGES,
    CLOSERS,
    DOINGS,
    DOUBTFUL_ADVERBS,
    DOUBTFUL_TURNS,
    GENERAL,
    GRANTS,
    MARKING_DOINGS,
    NOT_DONE,
    NOUN_ENDS,
    OBJECTLESS,
    OPENERS,
    SURE_DOINGS,
    THINGS,
    TURNS,
)

LONGEST_LABEL = 30
_LONGEST_TAIL = 80

_CHANGES = frozenset(CHANGES)
_DOINGS = frozenset(DOINGS)
_SURE_DOINGS = frozenset(SURE_DOINGS)
_ENDS = Endings([*CHANGES, *ADVERBS, *BOUNDS_BEFORE, "达到", "达到了", "多达", "高达", "最高", "最低"])
_NOUN_ENDS = Endings(NOUN_ENDS)
_PUNCTUATION = re.compile(r"[，,；;。：:！!？?\n\r*#|]")
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
_OPENER = re.compile(rf"^[ 　]*{OPENERS}[，：:、 　]*")
_ADVERBS = (
    (set(ADVERBS) - set(DOUBTFUL_ADVERBS) - {word for word in ADVERBS if len(word) == 1})
    | set("共已将再又还均也但却而")
    | {"但是", "而且", "然而", "不过", "虽然", "尽管"}
)
_LEAD_ADVERB = re.compile(rf"^(?:{any_of(_ADVERBS)})(?!机制|政协|人大|委员)")
_LEAD_DOING = re.compile(
    rf"^(?P<doing>(?:{any_of(SURE_DOINGS)})(?![率量额度房]|区(?!域)|时[限间])|(?:{any_of(DOINGS)})(?!{'|'.join(NOT_DONE)}))(?![和与及或、的])了?(?:各类|各级|各项|各种)?"
)
_SURE_LEAD = re.compile(rf"^(?P<doing>{any_of(SURE_DOINGS)})(?![率量额度房时区])了?(?:各类|各级|各项|各种)?")
_TURNED = re.compile(r"^[一-龥]{1,2}(?:到|至|成)了?$")
_NEW = re.compile(
    r"^(?:全[市县区省州旗]|城区|市区|共|累计|全年|年内|已|我[市县区省]|[一-龥]{1,2}[县区市]){0,4}(?:新增|新建)了?(?=.{2})"
)
_CHAIN = re.compile(rf"^(?:和|、|及)?(?:{any_of(CHAINED)})了?")
_LEAD_PLACE = re.compile(
    r"^(?:全市各级|全市|全县|全区|全省|全国|我市|我县|我区|我省|我国|全旗|全州|全盟|市区|市本级)(?!政协|人大)"
)
_YEAR = (
    r"(?:(?:[0-9０-９]{4}|[一二][〇○零O０一二三四五六七八九]{3})(?:年|[—\-－–~至][0-9０-９]{4}年)(?:[0-9０-９]{1,2}(?:月|[—\-－–~至][0-9０-９]{1,2}月)份?)?(?:底|末|初|以来|全年|来|上半年|前)?"
    r"|[0-9０-９]{1,2}(?:[—\-－–~至][0-9０-９]{1,2})?月份?(?:底|末)?|[“]?十[一二三四五]?五[”]?(?:期间|时期|以来|末|期末)|上年|去年|今年|年初|年末|年底|上届"
    r"|(?:今后|未来|过去|最近|近|前|后|这|头|以后的?)(?:[0-9]{1,2}|[一二两三四五六七八九十几]{1,3})年(?:来|间|内|里|中)?(?![制级期])"
    r"|(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})年(?:来|间|中(?!期|心|学)))"
)
_DATED = "(?:[12１２][0-9０-９]{3}|[一二][〇○零一二三四五六七八九]{3})年"  # 零售额一九八二年|增长: a year is no noun
_LEAD_YEAR = re.compile(rf"^{_YEAR}的?")
_TIME = re.compile("[年月届五]")  # one of these stands in every time
_END_PER = re.compile(r"(?:每[人户亩月年日天吨生床斤班次][次月年日]?(?:均)?)+$")  # 提高到每人每月180元
_LINKS = frozenset("由从到至以即")
_AGAIN = re.compile(r"(?:已)?连续(?:[0-9]+|[一二三四五六七八九十]+)(?:年|个月|个季度)(?:以上)?")
_ONLY_YEAR = re.compile(rf"(?:到|至)?{_YEAR}的?$")
_END_YEAR = re.compile(
    rf"(?:(?:比|较|与|同|是|为|由|从|到|至|在|自|于){_YEAR}(?:同期|相比)?的?|(?<=[由从到至是]){_YEAR}的?|(?<=[一-龥]{{2}})(?:{_DATED}))[{SPACES}]*$"
)
_COMPARED = re.compile(
    r"(?:^|(?<=[一-龥”、]))(?:比(?![率例重值缩扩提由达])|较(?![大强好多])|高于|低于|快于|高出|优于|好于|多于|少于)(?P<other>[^，。；、]{1,14})$"
)
_COMPARING = re.compile("[比较于出]")  # one of these stands in every comparison
_SHARE_OF = re.compile(r"(?<![抢侵霸强多])(?:约|仅|只)?占(?![地用有据比线])(?:到)?(?P<whole>[^，。；、]{1,20})$")
_TIMES_WHAT = re.compile(r"^(?:即|也|大约|约|仅)?(?:相当于|等于|是|为)(?P<other>[^，。；、]{1,24})的$")
_OF_A_PLAN = re.compile(
    r"^(?:为|是|相当于|占|完成)(?:年度|年初|全年|调整)?(?:预算|计划|目标|任务|目标任务|任务目标)的?$"
)
_RANKED = re.compile(
    r"(?:均|稳|位|排)?(?:居|列|排名?|排在|位列|位居|跃居|保持|跻身|进入|夺得|获得|获|荣获|名列)[^，。；、“”]{0,8}$"
)
_SURE = re.compile(rf"(?:{any_of(SURE_DOINGS)})了?(?![”、和与的率量额数度房区时])")
_TURN = re.compile(
    rf"(?:{any_of(TURNS)})|(?<=[一-龥])(?:[通建办修有用设种装]?了|上了|过)(?=[一-龥])|(?:{any_of(THINGS)})(?P<doubtful>(?:{any_of(DOUBTFUL_TURNS)})(?![上下内外校职类率]))"
)
_BOUNDARY = re.compile(r"[，,；;。：:！!？?\n\r（(）)|]")
_FACTORY = re.compile(r"^[^，。；、的占]{1,20}?(?:项目|工程|装置|生产线|基地|电站|产能|机组|技改)")
_GRANT = re.compile(rf"^的?[一-龥]{{0,6}}?(?:{any_of(GRANTS)})(?![一-龥])")
_OBJECTLESS = Endings(OBJECTLESS)
_PLACE_ALONE = re.compile(
    r"^[一-龥]{1,3}(?:县|(?<![小园社片景校城地山灾库牧发范新郊辖老疫街湾矿林农])区|(?<![城超都集门夜])市)$"
)  # 其中曹县120次
_GENERAL = frozenset(GENERAL)
_PER = re.compile(r"^(?P<per>每[^，。；]{1,8}?)(?=拥有|有|达|配备|需|应|每年|提交|完成|$)")
_LINK = re.compile(r"^(?:和|及|以及|并|或|与|、|使|让|有(?![色机线关效限轨氧序]))(?=.{2})")
_CLOSED = re.compile(rf"^.*(?:{any_of(CLOSERS)})、(?=.{{2}})")
_JOINT = re.compile("[、的]")
_LOOSE_END = re.compile(r"(?<=.{2})(?:等|的|和|及|与|(?<=[品业中目])中)$")
_VAGUE = re.compile(r"^(?:其中|的|了|等|各类|各项|各级|各种|一批|方面的|方面)(?=.{2})")


@dataclass(frozen=True, slots=True)
class Gap:
    """What the words before a figure say. `at` is where in the gap the label's words begin; `holder` is the subject
    that stands before the doing (牡丹机场|开通|航线14条)."""

    label: str
    predicate: str
    at: int
    holder: str = ""


@lru_cache(maxsize=16384)
def strip_end(gap: str) -> tuple[str, str]:
    """A gap without changes, adverbs, bounds and base years at its end, and the change: 比重达到 -> 比重, 达到."""
    predicate = ""
    while True:
        gap = gap.rstrip(SPACES + "、，,：:；;")
        match = (_TIME.search(gap) and _END_YEAR.search(gap)) or _END_PER.search(gap)
        if match:
            gap = gap[: match.start()]
            continue
        word = _ENDS.of(gap)
        if not word or len(_NOUN_ENDS.of(gap)) > len(word):
            return gap, predicate
        if word in _CHANGES and word not in _LINKS and len(word) >= len(predicate):
            predicate = word
        gap = gap[: -len(word)]


@lru_cache(maxsize=16384)
def strip_lead(gap: str, *, sure: bool = False) -> tuple[str, str, int]:
    """A gap without marks, dates, adverbs and the doing at its start: 累计召开常委会会议 -> 常委会会议, 召开, 4.

    With `sure` only doings that are never nouns go: where a change follows (绿化覆盖率提高到), the rest is a subject.
    """
    opener = _OPENER.match(gap)
    at, predicate = opener.end() if opener else 0, ""
    while at < len(gap):
        rest = gap[at:]
        if predicate:
            match = _CHAIN.match(rest) if _CHAIN.match(predicate) else None
        else:
            match = (_SURE_LEAD if sure else _LEAD_DOING).match(rest)
            if match is not None and len(rest) - match.end() >= 2:
                predicate = match["doing"]
            else:
                match = (
                    _LEAD_PLACE.match(rest) or _LEAD_YEAR.match(rest) or _LEAD_ADVERB.match(rest) or _LINK.match(rest)
                )
        if match is None or len(rest) - match.end() < (2 if predicate else 1):
            break
        at += match.end()
    while at < len(gap) and gap[at] in " 　的了、，":
        at += 1
    return gap[at:], predicate, at


@lru_cache(maxsize=16384)
def clean(label: str) -> str:
    """A label without brackets and punctuation, at most 30 characters (its end is kept: the head of the noun)."""
    label = _PUNCTUATION.sub("", _BRACKETED.sub("", label)).strip(TRIM)
    while match := _VAGUE.match(label):
        label = label[match.end() :]
    for left, right in ("“”", "《》"):
        if label.count(left) != label.count(right) or (label.startswith(left) and label.endswith(right)):
            label = label.replace(left, "").replace(right, "")
    if len(label) > LONGEST_LABEL:
        label = label[-LONGEST_LABEL:]
        cut = _JOINT.search(label[:-4])
        label = label[cut.end() :] if cut else label
    return _LOOSE_END.sub("", label.strip(TRIM))


@lru_cache(maxsize=16384)
def label_of_gap(gap: str, *, rank: bool = False) -> Gap:
    """What the words before a figure count: 曹县政协推动全县城区新增学位 -> 学位, 新增."""
    if (doing := gap.strip(TRIM)) in _DOINGS or _TURNED.match(doing):
        return Gap("", doing, 0)
    body, change = strip_end(_AGAIN.sub("", gap) if "连续" in gap else gap)
    if rank:
        body = _RANKED.sub("", body)
    compared = _COMPARING.search(body) and _COMPARED.search(body)
    if compared and change + compared["other"]:
        before = strip_end(body[: compared.start()])[0]
        if not before.strip(TRIM):
            return Gap("", change or body.strip(TRIM), 0)
        body = before
    bare = body.strip(TRIM)
    if _OF_A_PLAN.match(bare) or _TIMES_WHAT.match(doing):  # it only measures against another
        return Gap("", bare, 0)
    if "占" in body and (share := _SHARE_OF.search(body)):
        change, body = f"占{share['whole']}", body[: share.start()]
        bare = body.strip(TRIM)
    if not bare or _ONLY_YEAR.match(bare):
        return Gap("", change, 0)
    return _label_of_noun(body, change, sure=bool(change) or gap.rstrip(SPACES).endswith(("由", "从")))


def _label_of_noun(body: str, change: str, *, sure: bool) -> Gap:
    """What a gap names before the change at its end, once it is known to name something."""
    closed = _CLOSED.match(body) if "、" in body else None
    cut = closed.end() if closed else 0
    noun, doing, at = strip_lead(body[cut:], sure=sure)
    holder, done, noun = _parted(noun)
    at, doing = at + cut + len(holder) + len(done), done or doing
    if "新" in noun and (new := _NEW.match(noun)):
        at, noun, doing = at + new.end(), noun[new.end() :], new.group()[-2:]
    label = name_in(clean(noun))
    if not label and noun[-2:] in _SURE_DOINGS:  # 新解决, 谋划实施
        doing = doing or noun[-2:]
    if label in ("人均", "户均", "亩均") and change not in ("增收", "减收", "增支"):  # of what was said before
        return Gap("", change or doing, at)
    if holder and label in _GENERAL and len(holder) + len(label) <= LONGEST_LABEL:
        label, at, holder = clean(strip_end(holder)[0] + label), at - len(holder), ""
    if label in BARE_NOUNS and doing in MARKING_DOINGS:
        label = doing.removeprefix("新") + label
    if "每" in body and (per := _PER.match(body[cut:].strip(TRIM))) and per["per"] not in label:
        label = clean(per["per"] + label)
    return Gap(label, change or doing, at, _holder(holder) if holder else "")


def _parted(noun: str) -> tuple[str, str, str]:
    """A noun parted at its last sure doing, outside of quotes: 牡丹机场|开通|航线."""
    for match in reversed(list(_SURE.finditer(noun))):
        start, end = match.span()
        if start > 0 and len(noun) - end >= 2 and noun.count("“", 0, start) == noun.count("”", 0, start):
            return noun[:start], match.group(), noun[end:]
    return "", "", noun


def _holder(words: str) -> str:
    """The subject before a doing; an organ is the actor and no subject."""
    holder = clean(strip_end(words)[0])
    return (
        ""
        if holder.startswith(("每", "围绕", "关于", "针对", "在", "对", "为"))
        or holder.endswith(("政协", "人大", "政府", "委员会"))
        else holder
    )


@lru_cache(maxsize=16384)
def label_of_tail(tail: str) -> tuple[str, str]:
    """What the words behind a figure say is counted, and what befell it: 建议被采纳 -> 建议, 被采纳.

    The first is "" where the tail begins with what befell it: 获得通报表扬.
    """
    tail = tail.lstrip("的 　\xa0")
    for match in _TURN.finditer(tail):
        at = match.start("doubtful") if match["doubtful"] else match.start()
        if tail.count("“", 0, at) > tail.count("”", 0, at):
            continue
        if at == 0:
            return "", tail.strip(TRIM)[:LONGEST_LABEL]
        if at >= 2 or match.group() in ("被", "已", "均"):
            return name_in(clean(tail[:at])), tail[at:].strip(TRIM)[:LONGEST_LABEL]
    return name_in(clean(tail)), ""


def tail_of(text: str, at: int, end: int, *, last: bool) -> str:
    """The words behind a figure up to the next boundary; `end` is the next figure, or the end of the part if `last`."""
    end = min(end, at + _LONGEST_TAIL)
    match = _BOUNDARY.search(text, at, end)
    stop = match.start() if match else end
    if match is None and not last:
        listed = text.find("、", at, end)
        stop = listed if listed >= 0 else end
    return text[at:stop] if text[at : at + 1] != "、" else ""


def is_general(label: str) -> bool:
    """Whether a label needs its subject named beside it: 总投资, 占比, 省委采用."""
    return label in _GENERAL or bool(_OBJECTLESS.of(label) or _PLACE_ALONE.match(label))


def names_a_work(tail: str) -> bool:
    """Whether an amount stands before what it is of: 30万吨轻烃利用项目, 20万元补助."""
    return bool(_FACTORY.match(tail) or _GRANT.match(tail))
