# ruff: noqa: SIM905 -- word lists are read and extended as text
"""A label is a name: what stands around the noun and names nothing goes, and what holds no noun is no label.

Origin of the tables: the labels of two hundred reports, sorted by what they began and ended with. Words are separated
by spaces, order does not matter.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.reports.endings import Endings
from bot.reports.metrics.patterns import any_of
from bot.reports.metrics.words import BARE_NOUNS, NAMED_DOINGS, NOT_DONE, SURE_DOINGS

# Alone they name nothing: a preposition, a time, what is left of a comparison.
_NAMELESS = """
    后 前 中 里 内 按 对 为 向 与 由 从 以 比 给 于 在 将 被 使 其 年 年平均 年均 平均每年 半 % 惠及 涉及 继续对 减按
    按照 推进 批准开办 仅用 又 再 还 分别 连年 每年发给 目前 现在 到现在 到目前 全年 年内 这 这些 该 本 上述
    以上 以下 左右 同期 期末 期初 其余
""".split()

# Before a doing they change nothing: 基本|建成, 新|解决, 谋划|实施.
_MANNERS = "基本 新 全部 重点 全年 年内 在建 即将 陆续 先后 同步 组织 扎实 大力 积极 着力 累计 共 已 谋划 集中".split()

# Verbs that handle a thing, as plans say it: 抓好|重大项目.
_HANDLED = "抓好 办好 做好 办复 狠抓 继续抓好 突出抓好 重点抓好 协调解决 组织开展 谋划实施 力争".split()

# For whom, towards what and where; behind it is what was given: 为困难群众发放|救助资金.
_TOWARDS = "为 对 向 给 替 从 在".split()
_GIVEN = """
    提供 发放 减免 新增 增加 捐赠 办理 争取 实施 开展 举办 解决 拨付 落实 下达 兑现 输送 配备 购买 安装 下放
    追回 培训 招募 引进 赠送 派出 选派 投放 送去 建立 设立 化解 清偿 推送 挽回 建成 新建 筹集 募集
""".split()
# The same, where what was given is the doing itself: 向灾区|捐款.
_GIFTS = """
    减负 减税 降费 减税降费 降费减税 降费减退税 减负降本 降本 捐款 捐资 发证 融资 让利 降本减负 降成本 增信 退税
    缓税 授信 放贷 放款 贷款 担保
""".split()

# Ends that say when or how the figure holds: 重点任务|中, 改革企业|的同时, 数据公司|正式; and the characters behind
# which one is part of a noun: 灾后, 创新.
_NOT_BEHIND: dict[str, str] = {
    **dict.fromkeys(
        """
        的同时 的基础上 的情况下 情况下 基础上 的过程中 过程中 之后 以后 以来 之前 以前 连年 年内 正式 圆满 顺利 明显
        显著 双双 相继 陆续 首次 历时 仅用时 分别 的发展 成效显著 成效明显
        """.split(),
        "",
    ),
    **dict.fromkeys(
        [
            f"{word}中"
            for word in """
            任务 指标 项目 企业 城市 地区 评比 考核 产品 人员 人口 区县 县区 事项 单位 行业 学生 干部
            """.split()
        ],
        "",
    ),
    "后": "前灾产售战落午背牛幕先身善课延滞士",
    "新": "创更革翻高维求鼎立刷全推出常布日城一",
    "已": "自而",
    "又": "",
    "并": "合兼",
    "或": "",
    "向": "方定动转走意取流面导志倾双单逆北",
}

_SAID_YEAR = (
    "(?:“?[一二三四五六七八九十]{1,2}五”?(?:期间|时期|期末|末|以来)|[二四五六七八九]十年代"
    "|(?:截?[到至]|自|从)?(?:[0-9]{4}|[一二][〇○零O０一二三四五六七八九]{3})年(?:底|末|初|前|以来)?"
    "|(?:今后|未来|过去|最近|近)[一二两三四五六七八九十几]+年)"
)
_YEAR = rf"(?:{_SAID_YEAR}|[后前]?[一二两三四五六七八九十几]+年)"  # 三年 begins names as well: 三年行动计划
_MOVED = "(?:发展|增加|提高|减少|扩大|上升|下降|增长)[到至](?:目前|现在|今天|今年|去年|上年|后来)?的?"
_NOTHING = frozenset(
    [*_NAMELESS, *_HANDLED]
    + [manner + doing for manner in ("", *_MANNERS) for doing in set(SURE_DOINGS) - set(NAMED_DOINGS)]
)
_ONLY_TIME = re.compile(
    rf"(?:{_YEAR}|以{_YEAR}为(?:基数|基期)|(?:今后|未来|过去|最近|近)[一二两三四五六七八九十]{{0,2}})"
)  # 过去二|十年
_ONLY_MOVED = re.compile(_MOVED)
_LEAD = re.compile(
    rf"(?:{_SAID_YEAR}(?![制级期度])的?|(?:{any_of(_HANDLED)})(?!{'|'.join(NOT_DONE)})"
    "|(?:全[市省县州旗]|我[市省县州国]|全区(?!域))(?![性各有每域级直委]|人大|政协)"
    rf"|(?:{any_of(SURE_DOINGS)})了?(?!{'|'.join(NOT_DONE)}|细则|方案|意见|办法|[、的了和与及])"
    "|提请[一-龥]{2,10}审议(?:通过|并修改)?的?|[特尤][别其]是"
    "|[和及与](?:新建|改建|扩建|改造提升|提升改造|改造|优化提升|更新|改善|提升|维修|续建|整治)"
    "|[^（(]{0,6}[）)])(?=.{2})"
)
_TOWARD = re.compile(
    rf"(?:{any_of(_TOWARDS)})(?![外民公口虾])[^，]{{1,24}}?"
    rf"(?:(?:{any_of(_GIVEN)})了?(?P<what>[^的率]{{2,}})|共?(?P<gift>{any_of(_GIFTS)}))$"
)
_FIRST = frozenset(
    "全我特尤提和及与“截到至自从今未过最近后前0123456789一二两三四五六七八九十几以"
    + "".join(word[0] for word in [*_HANDLED, *SURE_DOINGS, *_TOWARDS, *_MOVED[3:-1].split("|")])
)
_ENDS = Endings(_NOT_BEHIND)


@lru_cache(maxsize=16384)
def name_in(label: str) -> str:
    """The name in a label, "" where it holds none: 抓好重大项目 -> 重大项目, 向灾区捐款 -> 捐款, 新解决 -> ""."""
    if "）" in label[:8] or ")" in label[:8] or label[:1] in _FIRST:
        label = _without_lead(label)
    while (word := _ENDS.of(label)) and len(label) - len(word) >= 2:
        if label[-len(word) - 1] in _NOT_BEHIND[word]:
            break
        label = label[: -len(word)] if len(word) == 1 or word[-1] != "中" else label[:-1]
    return "" if label in _NOTHING else label


def _without_lead(label: str) -> str:
    if _ONLY_TIME.fullmatch(label) or _ONLY_MOVED.fullmatch(label):
        return ""
    if toward := _TOWARD.match(label):
        return toward["what"] or toward["gift"]
    while (lead := _LEAD.match(label)) and label[lead.end() :] not in BARE_NOUNS:
        label = label[lead.end() :]
    return label
