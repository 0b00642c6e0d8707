"""Nouns out of order: behind 的 (90%的行政村), or followed by the next figure's own (81个村|资产负债率52%)."""

from __future__ import annotations

import re

from bot.reports.metrics.labels import strip_end
from bot.reports.metrics.patterns import any_of
from bot.reports.metrics.words import YIELDS

_OWNER = re.compile(
    r"(?P<owner>[^、的]{0,8}?(?:村|镇|企业|学校|医院|园区|项目|农户|景区))"
    r"(?=(?!个|场|政|建|域|民|委)[^、的]{2,}(?:率|额|值|量|收入|利润|面积|产值|支出)$)"
)
_SHARES = ("", "%")
# Behind 的 they say what sort of figure it is, not what it is a share of: 8%的速度, 20%的份额.
_SIZES = re.compile(
    "基础|目标|速度|增速|水平|份额|比[重例]|增长|要求|标准|任务|幅度?$|股[份权]|[税利费]率|资金|补[贴助]|大关"
)
_YIELDS = re.compile(rf"(?:{any_of(YIELDS)})$")


def counted_of(label: str) -> str:
    """What a figure counts where another follows: 5家|公司为|1家, 81个|村|资产负债率52%."""
    label = strip_end(label)[0] or label
    owner = _OWNER.match(label)
    return owner["owner"] if owner else label


def is_yield(unit: str, named: str, tail: str) -> bool:
    """Whether the noun behind 的 is what the figure is of: 取消1/3的审批事项, 每亩产生3万元的收入."""
    share = unit in _SHARES and not _SIZES.search(tail)
    return tail.startswith("的") and (share or bool(_YIELDS.search(named)))


def giver_of(unit: str, named: str) -> str:
    """The words that stay before such a noun: 每亩果园 of 每亩果园产生; none before what a share is of."""
    return "" if unit in _SHARES else _YIELDS.sub("", named)
