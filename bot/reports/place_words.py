"""Words for telling names of places from common nouns that end alike: 鲁西新区 is a place, 老旧小区 is none."""

from __future__ import annotations

# Suffixes of the places that a report speaks of, by the level of its own place. From the Constitution, article 30, with
# 街道 (agencies of a district's government) and the 新区 that are run like districts.
SUFFIXES: dict[str, tuple[str, ...]] = {
    "省": ("自治州", "自治县", "新区", "市", "县", "区", "旗", "州", "盟"),
    "市": ("自治县", "新区", "县", "区", "市", "旗", "镇", "乡"),
    "县": ("街道", "镇", "乡", "苏木"),
}

# The suffix of a place -> its level in the table above.
LEVELS = {
    "省": "省",
    "自治区": "省",
    "市": "市",
    "州": "市",
    "盟": "市",
    "地区": "市",
    "县": "县",
    "区": "县",
    "旗": "县",
}

# Stems that make a common noun of any suffix: 全市, 各乡镇, 等县.
ANY_STEM = """
    全 等 各 本 该 我 这 那 每 某 两 三 四 五 六 七 八 九 十 百 千 一 二 几 多 数 个 属 外 内 跨 其他 重点 示范
    试点 贫困 文明 卫生 园林 平安 先进
"""

# Stems that make a common noun of one suffix: 示范区, 超市, 小镇. A name whose stem ends so is no place. Collected from
# reports of governments; to extend it, add what stands before the suffix.
NO_STEMS: dict[str, str] = {
    "区": """
        城 市 县 园 社 片 小 库 山 灾 牧 农 林 矿 厂 校 学 辖 景 湖 海 港 郊 战 防 禁 疫 营 渔 老 大 专 地 灌 旅
        域 边 侨 汛 乡 街 镇 省 滩 特 屋 摊 直管 首开 半山 北部山 远郊 级城 好城 座城 条城 联动创新 中央创新 新
        老城 新城 主城 中心城 大城 全城 建成 国家 综试 湾 大湾 高新 高端 起步 样板 之 普惠 站 院 文保 测试 易涝
        采沉 无煤 无人 商贸 风貌 交界 藏 设 整 扩容 港湾 平房 垦 强 调 扩 开发 功能 试验 实验 保护 服务 商务
        商业 棚户 安置 产业 工业 集聚 聚集 聚居 居住 生活 生态 行政 自治 经济 自贸 贸易 保税 合作 技术 核心 中心
        先行 引领 拓展 隔离 风景 名胜 度假 旅游 物流 作业 文化 历史 革命老 民族 养 规划 控制 协作 共建 先导 改革
        创新 集中 加工 综合 主产 主体 组团 住宅 沿海 沿边 缓冲 平原 丘陵 首善 连片 特困 水源 涵养 限制 供水 供热
        污染 塌陷 沉陷 蓄洪 滞洪 分洪 敏感 封闭 监管 展示 体验 孵化 托管 口岸 航空 空港 临港 综保 开放 协同 融合
        转型 升级 发展 承接 转移 优势 特色 增长 配套 仓储 种植 养殖 产 消费 中央商务 CBD 大棚 教育 科创 科技
        研发 生产 高发 空白 盲 误 雷 时 赛 选 展 禁烧 管控 封控 防范 风险 中高风险 低风险 自由贸易 管理 采空
        封育 围栏 休闲 禁渔 密集 入海 老旧小 流域 沿线
    """,
    "县": """
        领跑 典型 摘帽 淘汰 魅力 撤 所辖 进步 实现 三县 乡财 破解 聚焦 名 优 弱 富 立 管 带 型 整 国家 省 州 市
        区 郊 强 大 小 产粮 农业 工业 经济 旅游 革命 生态 扩权 帮 帮扶 近 远 脱贫 百强 牧 老 受援 深度贫困 直管
        邻 出
    """,
    "市": """
        才兴 业兴 教兴 旅兴 游兴 商兴 文兴 民富 县级 厅 楼 互 地 盟 浩 市容 省 城 县 超 股 上 都 门 夜 集 强 富
        兴 入 进 开 闭 菜 早 花 车 房 债 期 汇 后 牛 熊 大 小 中 地级 旅游 森林 模范 直辖 中心 创新 法治 健康
        智慧 海绵 宜居 现代 国际 港口 工业 资源 文化 名 百强 商 立 治 建 低碳 生态 节水 优秀 中等 首善 边境 口岸
        周边 兄弟 海滨 滨海 数字 农贸 批发 专业 要素 资本 双拥 沿海 特 轨道 牧业 老 新 退 转 互联 物 跨境 罢 闹
        灯 救 惠 逛 拍 国 州 区 劳务 旧货 大集 科教 人才 质量 安全 依法 枢纽
    """,
    "旗": """
        红 锦 军 战 升 国 党 团 队 彩 大 小 县 区 市 举 扛 牧业 边境 农业
    """,
    "州": """
        省 自治 神 市
    """,
    "盟": """
        联 同 加 省 结 欧 东 工
    """,
    "镇": """
        城 村 乡 欠发达 千亿 典型 驻 流经 改 兴 发达 卫星 口子 三类 城关 宁 淘宝 小 中心 建制 特色 强 名 古 经济
        重 老 边 集 县 市 区 旗 水 故 美丽 旅游 省级 国家级 百强 千强 专业 生态 明星 农业 工业 坐 冰 街 商贸
        沿江 库区
    """,
    "乡": """
        带 城 村 扶 标准化 减少 撤 村财 家 水 故 下 回 返 思 离 异 他 美丽 之 民族 侨 老 山 新 农 入 还 县 市 区
        旗 镇 兴 牧 同 三下
    """,
    "街道": """
        所属 乡镇 镇 市政 主要 背 沿 城市 乡 涉农 道路
    """,
    "新区": """
        高 校 中 全国 拓展 大湾 组建 做快 释放 空港 国家 城市 产业 城 级 新 国家级 市 高铁 一个 创 医院 各县 贯穿
    """,
    "苏木": "",
    "自治县": "",
    "自治州": "",
}

