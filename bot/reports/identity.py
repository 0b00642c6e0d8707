"""Whose report it is, of which place and which year: read from the title, the occasion, the speaker and the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.reports.gazetteer import PREFECTURES, PROVINCES, short_name
from bot.reports.model import Part, Section

# What a report's front says of the organ that speaks -> its name behind the level (市, 县 …). The first that fits
# counts: the titles of reports to congresses and conferences, and of communiques of statistics.
ORGANS: tuple[tuple[str, str], ...] = (
    (r"政协|政治协商会议", "政协"),
    (r"统计公报|统计局", "统计局"),
    (r"人民代表大会常务委员会(?:工作)?报告|人大常委会(?:工作)?报告", "人大常委会"),
    (r"法院(?:工作)?报告|法院院长", "法院"),
    (r"检察院(?:工作)?报告|检察长", "检察院"),
    (r"政府工作报告|人民政府|国务院|[市县区省州旗]长|主席|总理", "政府"),
)
NATIONAL = {"政府": "国务院", "政协": "全国政协", "统计局": "国家统计局", "人大常委会": "全国人大常委会"}
NATION = "全国"
MENTIONS = 5  # of a place in a report that says nowhere else whose it is

_LEVELS = ("自治区", "自治州", "自治县", "新区", "省", "市", "县", "区", "旗", "州", "盟", "地区")
_NAME = (
    r"((?:(?![在关])[\u4e00-\u9fff]){1,12}?(?:自治区|自治州|自治县|自治旗|特别行政区|新区|省|市|县|区|旗|盟|州|地区))"
)
_PLACE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:第[一二三四五六七八九十]+届){_NAME}委员会",  # 中国人民政治协商会议第十六届菏泽市委员会
        rf"(?:^|在|\d日|日|会议){_NAME}第[一二三四五六七八九十]+届",
        rf"^(?:关于)?(?:\d{{4}}年)?{_NAME}(?:人民政府|政府|\d{{4}}年|国民经济|第|人大|政协|统计|区长|市长|县长|省长)",
        rf"代表{_NAME}(?:人民)?政府",  # 现在，我代表某市人民政府
        rf"^{_NAME}(?:区长|市长|县长|省长|主席|州长|旗长|$)",
    )
)
_NATION = re.compile(r"第[一二三四五六七八九十]+届全国|代表国务院|国务院总理|^中华人民共和国|^全国")
# 2010年远景目标 is the far end of a plan, never the year of a report.
_YEAR = re.compile(r"(?<![\d.])((?:19[4-9]|20[0-4])\d)(?!\d|年远景)")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_CHINESE = re.compile(r"[一二][〇○零Ｏ0-9一二三四五六七八九]{3}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_REVIEW = re.compile(r"过去(?:的)?一年|上年|去年|一年来")


def body_of(fronts: Iterable[str], place: str) -> str:
    """市政府, 省政协, 县统计局 …, or "" where the front does not say; the level is that of `place`."""
    found = (organ for words in fronts for pattern, organ in ORGANS if re.search(pattern, words))
    organ = next(found, "")
    if not organ or place == NATION:
        return NATIONAL.get(organ, organ)
    level = next((level for level in _LEVELS if place.endswith(level)), "")
    return {"自治州": "州", "自治县": "县"}.get(level, level) + organ


def place_of(fronts: Iterable[str]) -> str:
    """The place that the front names first (菏泽市, 海拉尔区, 青海省), 全国 for the national organs, or ""."""
    lines = list(fronts)
    for words in lines:
        for pattern in _PLACE:
            found = pattern.search(words)
            if found and found[1] not in _LEVELS:
                return _without_outer(found[1])
    if any(_NATION.search(words) for words in lines):
        return NATION
    return next((name for words in lines for name in (*PROVINCES, *PREFECTURES) if words.startswith(name)), "")


def place_of_file(name: str) -> str:
    """The province or prefecture that a file's name holds, the longest if several, or ""."""
    return max((place for place in (*PROVINCES, *PREFECTURES) if place in name), key=len, default="")


def place_spoken_of(text: str) -> str:
    """The province or prefecture that `text` names most often; for a report whose front names none."""
    names = PROVINCES if text.count("全省") + text.count("全区") > text.count("全市") else PREFECTURES
    times, name = max((text.count(short_name(name)), name) for name in names)
    return name if times >= MENTIONS else ""


def _without_outer(name: str) -> str:
    """山东省菏泽市 is 菏泽市."""
    for outer in (*PROVINCES, *PREFECTURES):
        if name.startswith(outer) and len(name) > len(outer) + 1:
            return _without_outer(name[len(outer) :])
    return name


def year_of(hints: Iterable[str]) -> int | None:
    """The first year that one of `hints` names, in digits of either width or in Chinese (二〇一〇年)."""
    for words in hints:
        if years := years_in(words):
            return years[0]
    return None


def years_in(words: str) -> list[int]:
    """All years of `words`, in order."""
    plain = words.translate(_WIDE)
    plain = _CHINESE.sub(lambda found: found.group().translate(_CHINESE_DIGITS), plain)
    return [int(year) for year in _YEAR.findall(plain)]


def years_of(sections: Iterable[Section], year: int | None) -> tuple[int, ...]:
    """Years reviewed and planned, from the headings of the two uppermost levels and the report's own year."""
    years = {year} if year else set()
    for section in sections:
        if not 0 < section.level <= 2 or section.part is not Part.BODY:
            continue
        years.update(years_in(section.title))
        if year and section.level == 1 and _REVIEW.search(section.title):
            years.add(year - 1)
    return tuple(sorted(y for y in years if not year or abs(y - year) <= 6))


def meta_of(meta: Mapping[str, str], *names: str) -> str:
    """The first of these entries of the container that says something."""
    lower = {key.lower(): value for key, value in meta.items()}
    return next((lower[name].strip() for name in names if lower.get(name, "").strip()), "")
