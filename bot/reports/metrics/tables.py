# ruff: noqa: SIM905 -- word lists are read and extended as text
"""The words of official prose that make a quantity, as data: numerals, units, bounds, look-alikes.

Origin: read off government work reports, CPPCC reports and statistical communiques of 1979-2026; measure words after
the grammars' lists of classifiers (量词), units after GB 3100-3102. A person who knows the language and not the code
may extend any of these: words are separated by spaces, order does not matter.
"""

from __future__ import annotations

from bot.reports.model import Bound

DIGITS: dict[str, int] = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
POWERS: dict[str, int] = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

# Counters: they count things one by one, so the thing counted may follow at once (50所学校, 18家媒体).
COUNTERS = frozenset(
    """
    个 项 件 篇 家 户 人 名 位 对 台 辆 座 所 处 条 宗 册 张 份 栋 幢 间 套 架 艘 列 组 部 首 幅 枚 面 头 只 羽 匹
    株 棵 盏 口 眼 孔 尾 副 把 本 种 类 段 片 块 支 队 版 例 起 单 笔 票 门 节 层 批 期 届 顶 席 尊 颗 粒 款 台套
    名次 大类 小类 县 镇 乡 村 县区 区县 县市 市县 省区市 乡镇 社区 街道 部门 台架 台件 件套 万里 根 箱 桶 瓶 盒 袋
    包 人份 道 国 省 市 区 州 盟 旗 床位 车间 艘次 伙 窝 胎 项次
    """.split()
)

# Counters of doings: 举办活动9次; what is done may follow as a verb (16次登上…).
EVENTS = frozenset(
    """
    次 场 人次 场次 车次 架次 班次 列次 台次 户次 件次 家次 艘次 班 趟 批次 轮 回 例次 遍 届次 个次 堂 人天 学时
    课时
    """.split()
)

# Measures: a length, an amount, a share; the thing measured comes before, or after with 的.
MEASURES = frozenset(
    """
    元 万元 美元 欧元 港元 日元 英镑 卢布 美金 块钱 元人民币 元钱 角 % ％ ‰ 个百分点 百分点 个千分点 个基点 个点 成
    倍 番 分 度 岁 周岁 分之 亩 公顷 平方米 平方公里 平方千米 平米 ㎡ 立方米 标准立方米 立方 方 标方 m³ m³/s 平方
    平方厘米 平方海里 亩次 公亩 公里 千米 km 米 厘米 毫米 海里 里 华里 公里/小时 延米 延长米 车道公里 皮长公里
    芯公里 纤芯公里 米³ 吨 公斤 千克 克 毫克 微克 斤 担 吨公里 人公里 吨标准煤 吨标煤 吨/年 标吨 蒸吨 总吨 载重吨
    净载重吨 吨级 公担 两 PF PFlops EFlops 千瓦 兆瓦 吉瓦 瓦 千瓦时 千瓦小时 兆瓦时 瓦时 吉瓦时 度电 千伏安 兆伏安
    兆伏 伏安 千乏 马力 P 焦 大卡 千卡 MW GW kW kWh GWh MWh 升 毫升 立升 吉比特 兆比特 兆 M GB TB PB EB T G兆 Mbps
    Gbps 标箱 标准箱 TEU 箱量 标台 标准台 载重吨位 吨位 工作日 个工作日 天 小时 个小时 分钟 秒 个月 个季度 个周期
    个交易日 昼夜 周 位次 个位次 名次 人/平方公里 微克/立方米 毫克/立方米 μg/m³ ug/m3 毫克/升 毫克/L mg/L
    个/立方厘米 分贝 摄氏度 ℃ 人口
    """.split()
)

# Which words for one unit are one: what is written -> what it is counted in.
UNIT_NAMES: dict[str, str] = {
    "％": "%",
    "百分点": "个百分点",
    "个点": "个百分点",
    "㎡": "平方米",
    "平米": "平方米",
    "平方千米": "平方公里",
    "人口": "人",
    "美金": "美元",
    "块钱": "元",
    "元人民币": "元",
    "元钱": "元",
    "千米": "公里",
    "km": "公里",
    "μg/m³": "微克/立方米",
    "ug/m3": "微克/立方米",
    "MW": "兆瓦",
    "kW": "千瓦",
    "GW": "吉瓦",
    "千瓦小时": "千瓦时",
    "kWh": "千瓦时",
    "MWh": "兆瓦时",
    "GWh": "吉瓦时",
    "度电": "度",
    "m³": "立方米",
    "公斤": "公斤",
    "个小时": "小时",
}

