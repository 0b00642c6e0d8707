"""Whose report it is and of which year, where the front says it in unusual ways."""

from bot.reports.files import source_of_text
from bot.reports.frontpage import DAY_AND_NAME
from bot.reports.gazetteer import short_name
from bot.reports.identity import place_of_file, year_of


def test_the_far_end_of_a_plan_is_not_the_year_of_a_report() -> None:
    assert year_of(["关于“九五”计划和2010年远景目标纲要的报告", "云泽-1996"]) == 1996


def test_a_files_name_tells_the_place_where_the_front_is_silent() -> None:
    assert place_of_file("省自治区-浙江省-1983") == "浙江省"
    assert place_of_file("云泽市-1983") == ""


def test_a_day_and_a_name_behind_a_title_may_stand_apart_or_together() -> None:
    for words in ("（2015年12月27日 王立云 ）", "（ 2015年12月27日 王立云）", "（2015年12月27日王立云）"):
        found = DAY_AND_NAME.search("云泽市政府工作报告" + words)
        assert found
        assert found[2] == "王立云"


def test_a_prefectures_short_form_is_not_the_province_of_that_name() -> None:
    assert short_name(short_name("海南藏族自治州")) == "海南州"
    assert short_name("海南省") == "海南"


def test_a_text_without_a_name_has_no_place_of_its_file() -> None:
    assert place_of_file(source_of_text("全市养老床位达到1.5万张。").name) == ""
