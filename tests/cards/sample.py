"""Figures of the made-up city as cards meet them: short and very long names, long and odd values."""

from __future__ import annotations

from dataclasses import replace

from bot.reports.model import Metric
from tests.replies.city import report

NEW = report(2024)
OLD = report(2023, beds="1.2万张", people="6500人")
BEDS = replace(NEW.metrics[2], value=15000.0, period="2024")
BEDS_BEFORE = replace(OLD.metrics[2], value=12000.0, period="2023")

SHORT = "路"
LONG = "居家社区机构相协调的养老服务设施改造提升和护理人员培训补贴项目"
TITLES = ("《云泽日报》《白鹭新闻》《柳河之声》等市级以上主流媒体刊发的协商民主专题报道“溪畔商量”", "5G+AI", "Wi-Fi6")
VALUES = ("1.5万张", "４０７００万千瓦时", "超过123456789.12亿立方米", "三分之一", "10—15个", "98.6%", "两")


def named(label: str, raw: str = "1.5万张", **more: object) -> Metric:
    """A figure with this name and value; its quote is another's, which no card minds."""
    return replace(BEDS, label=label, raw=raw, predicate="", **more)


def twelve() -> list[Metric]:
    """Names of all lengths over values of all kinds, some of another year or planned."""
    labels = [SHORT, LONG, "养老床位", TITLES[0], *TITLES[1:], LONG[:12], LONG[3:20], "新增学位", LONG, SHORT, "公里"]
    return [
        named(label, VALUES[at % len(VALUES)], period="2011-2015" if at % 5 == 1 else "2024", target=at % 4 == 3)
        for at, label in enumerate(labels)
    ]
