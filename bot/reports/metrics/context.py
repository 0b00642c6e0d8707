"""Where, who and when: the place, the actor and the period a figure is told of, and whether it is a goal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.reports.metrics.numerals import half_width
from bot.reports.metrics.patterns import any_of
from bot.reports.metrics.words import COMPARED_WITH, GOAL_WORDS, PLAN_WORDS, PLANS, REVIEW_WORDS

_YEAR = re.compile(r"(?<![0-9０-９])([12１２][0-9０-９]{3})(?:年(?!代|远景)|(?=[—\-－–~至][12][0-9]{3}年))")
_SPELLED_YEAR = re.compile("[一二][〇○零一二三四五六七八九]{3}(?=年)")
_SPELLED_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SPAN = re.compile(r"([12][0-9]{3})年?[—\-－–~至到]{1,2}([12][0-9]{3})年")
_TIMED = re.compile(rf"年|届(?:人民)?政府|{any_of(list(PLANS))}")
_PLAN = re.compile(rf"[“\"]?({any_of(list(PLANS))})[”\"]?(期间|时期|以来|五年|期末|末|收官|五年来|的五年|各项|规划期)")
_QUOTED_PLAN = re.compile(rf"[“\"]({any_of(list(PLANS))})[”\"]")
_FIVE = re.compile(
    r"五年来|过去五年|五年间|这五年|五年共|五年累计|五年的|(?<!今后)(?<!未来)的五年$|[5５]年来|届(?:人民)?政府"
    r"|(?<!今后)(?<!未来)(?<![后来]的)五年(?:政府)?工作"
)
_NEXT_FIVE = re.compile(r"(?:今后|未来)的?五年|“?十[一-五]?五”?(?:时期|期间)?(?:的)?(?:主要|奋斗|发展)?目标")
_LAST = re.compile(r"(?:去年|上年)(?<![比较同与].{2})(?!同期|末|相比|底|增|减|提|下|高|低|同)")
_THIS = re.compile(r"今年(?<![比较同与].{2})")
_YEARLY = re.compile(r"年均[^，。；、0-9]{0,8}$")
# 全市经济社会发展的主要预期目标是：… and not 完成了年初确定的主要目标：….
_SETS_GOALS = re.compile(r"(?:预期|主要|奋斗|调控)目标(?:和任务|建议|安排|初步|确定|定){0,2}\**(?:是|为|：|:)")
_OTHER_GOALS = re.compile(r"去年|上年|年初|完成了|实现了|确定的|五年|时期|年规划|到.{0,4}年")
_GOAL = re.compile(any_of(GOAL_WORDS))
_REPORT = re.compile("报告|公报")
_PLANNING = re.compile(any_of(PLAN_WORDS))
_REVIEWING = re.compile(any_of(REVIEW_WORDS))
# 以优异成绩迎接新世纪 looks ahead, 在扩大内需上取得新突破 may.
_TO_COME = re.compile("(?:优异|更大|新)的?(?:更大)?(?:成绩|成就)|取得新的?(?:突破|进展|成效|提升|跨越)")
_BOTH_WAYS = ("主要工作",)  # told of what was done and of what is planned; the year decides
_GOVERNMENT = re.compile("政府|国务院|人民代表大会|人大")


@dataclass(frozen=True, slots=True)
class Era:
    """What a section title says of time: the period of its figures, and whether they are plans."""

    period: str
    target: bool
    told: bool = True  # a title says so; False: nothing above the figure speaks of time


def era_of(path: Sequence[str], body: str, year: int | None) -> Era:
    """The period of a section from the titles above it; see `reviewed_year`.

    The outermost title that speaks of time decides (2023年工作回顾, 2024年主要任务, 今年目标), not the report's own.
    """
    reviewed = reviewed_year(body, year)
    period, target = str(reviewed or ""), False
    for title in path:
        if _REPORT.search(title) and not _REVIEWING.search(title):
            continue
        title = half_width(title)
        years = [int(each) for each in _YEAR.findall(title)]
        planning, reviewing = _PLANNING.search(title), _REVIEWING.search(_TO_COME.sub("", title))
        if years:
            latest = max(years)
            ahead = reviewed is not None and latest > reviewed
            if ahead and not reviewing and reviewed in years:
                return Era(period, False, told=False)  # 2023年工作和2024年目标: the sentences must say which
            target = (ahead and not reviewing) or bool(planning and not reviewing and reviewed is None)
            if ahead and len(years) == 1 and reviewing and reviewing.group() in _BOTH_WAYS:
                return Era(str(latest), True)
            if ahead and reviewing:
                latest = min(years)
            return Era(str(latest), target)
        if named := _PLAN.search(title):
            first, last = PLANS[named[1]]
            if planning and not reviewing:
                return Era(f"{first}-{last}", True)
            if reviewing or "回顾" in title:
                return Era(f"{first}-{last}", False)
        if _FIVE.search(title) and reviewed is not None:
            return Era(f"{reviewed - 4}-{reviewed}", False)
        if _NEXT_FIVE.search(title) and year is not None:
            return Era(f"{year}-{year + 4}", True)
        if "今年" in title and year is not None:
            return Era(str(year), bool(planning) or not reviewing)
        if (named := _QUOTED_PLAN.search(title)) and year is not None and PLANS[named[1]][0] >= year != reviewed:
            first, last = PLANS[named[1]]  # 开启“十三五”新征程, given in 2016
            return Era(f"{first}-{last}", True)
        if reviewing and not planning:
            return Era(period, False)
        if planning and not reviewing and re.search("目标|安排|任务|部署|打算|展望|思路|今后|下一步", title):
            return Era(str(year or ""), True)
    return Era(period, target, told=False)


class Eras:
    """The eras of a report's sections, asked for in reading order.

    In a government's report the parts behind the one with the goals are plans too, and under a title that says nothing
    of time (乘势而上，迎接新世纪) all that stands behind the sentence with the goals; see `hear`.
    """

    def __init__(self, body: str, year: int | None) -> None:
        self._body, self._year = body, year
        self._looks_back = reviewed_year(body, year) != year
        self._known: dict[tuple[str, ...], Era] = {}
        self._planning = False

    def of(self, path: tuple[str, ...]) -> Era:
        """The era of a section, by the titles above it, the outermost first."""
        if path not in self._known:
            era = self._known[path] = era_of(path, self._body, self._year)
            if era.told:
                self._planning = era.target and self._looks_back
        era = self._known[path]
        return Era(str(self._year), target=True, told=False) if self._planning and not era.told else era

    def hear(self, path: tuple[str, ...], words: str) -> None:
        """A clause, before its era is asked for: it may set out the goals (今年的主要预期目标是：…)."""
        told = self.of(path).told or not self._looks_back
        if not told and "目标" in words and _SETS_GOALS.search(words) and not _OTHER_GOALS.search(words):
            self._planning = True


def reviewed_year(body: str, year: int | None) -> int | None:
    """The year a report looks back on: a government reports at the start of `year` on the year before."""
    return year - 1 if year is not None and _GOVERNMENT.search(body) else year


def period_before(spoken: str, year: int | None, reviewed: int | None) -> str:
    """The year or span named nearest before a figure in the words of its sentence, "" where none is.

    A year compared with (比2013年) or one that belongs to another figure (由2010年的21.6%) does not count.
    """
    if not _TIMED.search(spoken):  # mostly; the rest is slow
        return ""
    words = _SPELLED_YEAR.sub(lambda year: year[0].translate(_SPELLED_DIGITS), half_width(spoken))
    if _YEARLY.search(words):
        years = sorted({int(each) for each in _YEAR.findall(words)})
        if len(years) > 1:
            return f"{years[0] + 1}-{years[-1]}"
    found, at = "", -1
    for match in _YEAR.finditer(words):
        if words[max(0, match.start() - 2) : match.start()].endswith(COMPARED_WITH) or words[
            match.start() - 1 : match.start()
        ] in ("《", "（", "("):
            continue
        if words.startswith("的", match.end()) and match.end() + 1 < len(words.rstrip("近约超逾")):
            continue
        found, at = match[1], match.start()
    for span in _SPAN.finditer(words):
        if span.end() > at:
            found, at = f"{span[1]}-{span[2]}", span.end()
    for plan in _PLAN.finditer(words):
        if plan.start() > at:
            first, last = PLANS[plan[1]]
            found, at = (str(last) if plan[2] in ("末", "期末") else f"{first}-{last}"), plan.start()
    for pattern, meant in (
        (_LAST, year and str(year - 1)),
        (_THIS, year and str(year)),
        (_FIVE, reviewed and f"{reviewed - 4}-{reviewed}"),
    ):
        for match in pattern.finditer(words):
            if match.start() > at and meant:
                found, at = meant, match.start()
    return found


def span_opening(words: str, reviewed: int | None) -> str:
    """The five years that a sentence opens with and its paragraph goes on about: 这五年，民生福祉持续增进。"""
    if reviewed is None or not (found := _FIVE.match(words.lstrip("　 “"))):
        return ""
    return f"{reviewed - 4}-{reviewed}" if found.group() != "五年的" else ""


def is_goal(words: str) -> bool:
    """Whether the words before a figure set a goal: 力争, 预期目标."""
    return bool(_GOAL.search(words))
