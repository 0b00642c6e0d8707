"""Questions about a report as a whole are answered with its headings, and no others are."""

from __future__ import annotations

import pytest

from bot.answers.model import Answer, Kind, NotFound
from bot.library import Library
from bot.reports.chapters import planned, reviewed
from tests.answers.saying import answered, library_of

AHEAD = "坚持党的领导,握紧政治引领方向盘"
DONE = "强化理论武装,把牢政治方向之舵"


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("明年干啥", AHEAD, "强化自身建设,塑造担当作为新风貌"),
        ("明年有什麼打算？", AHEAD, "强化自身建设,塑造担当作为新风貌"),
        ("菏泽政协下一步怎么干", AHEAD, "强化自身建设,塑造担当作为新风貌"),
        ("2025年的重点工作是什么", AHEAD, "强化自身建设,塑造担当作为新风貌"),
        ("去年都干了些啥呀", DONE, "狠抓自身建设,提升高效履职之能"),
        ("2024年主要做了哪些工作", DONE, "狠抓自身建设,提升高效履职之能"),
        ("取得了哪些成绩", DONE, "狠抓自身建设,提升高效履职之能"),
        ("这份报告讲了什么", DONE, "强化自身建设,塑造担当作为新风貌"),
    ],
)
def test_the_headings_answer_what_is_asked_of_the_whole(seed: Library, said: str, first: str, last: str) -> None:
    found = answered(seed, said)
    assert (found.kind, found.items[0], found.items[-1]) == (Kind.LIST, first, last)
    assert all(any(item in one.quote for one in (found.evidence, *found.also)) for item in found.items)


@pytest.mark.parametrize(
    "said",
    [
        "2022年做了什么",  # a year that no heading has
        "曹县明年干啥",  # a place below
        "今年有啥好事",  # words that are none of the table's
        "谁写的报告",
        "2025年有几项任务",
    ],
)
def test_a_question_that_asks_for_more_or_other_is_none_of_the_whole(seed: Library, said: str) -> None:
    found = seed.ask(said)
    assert not isinstance(found, Answer) or len(found.items) < 2


def test_what_was_done_and_what_is_to_be_done_are_known_by_their_headings(yunze: Library) -> None:
    titles = {
        report.id: tuple(report.sections[one].title for one in (reviewed(report), planned(report)) if one is not None)
        for report in yunze.reports
    }
    assert titles["yunze-zhengxie-2023"] == ("2023年主要工作", "2024年主要任务")
    assert titles["yunze-tongji-2023"] == ()


TROUBLED = """云泽市人民政府工作报告（2024年）

一、2023年工作回顾
改造老旧小区120个。
同时，我们也清醒地看到，发展中还有不少短板。主要是：产业层次不高；停车难、入园难没有解决。对此，我们将认真改进。

二、2024年工作安排
（一）做强产业。
（二）改善民生。改造老旧小区150个。
"""


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("reports"), TROUBLED)


@pytest.mark.parametrize("said", ["存在哪些问题", "还有啥不足和困难", "2023年面临什么挑战？"])
def test_what_is_not_well_is_said_in_the_reports_own_sentences(troubled: Library, said: str) -> None:
    found = answered(troubled, said)
    assert found.text.startswith("同时，我们也清醒地看到")
    assert "入园难没有解决" in found.evidence.quote
    assert found.evidence.path[-1] == "2023年工作回顾"


def test_a_report_that_names_no_troubles_has_none(seed: Library) -> None:
    assert isinstance(seed.ask("存在哪些问题"), NotFound)


@pytest.mark.parametrize(
    ("said", "figure"), [("老旧小区今年改造多少个", "150个"), ("去年改造了多少个老旧小区", "120个")]
)
def test_this_year_is_the_one_people_call_the_report_by(troubled: Library, said: str, figure: str) -> None:
    assert answered(troubled, said).text == figure
