"""What was added and what there is in all, held against a report: the one is never answered with the other."""

from __future__ import annotations

import re

from bot.answers.matching import Needle
from bot.answers.stocks import is_new, said_to_grow, tells_of_added
from bot.answers.words import table
from bot.reports.model import Metric

_ADDED_TO = ("新", "净增", "增加", "培育", "引进")  # verbs of what came to what there was
_REACHED = ("到", "至")  # 增加到884元 tells what there is
_GREW = ("增", "净增", "增加")  # no deeds: they say that there is more
# The verb of a list: 新增上市公司26家、|担保公司79家.
_SHARED = re.compile("(?:新(?:[增建设创获评添开改]|培育|引进|认定)|改扩建|净增|增加)[^，,。；;]*$")


def is_added(needle: Needle, metric: Metric) -> bool:
    """Whether a figure is what came to what there was: by its verb, its label, or the verb of the list it stands in."""
    if is_new(metric.label) or (metric.predicate.startswith(_ADDED_TO) and not metric.predicate.endswith(_REACHED)):
        return True
    return not metric.predicate and bool(_SHARED.search(needle.index.text[metric.quote_start : metric.start]))


def asks_for_added(needle: Needle, metric: Metric) -> bool:
    """Whether the question asks for what was added, or for the deed that added it: 签下来的项目 for 新签约项目."""
    deed = metric.predicate.removeprefix("新")
    return needle.question.adding or (deed not in _GREW and bool(needle.fits(deed)))


def is_no_addition(needle: Needle, metric: Metric) -> bool:
    """Whether the question asks by how much something grew and a figure says how much there is: 户籍人口58万人."""
    if not said_to_grow(needle.text) or said_to_grow(f"{metric.label} {metric.predicate}"):
        return False
    clause = needle.index.report.clauses[metric.clause]
    bare = not metric.predicate and not tells_of_added(needle.index.text[clause.start : metric.start])
    return metric.predicate in table("questions")["stock"]["verbs"] or bare