# Stems of one character that are common nouns only by themselves and may end a name: 山区, but 房山区.
WHOLE_ONLY: dict[str, str] = {
    "区": "山湖海林城新特边省疫域汛",
    "县": "州城新老",
    "市": "州国兴富集门城中新早花楼车房退转互物",
    "镇": "城名重老边集水",
    "乡": "老山新农",
    "州": "全市",
    "旗": "大小",
}

# 城区, 城镇 and 城市 are common nouns; these characters before them make no name (老城区, 小城镇), others do (榕城区).
NO_CITY = frozenset("老新主全大小中县市旧建年古名双水省都山个入保区本心端州西东南北江河")

# Names in 城 to be known by heart: county-level cities, and districts whose first character is one of those above.
CITY_NAMES = """
    东城区 古城区 江城区 西城区 达坂城区 丰城市 兴城市 凤城市 宣城市 应城市 海城市 禹城市 诸城市 邹城市
    韩城市 项城市 麻城市 都城镇
"""

# Counties with one character before 县, from the divisions published by the Ministry of Civil Affairs, without those
# that are also verbs or adjectives before it (富县, 兴县, 高县, 成县, 新县).
SINGLE = frozenset(
    "丰临义乾代任佳冠凤勉华单叶吉唐夏威寿岚岷嵩应康开彬徽忠息户房攸文易景曹杞横歙沁沛沧泗泸泾洋浚涉淇渠温"
    "滑漳澧献珙盂眉睢磁礼祁绛范莘萧蒲蔚蠡费赣赵达道郏陇隰雄青魏黟"
)

# Characters that stand in no name, so that a name begins behind them.
NOT_INSIDE = frozenset("与且为了于从以使到及向和在对将并往或把是有由的给至被让")

# Words that stand before a name without a sign between: 支持曹县, 联合牡丹区, 菏泽市牡丹区.
BEFORE = """
    年 月 日 支持 推动 推进 联合 指导 帮助 助推 组织 协同 加快 依托 围绕 包括 其中 建设 发展 位于 途经 连接 赴 驻 如 自
    跨 经 抓好 实施 完成 启动 打造 实现 创建 争创 建成 开工 新建 改造 培育 提升 获批 成立 举办 承办 涉及 覆盖
    分别 共同 通过 利用 特别 尤其 进入 落户 选择 确定 命名 撤销 设立 整合 抓住 促进 鼓励 引导 帮扶 深化 优化
    扶持 做好 开展 投资 引进 助力 加大 坚持 创新 全力 省 市 县 区 州 盟 旗
"""

# The longest stems of names, in characters: 定陶区, 马鞍山市; those from other languages are longer (阿鲁科尔沁旗).
LONGEST_USUAL = 3
LONGEST: dict[str, int] = {
    "旗": 7,
    "自治县": 8,
    "自治州": 9,
    "苏木": 6,
    "盟": 5,
    "州": 4,
    "市": 4,
}

# What behind a suffix makes another word of it: 区域, 县级, 市场, 城镇化.
NOT_AFTER: dict[str, str] = {
    "区": "域级县市块位间别直内外划乡镇街情",
    "县": "域级乡区市直内外际镇情",
    "市": "场委政级属直区民中县域内外长容人校值",
    "镇": "化村区域乡街级",
    "乡": "村镇土愁亲贤音里街",
    "街道": "社",
    "州": "市县",
    "旗": "县区舰帜号",
    "盟": "市校",
}

# Suffixes of many common nouns: a name with one of these must end, at least once, where a sign or a word shows it.
MUST_END = frozenset("区市镇乡州盟")

# What may follow a name at once, besides a sign: 曹县政协, 东明县在, 鲁西新区党群工作部.
BEHIND = frozenset("与东为以先党入全公共列创到北南及启和在城境委实建开成打推政新是有检法率的等联至荣获被西设")
BEHIND_CITY = frozenset("和与及等的")
