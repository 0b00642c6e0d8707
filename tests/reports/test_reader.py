"""From a source to a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.reports import Part, Report, ReportError, Source, read_report, report_of
from bot.reports.identity import body_of, place_of, years_in
from tests.reports.sample import REPORT

SEED = Path(__file__).parents[2] / "seeds" / "heze-cppcc-2024.txt"


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of(Source("yunze-2024", REPORT))


@pytest.fixture(scope="module")
def seed() -> Report:
    return read_report(SEED)


def test_a_report_says_whose_it_is(report: Report) -> None:
    assert (report.title, report.body, report.place, report.year) == ("政府工作报告", "市政府", "云泽市", 2024)
    assert (report.author, report.source, report.published) == ("周明远", "云泽日报", "2024-01-20 08:30")
    assert report.years == (2023, 2024)
    assert report.warnings == ()


def test_its_text_is_untouched_and_its_leaves_are_the_text(report: Report) -> None:
    assert report.text == REPORT
    assert "".join(REPORT[a:b] for a, b in report.tree.leaves()) == REPORT


def test_its_tree_keeps_body_and_edges_apart(report: Report) -> None:
    shape = [(section.level, section.part, section.title) for section in report.sections[1:]]
    assert shape == [
        (1, Part.FURNITURE, ""),
        (1, Part.TITLE, "政 府 工 作 报 告"),
        (1, Part.FURNITURE, ""),
        (1, Part.TITLE, ""),
        (1, Part.BODY, "2023年工作回顾"),
        (2, Part.BODY, "产业发展提档升级"),
        (2, Part.BODY, "城乡面貌持续改善"),
        (3, Part.BODY, "老城更新稳步推进"),
        (3, Part.BODY, "乡村建设加快实施"),
        (3, Part.BODY, "生态环境不断向好"),
        (1, Part.BODY, "2024年主要任务"),
        (2, Part.BODY, "坚定不移做强制造业"),
        (2, Part.BODY, "坚定不移扩大投资"),
        (1, Part.APPENDIX, "名词解释"),
        (1, Part.FURNITURE, ""),
    ]


def test_its_clauses_know_their_sections(report: Report) -> None:
    clause = next(c for c in report.clauses if "4600个" in REPORT[c.start : c.end])
    assert clause.path == ("2023年工作回顾", "城乡面貌持续改善", "老城更新稳步推进")
    assert report.sections[clause.section].title == "老城更新稳步推进"
    footer = next(c for c in report.clauses if "ICP" in REPORT[c.start : c.end])
    assert footer.part is Part.FURNITURE


def test_none_of_the_furniture_s_numbers_is_a_metric(report: Report) -> None:
    assert all(report.clauses[metric.clause].part is not Part.FURNITURE for metric in report.metrics)


def test_its_facts_and_places_are_found(report: Report) -> None:
    facts = {fact.name: fact.value for fact in report.facts}
    assert facts["报告人"] == "周明远"
    assert facts["职务"] == "云泽市市长"
    assert facts["作报告日期"] == "2024年1月18日"
    assert facts["会议"] == "云泽市第九届人民代表大会第三次会议"
    assert facts["公网安备号"] == "泽公网安备 12345678901234号"
    assert report.places == ("白鹭县", "柳河县", "松岭县", "青石区")


def test_the_seed_report_has_its_parts(seed: Report) -> None:
    assert seed.title == "中国人民政治协商会议第十六届菏泽市委员会常务委员会工作报告(摘要)"
    assert (seed.body, seed.place, seed.year, seed.author) == ("市政协", "菏泽市", 2024, "王卫东")
    parts = [section for section in seed.sections if section.level == 1 and section.part is Part.BODY]
    assert [part.title for part in parts] == ["2024年主要工作", "2025年主要任务"]
    assert [[child.number for child in part.children] for part in parts] == [list("一二三四五")] * 2
    assert [len(child.children) for child in parts[0].children] == [3, 3, 3, 3, 2]
    assert [len(child.children) for child in parts[1].children] == [0] * 5


def test_the_seed_report_names_nine_counties_and_the_new_area(seed: Report) -> None:
    named = {"牡丹区", "定陶区", "曹县", "单县", "成武县", "巨野县", "郓城县", "鄄城县", "东明县", "鲁西新区"}
    assert set(seed.places) == named


def test_a_text_without_headings_is_one_section_with_a_warning() -> None:
    report = report_of(Source("notes", "全年新增停车泊位4600个。\n改造老旧小区23个，惠及居民1.2万户。\n"))
    assert len(report.sections) == 1
    assert report.warnings == ("没有找到标题，整篇作为一节",)


@pytest.mark.parametrize("text", ["", " \n\u3000\r\n", "您当前位置：首页 > 正文\n责任编辑：\n"])
def test_a_text_without_a_body_is_refused(text: str) -> None:
    with pytest.raises(ReportError, match="没有正文"):
        report_of(Source("empty", text))


def test_furniture_that_the_container_marks_stays_out_of_the_body() -> None:
    text = "首页 新闻 统计数据\n一、综合\n全年完成投资20亿元，比上年增长3%，各项工作取得新的进展。\n"
    text += "推荐：另一篇文章\n二、农业\n粮食产量25万吨，继续增长。"
    ad = text.index("推荐")
    report = report_of(Source("page", text, furniture=((0, 10), (ad, ad + 8))))
    parts = {text[clause.start : clause.end]: clause.part for clause in report.clauses}
    assert parts["首页 新闻 统计数据"] is Part.FURNITURE
    assert parts["推荐：另一篇文章"] is Part.FURNITURE
    assert [section.title for section in report.sections if section.part is Part.BODY][1:] == ["综合", "农业"]


def test_a_day_alone_in_the_front_is_the_year_before_the_headings_are() -> None:
    text = "云泽市政府工作报告\n**（2005年2月22日）**\n各位代表：\n一、2004年的工作\n新建公厕30座，群众反映良好。\n"
    assert report_of(Source("x", text)).year == 2005


def test_behind_the_goals_all_is_planned_whatever_the_titles_say() -> None:
    text = "2024年云泽市政府工作报告\n各位代表：\n一、顺势而为，开创新局\n"
    text += "新建公厕30座，群众反映良好，完成了年初确定的主要目标。\n"
    text += "二、乘势而上，再谱新篇\n今年的主要预期目标建议为：粮食产量60万吨。\n"
    text += "（一）在城乡建设上取得新突破\n新建学校8所，改造老旧小区20个。\n"
    text += "三、强化自身建设\n取消审批事项9项，办好实事10件。\n"
    report = report_of(Source("x", text))
    planned = {metric.raw: (metric.period, metric.target) for metric in report.metrics}
    assert planned["30座"] == ("2023", False)
    assert {planned[raw] for raw in ("60万吨", "8所", "20个", "9项", "10件")} == {("2024", True)}


def test_what_the_container_says_fills_the_gaps() -> None:
    meta = {
        "title": "2024年云泽市政府工作报告",
        "url": "https://yunze.example/1",
        "date": "2024-01-22",
        "source": "市府办",
    }
    report = report_of(Source("x", "各位代表：\n一、工作回顾\n完成投资20亿元。\n", meta))
    assert (report.title, report.place, report.body, report.year) == (meta["title"], "云泽市", "市政府", 2024)
    assert (report.url, report.published, report.source) == (meta["url"], meta["date"], meta["source"])


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("2024年云泽市政府工作报告2024年云泽市政府工作报告", "2024年云泽市政府工作报告"),
        ("云泽市政府工作报告_云泽市政府工作报告", "云泽市政府工作报告"),
        ("云泽市第九届人大第二次会议关于云泽市人民政府工作报告的决议", "云泽市人民政府工作报告"),
        ("云泽市第九届人大第二次会议关于云泽市预算报告的决议", "云泽市第九届人大第二次会议关于云泽市预算报告的决议"),
    ],
)
def test_a_containers_title_is_said_once_and_is_the_reports_not_its_resolutions(given: str, title: str) -> None:
    passed = "会议认为，报告实事求是地总结了过去一年的工作。会议决定批准这个报告，并号召全市上下为落实它共同努力。"
    text = f"（2024年1月22日通过）\n{passed}\n**政府工作报告**\n一、工作回顾\n完成投资20亿元。\n"
    assert report_of(Source("x", text, {"title": given})).title == title


@pytest.mark.parametrize(
    ("front", "place", "body"),
    [
        ("中国人民政治协商会议第九届云泽市委员会常务委员会工作报告", "云泽市", "市政协"),
        ("白鹭县2022年国民经济和社会发展统计公报", "白鹭县", "县统计局"),
        ("——2016年2月19日在青石区第四届人民代表大会第五次会议上的政府工作报告", "青石区", "区政府"),
        ("2026年青海省政府工作报告", "青海省", "省政府"),
        ("在第十一届全国人民代表大会第三次会议上 国务院总理作政府工作报告", "全国", "国务院"),
    ],
)
def test_the_front_tells_place_and_body(front: str, place: str, body: str) -> None:
    assert place_of([front]) == place
    assert body_of([front], place) == body


def test_the_title_tells_the_body_before_the_offices_of_the_speaker_do() -> None:
    assert body_of(["云泽市人民政府工作报告", "省政协副主席云泽市市长"], "云泽市") == "市政府"


def test_years_are_read_in_any_digits() -> None:
    assert years_in("２００９年、二〇一〇年、2011年和20042人") == [2009, 2010, 2011]