# A unit is not a unit where it begins another word: 3家庭, 5部门, 10个人所得税 ...
UNIT_NOT_BEFORE: dict[str, str] = {
    "个": "体人旧",
    "项": "目",
    "件": "数",
    "家": "庭长",
    "户": "籍外均口",
    "人": "大民均才员物士工类格居文",
    "名": "录称牌优列单",
    "位": "数于居列一",
    "对": "口接外全标于应照",
    "部": "门委级署分",
    "面": "积向",
    "台": "阶湾账",
    "组": "织建团成",
    "份": "额",
    "期": "间待限末",
    "版": "权本图",
    "类": "似别",
    "种": "植业子粮养畜",
    "处": "理置于级",
    "块": "钱",
    "支": "持撑付部出",
    "例": "如外",
    "起": "来步草点伏",
    "条": "例件",
    "次": "数产序性贷",
    "场": "所地馆景",
    "天": "然津",
    "度": "假过",
    "分": "别布成区解类配公管级",
    "元": "旦素件月",
    "门": "诊户类头",
    "单": "位元独向",
    "笔": "记",
    "节": "能约水日点会",
    "道": "路教德",
    "里": "程面",
    "成": "立功为果就员本长熟效都交品年人绩武县市山",
    "村": "民庄级集委居务",
    "镇": "区域级",
    "市": "场级民政值直人",
    "县": "级域城内",
    "区": "域块间级位内",
    "国": "道家际内有企务土债",
    "省": "级道市内直部",
    "口": "岸径号岁",
    "头": "雁部",
    "段": "落",
    "片": "区面",
    "本": "级地科年区市省县届土报着次身",
    "张": "家",
    "批": "准复示发",
    "只": "有要是能",
    "首": "批次个家位创",
    "方": "面案向位便式",
    "米": "其",
    "双": "向拥减",
    "层": "次级面",
    "线": "上下索",
    "点": "位半多击钟",
    "站": "点",
    "园": "区林",
    "店": "铺",
    "院": "士",
    "馆": "藏",
    "床": "位",
    "角": "度落",
    "两": "会地岸",
    "把": "握手关",
    "校": "长园",
    "担": "当保任",
    "席": "位",
    "根": "本据治",
    "班": "子车",
    "轮": "换岗",
    "回": "应升落头",
    "周": "年边转期",
    "焦": "点",
    "队": "伍",
    "粒": "度",
    "大": "学道厦桥夫",
}

# Units that Chinese numerals may count: with them 十二项 is a figure and 五期, 三面, 四级 are not.
SPELLED_UNITS = frozenset(
    """
    项 件 篇 家 户 人 名 位 对 台 辆 座 所 处 条 宗 册 份 栋 幢 套 艘 幅 枚 羽 株 棵 盏 例 起 笔 批次 次 场 人次
    场次 车次 架次 元 万元 美元 % 个百分点 倍 亩 公顷 平方米 平方公里 立方米 公里 米 吨 公斤 斤 千瓦 千瓦时 工作日
    个工作日 天 小时 分钟 个月 岁 首 轮 标箱 标准箱 张 户次 人口 头 支 间 趟 班次 千米
    """.split()
)

# Units before which 二 counts as well as 两.
SPELLED_TWO = frozenset("倍 亩 吨 斤 公斤 公里 名 个百分点".split())

# After a small spelled numeral and 个 only what is a thing makes a figure: 三个县区 is one, 三个方面 is not.
SPELLED_THINGS = """
    县 区 市 镇 乡 村 省 社区 街道 乡镇 项目 园区 企业 工程 平台 基地 中心 学校 医院 集体 单位 部门 党派 港 机场
    品牌 协会 工作室 班 小区 支部 专业 实验室 国家 城市 景区 产业园 产业集群 奖项 职业 团队 车间 水库 电站 站 工作日
    百分点 月
""".split()

# Spelled numerals in fixed phrases that look like figures.
SPELLED_PHRASES = """
    次开发 次产业 次会议 次全会 次全体 次创业 次分配 次供水 次党代 次中央 次人民 次代表 次革命 次性 位一体 项规定
    项基本 项制度 项改革 家抬 条红线 条底线 条控制线 条保障线 条战线 条主线 项原则 次飞跃 次普查 项重点 项任务
    件大事 件事 人世界 人同心 张图 张网 条腿 件套 条心 条龙 个方面 部曲 位数 次能源 次污染 次元 座大山 项权力 项政治
    人转 次曲线 岁以 岁以下 天制 户籍 对矛盾 张清单 本账 张卡 张皮 支一扶 支队伍 套班子 台戏 台车 条例 份答卷 张牌
    张名片 人才 个 倍增 分 条路
""".split()

# Before the numeral. 多达, 高达 and 最高 are none: they say how much, exactly.
_BEFORE = {
    Bound.MORE: "超过 超 逾 突破 突破了 多于 高于 大于 超出 过 超越 越过 迈过 跨过 跨上 超额 破 站上 跃上 迈上 跨越",
    Bound.AT_LEAST: "不少于 不低于 至少 不小于 不下 不下于 最少 起码 不得少于 不得低于 ≥ 保底",
    Bound.ABOUT: "近 约 大约 大概 接近 将近 约为 约占 大致 约合 约达 近乎",
    Bound.LESS: ("不足 不到 未满 低于 少于 小于 不高于 不多于 至多 最多 不满 未达到 不大于 不超 ≤ ＜ <"),
}
# What is ruled out turns a bound round: 不得超过 is at most, 不能低于 at least.
_NOT = "不 未 没 没有 不得 不能 不应 不许 不准 不可 不会 不再 未能 不允许".split()
_DENIED = {Bound.LESS: "超过 突破 超出 高于 多于 大于", Bound.AT_LEAST: "低于 少于 小于"}
BOUNDS_BEFORE: dict[str, Bound] = {word: bound for bound, words in _BEFORE.items() for word in words.split()} | {
    no + word: bound for bound, words in _DENIED.items() for no in _NOT for word in words.split()
}

