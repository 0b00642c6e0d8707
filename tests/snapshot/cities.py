"""Reports of made-up cities: enough of them that none is asked without being picked."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.snapshot.crew import Read, read
from bot.snapshot.files import File

CITIES = ("云泽市", "石岭市", "松鹭市", "柳门市")
YEARS = range(2016, 2025)
TEMPLATE = """{city}政府工作报告
——{year}年1月18日在{city}第九届人民代表大会第三次会议上
{city}市长　周明远

各位代表：

一、{before}年工作回顾

过去一年，我们主要做了以下工作。

（一）民生保障不断加强。{before}年全市养老床位达到{beds}张，新增停车泊位{lots}个。青石区改造老旧小区{homes}个。

（二）产业发展提档升级。{before}年全市一般公共预算收入增长{growth}%，规模以上工业增加值增长7.2%。

二、{year}年工作安排

新建{city}图书馆分馆{branches}座，办好群众身边的实事。
"""


def read_here(files: Sequence[File]) -> Iterator[Read]:
    """In this process: starting others takes longer than reading these."""
    return map(read, files)


def beds(city: str, year: int) -> int:
    """The beds that the report of a year tells of the year before."""
    return 1000 + 100 * CITIES.index(city) + year - 2000


def write(folder: Path) -> list[Path]:
    """36 reports."""
    paths = []
    for city in CITIES:
        for year in YEARS:
            figures = {"lots": 4600 + year, "homes": year - 2000, "growth": (year - 2010) / 2, "branches": 3}
            text = TEMPLATE.format(city=city, year=year, before=year - 1, beds=beds(city, year), **figures)
            paths.append(folder / f"{city}-{year}.txt")
            paths[-1].write_text(text, encoding="utf-8")
    return paths
