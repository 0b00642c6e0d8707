"""How a figure is named: what is counted, what was done to it, and whose it is."""

from __future__ import annotations

from bot.reports.model import Metric, Report

# Verbs that only say how much there is and add nothing to a name; other verbs stay in it. From the verbs that stand
# before quantities in reports.
PLAIN_PREDICATES = frozenset(
    (
        *("", "达", "达到", "为", "是", "有", "共", "共有", "达成", "完成", "实现", "超", "超过", "突破", "累计"),
        *("发展到", "发展至", "总数达", "总量达", "总数达到", "总量达到", "约", "近", "逾"),
    )
)
# Words for a bound that stand before a figure and belong to it, the longest first.
BOUNDS_BEFORE = ("不少于", "不低于", "不超过", "超过", "突破", "不足", "大约", "近", "超", "逾", "约")

RATES = frozenset(("%", "‰", "个百分点", "倍", "成"))


def metric_name(report: Report, metric: Metric, place: str = "") -> str:
    """What is counted, and whose it is where that is neither the report's own nor `place`'s: 曹县 · 新增学位."""
    what, verb = metric.label, metric.predicate
    if verb not in PLAIN_PREDICATES and verb not in what:
        what = f"{what}{verb}" if _follows(report, metric) else f"{verb}{what}"
    own = ("", place, report.place, report.body)
    owners = [owner for owner in (metric.place, metric.actor) if owner not in own and owner not in what]
    if len(owners) == 2 and owners[0] in owners[1]:
        owners.pop(0)
    return " · ".join([*owners, what or metric.unit])


def as_written(text: str, metric: Metric) -> str:
    """A metric as the report (its `text`) writes it, with the bound before it: 近80万人次."""
    before = next((word for word in BOUNDS_BEFORE if text.endswith(word, metric.quote_start, metric.start)), "")
    return before + metric.raw + metric.written_unit


def _follows(report: Report, metric: Metric) -> bool:
    """Whether the verb comes after what is counted, as the quote has it; where it names neither, a rate grows."""
    quote = report.text[metric.quote_start : metric.quote_end]
    label, verb = quote.find(metric.label), quote.rfind(metric.predicate)
    return label < verb if min(label, verb) >= 0 else metric.unit in RATES
