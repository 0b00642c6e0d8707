"""Places below the report's own that its text names: counties, districts, towns, found by grammar and a table of suffixes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.reports.gazetteer import PREFECTURES, PROVINCES, short_name
from bot.reports.identity import NATION

# Suffixes of the places that a report speaks of, by the level of its own place. From the Constitution, article 30, with
# 街道 (agencies of a district's government) and the 新区 that are run like districts.
SUFFIXES: dict[str, tuple[str, ...]] = {
    "省": ("自治州", "自治县", "新区", "市", "县", "区", "旗", "州", "盟"),
    "市": ("自治县", "新区", "县", "区", "市", "旗", "镇", "乡"),
    "县": ("街道", "镇", "乡", "苏木"),
}
_LEVELS = {"省": "省", "自治区": "省", "市": "市", "州": "市", "盟": "市", "地区": "市", "县": "县", "区": "县", "旗": "县"}

# Stems that make a common noun of a suffix: 城区, 示范区, 全市, 超市, 各乡镇. A name whose stem ends so is no place.
# Collected from reports of governments; to extend it, add the words before the suffix.
_ANY = "全 各 本 该 我 这 那 每 某 两 三 四 五 六 七 八 九 十 百 千 一 二 几 多 数 个 属 外 内 跨 等 其他 重点 示范 试点 贫困 文明 卫生 园林 平安 先进"
NO_STEMS: dict[str, str] = {
    "区": _ANY
    + " 城 市 县 园 社 片 小 库 山 灾 牧 农 林 矿 厂 校 学 辖 景 湖 海 港 郊 战 防 禁 疫 营 渔 老 大 专 地 灌 旅 域 边 侨 汛 乡 街 镇 省 滩 特"
    " 新 开发 功能 试验 实验 保护 服务 商务 商业 棚户 安置 产业 工业 集聚 聚集 聚居 居住 生活 生态 行政 自治 经济 自贸 贸易 保税 合作 高新 技术 核心"
    " 主城 中心 先行 引领 拓展 隔离 风景 名胜 度假 旅游 物流 作业 文化 历史 革命老 民族 街 养 规划 控制 协作 共建 先导 改革 创新 集中 加工 综合 主产"
    " 主体 组团 住宅 沿海 沿边 缓冲 平原 丘陵 首善 连片 特困 水源 涵养 限制 供水 供热 污染 塌陷 沉陷 蓄洪 滞洪 分洪 敏感 封闭 监管 展示 体验 孵化 托管"
    " 口岸 航空 空港 临港 综保 开放 协同 融合 转型 升级 发展 承接 转移 优势 特色 增长 配套 仓储 种植 养殖 产 消费 中央商务 CBD 大棚 教育 科创 科技"
    " 研发 生产 高发 空白 盲 误 雷 时 赛 选 展 禁烧 管控 封控 防范 风险 中高风险 低风险 自由贸易 管理 采空 封育 围栏 休闲 禁渔 密集 建成 入海 老旧小 流域 沿线",
    "县": _ANY + " 省 城 州 市 区 郊 强 大 小 产粮 农业 工业 经济 旅游 革命 郊 生态 扩权 帮 帮扶 近 远 脱贫 百强 牧 老 受援 深度贫困 直管 邻 出",
    "市": _ANY
    + " 省 城 县 超 股 上 都 门 夜 集 强 富 兴 入 进 开 闭 菜 早 花 楼 车 房 债 期 汇 后 牛 熊 大 小 中 地级 旅游 森林 模范 直辖 中心 创新 法治 健康"
    " 智慧 海绵 宜居 现代 国际 港口 工业 资源 文化 名 百强 商 立 治 建 低碳 生态 节水 优秀 中等 首善 边境 口岸 周边 兄弟 海滨 滨海 数字 农贸"
    " 批发 专业 要素 资本 双拥 沿海 特 轨道 牧业 老 新 退 转 互联 物 跨境 本 罢 闹 灯 闭 救 惠 逛 拍 国 州 区 劳务 旧货 大集 科教 人才 质量 安全 依法 枢纽",
    "旗": _ANY + " 红 锦 军 战 升 国 党 团 队 彩 大 小 县 区 市 举 扛 牧业 边境 农业",
    "州": _ANY + " 省 自治 神 九 市 全",
    "盟": _ANY + " 联 同 加 省 结 欧 东 工",
    "镇": _ANY
    + " 城 村 乡 小 中心 建制 特色 强 名 古 经济 重 老 边 集 县 市 区 旗 水 故 美丽 旅游 省级 国家级 百强 千强 专业 生态 明星 农业 工业 坐 冰 街 商贸 沿江 库区",
    "乡": _ANY + " 城 村 扶 家 水 故 下 回 返 思 离 异 他 美丽 之 民族 侨 老 山 新 农 入 还 县 市 区 旗 镇 兴 牧 同 三下",
    "街道": _ANY + " 所属 乡镇 镇 市政 主要 背 沿 城市 乡 涉农 道路",
    "新区": _ANY + " 城市 产业 城 级 新 国家级 市 高铁 一个",
    "苏木": _ANY,
    "自治县": _ANY,
    "自治州": _ANY,
}  # fmt: skip
_NO_STEMS = {suffix: tuple(stems.split()) for suffix, stems in NO_STEMS.items()}

# Characters that stand in no name, so that a name begins behind them.
_NOT_INSIDE = frozenset("和与及的了在对由把被将从往向为以是有并或且使让给到至于")

# Words that stand before a name without a sign between: 支持曹县, 联合牡丹区, 菏泽市牡丹区.
BEFORE = tuple(
    "支持 推动 推进 联合 指导 帮助 助推 组织 协同 加快 依托 围绕 包括 其中 建设 发展 位于 途经 连接 赴 驻 如 自 跨 经 抓好 实施 完成 启动 打造 实现"
    " 创建 争创 建成 开工 新建 改造 培育 提升 获批 成立 举办 承办 涉及 覆盖 分别 共同 通过 利用 特别 尤其 进入 落户 选择 确定 命名 撤销 设立 整合 抓住"
    " 促进 鼓励 引导 帮扶 深化 优化 扶持 做好 开展 投资 引进 省 市 县 区 州 盟 旗".split()
)
_LONGEST_STEM = 6
_AFTER_TOWN = re.compile("[化级村域街居企]")  # 城镇化, 乡村, 镇域: the suffix belongs to another word


def places_of(text: str, own: str) -> tuple[str, ...]:
    """The places below `own` that `text` names, by full name, in order of first appearance.

    A name counts where something shows that it begins there: a sign, a word like 在 or 支持, or the place above it.
    """
    if own == NATION:
        return _known(text, PROVINCES)
    level = next((_LEVELS[suffix] for suffix in sorted(_LEVELS, key=len, reverse=True) if own.endswith(suffix)), "市")
    found: Counter[str] = Counter()
    first: dict[str, int] = {}
    for suffix in re.finditer("|".join(SUFFIXES[level]), text):
        start = _name_start(text, suffix.start(), suffix.group())
        name = text[start : suffix.end()]
        if start < suffix.start() and name != own and not _is_foreign(text, start, name, own):
            first.setdefault(name, start)
            found[name] += 1
    names = [name for name in first if not any(_is_tail(other, name) for other in first)]
    if level == "省":
        cities = (city for city, province in PREFECTURES.items() if province == own)
        names += (city for city in _known(text, cities) if city not in first)
    return tuple(names)


def short_forms(places: Sequence[str]) -> dict[str, str]:
    """Short form -> full name, for names that keep two characters without their suffix: 定陶 is 定陶区."""
    forms = {short_name(place): place for place in places}
    return {short: full for short, full in forms.items() if short != full}


def _name_start(text: str, at: int, suffix: str) -> int:
    """Where the name with its `suffix` at `at` begins; `at` itself if no name ends there."""
    if suffix in ("镇", "乡") and _AFTER_TOWN.match(text, at + 1):
        return at
    shortest = 1 if suffix == "县" else 2
    start = at
    while start > 0 and "一" <= text[start - 1] <= "鿿" and text[start - 1] not in _NOT_INSIDE:
        if at - start >= shortest and text.endswith(BEFORE, max(0, start - 2), start):
            break
        start -= 1
        if at - start > _LONGEST_STEM:
            return at
    stem = text[start:at]
    if len(stem) < shortest or stem.endswith(_NO_STEMS[suffix]):
        return at
    return start


def _is_foreign(text: str, start: int, name: str, own: str) -> bool:
    """Whether the name is that of a place elsewhere: a city or province of its own, or one that stands behind another."""
    if name in PROVINCES or (name in PREFECTURES and PREFECTURES[name] != own):
        return True
    home = {own, short_name(own), PREFECTURES.get(own, ""), short_name(PREFECTURES.get(own, ""))}
    above = next((word for word in _OUTSIDE if text.endswith(word, max(0, start - 9), start)), "")
    return bool(above) and above not in home and PREFECTURES.get(above, PREFECTURES.get(above + "市")) != own


def _is_tail(name: str, longer: str) -> bool:
    """曹县 within 宣传曹县: the longer one is a name with a word before it."""
    return len(longer) > len(name) and longer.endswith(name)


def _known(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of `names` whose full or short form stands in `text`, in order of first appearance."""
    places = ((text.find(short_name(name)), name) for name in names)
    return tuple(name for at, name in sorted(places) if at >= 0)


_OUTSIDE = tuple(
    sorted({*PROVINCES, *PREFECTURES, *map(short_name, (*PROVINCES, *PREFECTURES))}, key=len, reverse=True)
)
