"""Where, who and when: the place, the actor and the period a figure is told of, and whether it is a goal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.reports.metrics.numerals import half_width
from bot.reports.metrics.tables import COMPARED_WITH, PLANS
from bot.reports.metrics.words import GOAL_WORDS, ORGANS, PLAN_WORDS, REVIEW_WORDS


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


_YEAR = re.compile(r"(?<![0-9０-９])([12１２][0-9０-９]{3})(?:年(?!代)|(?=[—\-－–~至][12][0-9]{3}年))")
_SPAN = re.compile(r"([12][0-9]{3})年?[—\-－–~至到]{1,2}([12][0-9]{3})年")
_PLAN = re.compile(rf"[“\"]?({_any(list(PLANS))})[”\"]?(期间|时期|以来|五年|期末|末|收官|五年来|的五年|各项|规划期)")
_FIVE = re.compile(r"五年来|过去五年|五年间|这五年|五年共|五年累计|五年的|[5５]年来|届政府")
_NEXT_FIVE = re.compile(r"今后五年|未来五年|“?十[一-五]?五”?(?:时期|期间)?(?:的)?(?:主要|奋斗|发展)?目标")
_LAST = re.compile(r"(?<![比较同与])(?:去年|上年)(?!同期|末|相比|底|增|减|提|下|高|低|同)")
_THIS = re.compile(r"(?<![比较同与])今年")
_GOAL = re.compile(_any(GOAL_WORDS))
_REPORT = re.compile("报告|公报")
_PLANNING = re.compile(_any(PLAN_WORDS))
_REVIEWING = re.compile(_any(REVIEW_WORDS))
_LEVEL = re.compile("全市|我市|全省|我省|全国|我国|全县|我县|全区|我区|全旗|全州|全盟|全镇|市区")
_GOVERNMENT = re.compile("政府|国务院|人民代表大会|人大")


@dataclass(frozen=True, slots=True)
class Era:
    """What a section title says of time: the period of its figures, and whether they are plans."""

    period: str
    target: bool


def era_of(path: Sequence[str], body: str, year: int | None) -> Era:
    """The period of a section from the titles above it; a government reports at the start of `year` on the year before.

    The outermost title that speaks of time decides (2023年工作回顾, 2024年主要任务, 今年目标); the report's own title does not.
    """
    government = bool(_GOVERNMENT.search(body))
    reviewed = year - 1 if year is not None and government else year
    period, target = str(reviewed or ""), False
    for title in path:
        if _REPORT.search(title) and not _REVIEWING.search(title):
            continue
        title = half_width(title)
        years = [int(each) for each in _YEAR.findall(title)]
        planning, reviewing = _PLANNING.search(title), _REVIEWING.search(title)
        if years:
            latest = max(years)
            ahead = reviewed is not None and latest > reviewed
            target = (ahead and not reviewing) or bool(planning and not reviewing and reviewed is None)
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
            return Era(str(year), not reviewing)
        if reviewing and not planning:
            return Era(period, False)
        if planning and not reviewing and re.search("目标|安排|任务|部署|打算|展望|思路|今后|下一步", title):
            return Era(str(year or ""), True)
    return Era(period, target)


def period_before(text: str, start: int, end: int, year: int | None, *, reviewed: int | None) -> str:
    """The year or span named nearest before a figure in `text[start:end]`, "" where none is.

    A year compared with (比2013年) or one that belongs to another figure (由2010年的21.6%) does not count.
    """
    words = half_width(text[start:end])
    found, at = "", -1
    for match in _YEAR.finditer(words):
        if words[max(0, match.start() - 2) : match.start()].endswith(COMPARED_WITH) or words[
            match.start() - 1 : match.start()
        ] in ("《", "（", "("):
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


def is_goal(words: str) -> bool:
    """Whether the words before a figure set a goal: 力争, 预期目标."""
    return bool(_GOAL.search(words))


_ORGAN = re.compile(
    rf"(?:全市各级|全县各级|全区各级|各级|全国|全省|省|市|县|区|[一-龥]{{1,4}}(?:省|市|县|区|旗|州))?(?:{_any(ORGANS)})"
    r"|(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)(?:市委会|省委会|县委会|区委会|市委|支部|总支)?"
    r"|(?<![一-龥])(?:省|市|县|区)(?:委|纪委监委|纪委)(?!会|员|托|派|书记|常委)|(?:省|市)委(?=采用|批示|采纳|转发)"
    r"|党中央|国务院|中共中央|中央"
)


@dataclass(slots=True)
class Scene:
    """Place and actor as they stand while a sentence is read."""

    places: Sequence[str]
    home: str
    pattern: re.Pattern[str] | None = field(init=False)

    def __post_init__(self) -> None:
        self.pattern = re.compile(f"{_any(list(self.places))}|{_LEVEL.pattern}") if self.places else _LEVEL

    def place_in(self, text: str, start: int, end: int) -> str:
        """The place that holds at `end`: "" where none is named; the report's own after 全市 or a list of places."""
        assert self.pattern is not None
        found, last = "", -1
        for match in self.pattern.finditer(text, start, end):
            word = match.group()
            if word in self.places:
                listed = last >= 0 and found != self.home and re.fullmatch(r"[、和与及]", text[last : match.start()])
                found, last = (
                    self.home
                    if listed or found == self.home and last == match.start() - 1 and text[last] in "、和与及"
                    else word,
                    match.end(),
                )
            elif self._resets(word, text, match.start(), match.end(), start):
                found, last = self.home, match.end()
        return found

    def _resets(self, word: str, text: str, at: int, end: int, start: int) -> bool:
        """全市 in a city's report leads back to the city; 全县 there means the county spoken of."""
        if text[end : end + 2] in ("政协", "人大", "平均", "第一"):
            return False
        level = word[-1]
        if level in "国省":
            return at == start and self.home.endswith(level)
        return self.home.endswith(level) or word == "市区"

    def place_of_label(self, label: str) -> str:
        """The place a label names itself: 曹县汉服产值."""
        return next((place for place in self.places if place in label), "")


def actor_in(text: str, start: int, end: int) -> str:
    """The organ or group nearest before a figure, "" where none is named."""
    found = ""
    for match in _ORGAN.finditer(text, start, end):
        found = match.group()
    return found
