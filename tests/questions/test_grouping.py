from __future__ import annotations

from bot.questions.forms import form
from bot.questions.grouping import Group, groups
from bot.state.questions import Kept


def asked(*sayings: str) -> list[Kept]:
    return [
        Kept(str(at), said, form(said), "p", True, "not_found", 0.1, "", f"近{at}", "", 1, float(at))
        for at, said in enumerate(sayings)
    ]


def counts(found: list[Group]) -> dict[str, int]:
    return {group.said: group.count for group in found}


def test_near_duplicates_are_one_group_under_the_commonest_wording() -> None:
    rows = asked("停车位有多少个", "停车位有多少", "停车位有多少个", "地铁什么时候开通", "请问停车位有多少个")
    found = groups(rows)
    assert counts(found) == {"停车位有多少个": 4, "地铁什么时候开通": 1}
    assert found[0].latest == 4.0
    assert found[0].nearest == "近4"


def test_other_figures_are_never_one_group() -> None:
    assert len(groups(asked("2022年的共享单车有多少辆", "2021年的共享单车有多少辆"))) == 2


def test_what_is_asked_most_comes_first_and_then_the_latest() -> None:
    found = groups(asked("甲地铁几时通车", "彩票中奖号码", "彩票中奖号码", "明天下雨吗"))
    assert [group.said for group in found] == ["彩票中奖号码", "明天下雨吗", "甲地铁几时通车"]


def test_nothing_asked_is_no_group() -> None:
    assert groups([]) == []


def test_many_different_questions_are_grouped_in_time() -> None:
    rows = asked(*(f"第{chr(0x4E00 + n)}{chr(0x5E00 + n)}{chr(0x6E00 + n)}事办得怎样" for n in range(2500)))
    assert sum(group.count for group in groups(rows)) == 2500