# Behind one of these a short bound is the end of another word: 通过13项, 侦破30起, 签约25个, 附近3个.
NO_BOUND_BEHIND: dict[str, str] = {
    "过": "通经路度走渡见做去穿透绕翻掠悔错",
    "破": "打侦告攻连爆捣勘揭识",
    "约": "签节预集制条公合续履解邀相特誓",
    "近": "附最临邻靠亲就远贴走毗",
    "超": "反赶",
    "不到": "达得做找看想",
}

# Between numeral and unit (120余万元, 三千多名) or behind the unit (3公里多).
BOUNDS_INSIDE: dict[str, Bound] = {"余": Bound.MORE, "多": Bound.MORE, "几": Bound.MORE, "来": Bound.ABOUT}

# Behind the unit: part of what is written.
BOUNDS_AFTER: dict[str, Bound] = {
    "有余": Bound.MORE,
    "之多": Bound.MORE,
    "多": Bound.MORE,
    "余": Bound.MORE,
    "以上": Bound.AT_LEAST,
    "及以上": Bound.AT_LEAST,
    "（含）以上": Bound.AT_LEAST,
    "(含)以上": Bound.AT_LEAST,
    "或以上": Bound.AT_LEAST,
    "左右": Bound.ABOUT,
    "上下": Bound.ABOUT,
    "前后": Bound.ABOUT,
    "以内": Bound.LESS,
    "之内": Bound.LESS,
    "以下": Bound.LESS,
    "及以下": Bound.LESS,
    "内": Bound.LESS,
}

# What stands before a figure that names a thing instead of counting one (第, “N+X”, 每…).
FRAMES_BEFORE = ("第", "+", "＋", "每", "-", "－", "*", "×", "№", "#", "：1", "∶", "逢", "每隔", "“", "/")

# What stands behind one: 240国道, 12345热线, 75周年, 5G, 500强, 1—11月 ...
FRAMES_AFTER = """
    年 月 日 号 时 点 届 国道 省道 县道 高速 线 路 版 热线 周年 世纪 年代 强 级 型 式 + ＋ × * : ： ∶ x X 中全会 G省
    大 后 字 小时生活圈 分钟生活圈 小时经济圈 小时通勤圈 小时交通圈 小时不打烊 小时值班 小时在线 小时自助 小时全天候
    小时值守 分钟健身圈 分钟便民 分钟医疗 分钟养老 分钟就业 分钟文化 分钟社区 分钟阅读 分钟公共 小时高铁 小时都市
    小时达 小时城市 小时航空 小时出行 小时政务 小时服务 小时过境 分钟服务 分钟健身 分钟城市 分钟通勤 分钟体育
    分钟品质 分钟政务 分钟办事 小时自然 小时旅游 小时物流 小时交通 分钟步行 小时救援 分钟救援 米跑道
""".split()

# What is counted per what: 吨标准煤/万元, 微克/立方米.
PER = """
    平方米 平方公里 立方米 人 年 亩 公斤 斤 吨 天 日 月 人次 小时 秒 户 万元 元 度 公里 千瓦时 升 人·月 公顷 床 天次
    辆 件 次
""".split()

# Behind a power of money they make a class, no amount: 过亿元项目, 百亿级产业, 千亿元以上园区.
GRADES = tuple("级 以上 项目 企业 产业 园区 工程 规模 集群 元 技改 新能源 县 镇 村 强 增加值 工业 的".split())

# With one small spelled numeral they are no measures: 二元结构, 三米线.
SMALL_ABSTRACT_UNITS = frozenset(
    """
    元 米 里 岁
    """.split()
)

# What places in an order go with: 位居全省第一.
RANKED_BY = """
    居 列 排名 排 位次 保持 跃升 跃至 升至 名次 蝉联 夺得 获得 获 荣获 评比 考核 位 总分 全省 全国 全市 世界 全球
    名列
""".split()
MOVED = """
    前移 后移 上升 下降 提升 跃升 前进 晋升 退后
""".split()

# What is numbered with 第: 第十六届, 第四批, 第十四个五年规划, 第二大经济体. 产业, 方 and the like make names.
ORDINAL_UNITS = frozenset("届 次 批 轮 期 个 任 代 家 条 部 座 步 例 季度 阶段 梯队 方阵 大 站 名次 位次".split())

# What an elected body's meetings are counted by, behind its 届: 二十届三中全会, 八届四次全会.
SESSIONS = frozenset("中全会 次".split())
