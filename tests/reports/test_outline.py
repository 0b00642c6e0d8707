"""The tree: what is a section, what stands inside what, and that nothing of the text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reports.headings import headings_of
from bot.reports.marks import count, read_mark
from bot.reports.model import Part, Section
from bot.reports.outline import outline
from bot.reports.paragraphs import join_broken, lines_of

PROSE = "全年完成投资二十亿元，比上年有所增长，各项工作取得了新的进展，群众生活继续改善，社会保持和谐稳定。"


def tree_of(text: str) -> Section:
    return outline(text, join_broken(text, lines_of(text)), (), (0, 0))


def titles(section: Section) -> list[object]:
    """The tree as nested lists: a title, then the list of what stands below it."""
    shape: list[object] = []
    for child in section.children:
        shape.append(child.title)
        if child.children:
            shape.append(titles(child))
    return shape


@pytest.mark.parametrize(
    ("line", "number", "value"),
    [
        ("一、工作回顾", "一", 1),
        ("（十二）改革", "十二", 12),
        ("(三)改革", "三", 3),
        ("1.项目", "1", 1),
        ("１２、项目", "１２", 12),
        ("（4）项目", "4", 4),
        ("④项目", "④", 4),
        ("第一，项目", "第一", 1),
        ("五是项目", "五是", 5),
        ("**二、项目**", "二", 2),
        ("——**项目。**", "", 0),
    ],
)
def test_a_mark_is_read_with_its_number(line: str, number: str, value: int) -> None:
    mark = read_mark(line, 0, len(line))
    assert mark is not None
    assert (mark.number, mark.value) == (number, value)


@pytest.mark.parametrize(
    "line", ["1.5亿元投资", "2.2万名职工", "一、二、三产业", "一二产业", "2016年安排", "第一产业增长"]
)
def test_figures_and_words_that_look_like_marks_are_none(line: str) -> None:
    assert read_mark(line, 0, len(line)) is None


def test_numerals_count() -> None:
    assert [count(numeral) for numeral in ("一", "十", "十五", "二十", "二十三", "⑪", "７")] == [
        1,
        10,
        15,
        20,
        23,
        11,
        7,
    ]


def test_marks_nest_in_the_order_in_which_the_report_uses_them() -> None:
    usual = f"一、甲部分\n（一）子项\n1.细项\n{PROSE}\n2.细目\n{PROSE}\n（二）另项\n{PROSE}\n二、乙部分\n{PROSE}"
    assert titles(tree_of(usual)) == ["甲部分", ["子项", ["细项", "细目"], "另项"], "乙部分"]
    turned = f"1.甲部分\n（一）子项\n{PROSE}\n（二）另项\n{PROSE}\n2.乙部分\n（一）再项\n{PROSE}\n（二）末项\n{PROSE}"
    assert titles(tree_of(turned)) == ["甲部分", ["子项", "另项"], "乙部分", ["再项", "末项"]]


def test_numbering_begins_again_in_each_part() -> None:
    first = f"**2023年工作回顾**\n1.甲项目\n{PROSE}\n2.乙项目\n{PROSE}\n"
    text = first + f"2024年工作安排\n1.丙项目\n{PROSE}\n2.丁项目\n{PROSE}"
    assert titles(tree_of(text)) == ["2023年工作回顾", ["甲项目", "乙项目"], "2024年工作安排", ["丙项目", "丁项目"]]


def test_a_run_in_title_is_a_span_of_its_paragraph() -> None:
    text = f"（一）城乡面貌改善。{PROSE}"
    section = tree_of(text).children[0]
    assert (section.title, section.number) == ("城乡面貌改善", "一")
    assert text[section.title_start : section.title_end] == "城乡面貌改善"
    assert (section.start, section.end) == (0, len(text))


def test_one_paragraph_may_hold_several_sections() -> None:
    text = "2024年主要任务\n\n一、抓好项目,扩大投资。" + PROSE + "二、稳定就业。" + PROSE + "三、保护生态。" + PROSE
    assert titles(tree_of(text)) == ["2024年主要任务", ["抓好项目,扩大投资", "稳定就业", "保护生态"]]


def test_paragraphs_are_named_by_their_first_sentence_where_most_begin_so() -> None:
    text = f"一、城乡建设\n{PROSE}\n老城更新推进。{PROSE}\n“乡村‘1+4’”建设加快。{PROSE}\n生态环境向好。{PROSE}\n"
    text += f"二、其他\n短句。{PROSE}"
    assert titles(tree_of(text)) == ["城乡建设", ["老城更新推进", "“乡村‘1+4’”建设加快", "生态环境向好"], "其他"]


def test_a_sentence_with_figures_is_no_title() -> None:
    text = f"一、城乡建设\n改造小区23个。{PROSE}\n新增泊位460个。{PROSE}"
    assert titles(tree_of(text)) == ["城乡建设"]


def test_lines_that_end_with_a_full_stop_above_long_paragraphs_are_headings() -> None:
    text = f"一、工作回顾\n{PROSE}\n经济持续向好。\n{PROSE}{PROSE}\n民生不断改善。\n实施工程。{PROSE}{PROSE}"
    assert titles(tree_of(text)) == ["工作回顾", ["经济持续向好", "民生不断改善"]]


def test_words_to_the_house_end_the_sections_before_them() -> None:
    text = f"一、工作回顾\n（一）甲项。{PROSE}\n（二）乙项。{PROSE}\n各位代表！成绩来之不易。\n二、任务\n{PROSE}"
    tree = tree_of(text)
    part = tree.children[0]
    assert text[part.children[-1].end : part.end].startswith("各位代表！")


def test_items_of_one_sentence_are_no_sections() -> None:
    text = f"一、总体要求\n{PROSE}\n——坚持创新；\n——坚持协调；\n——坚持绿色。\n一是坚持学习，二是坚持实干。"
    assert titles(tree_of(text)) == ["总体要求"]


def test_markdown_headings_nest_by_their_depth() -> None:
    text = f"# 工作回顾\n## 一、工业\n{PROSE}\n## 二、农业\n{PROSE}\n# 任务\n（一）投资。{PROSE}"
    assert titles(tree_of(text)) == ["工作回顾", ["工业", "农业"], "任务", ["投资"]]


def test_lines_of_a_table_are_no_headings() -> None:
    text = f"一、指标\n{PROSE}\n青石区\n白鹭县\n柳河县\n松岭县\n{PROSE}"
    assert titles(tree_of(text)) == ["指标"]


def test_a_text_without_headings_is_one_section() -> None:
    tree = tree_of(PROSE)
    assert tree.children == ()
    assert tree.part is Part.BODY


LINES = st.sampled_from(
    [
        "一、工作回顾",
        "二、主要任务",
        "（一）经济运行向好。" + PROSE,
        "(二)民生改善",
        "**2024年工作安排**",
        "**加快建设。**" + PROSE,
        "2023年工作",
        "1.项目建设",
        "2．" + PROSE,
        "——城市更新。" + PROSE,
        "一是抓项目。" + PROSE,
        "一、甲。正文在此。二、乙。正文在彼。三、丙。" + PROSE,
        "老城更新推进。" + PROSE,
        "经济向好。",
        "## 二、标题",
        "####### 过深",
        "****",
        "**",
        "各位代表！",
        "第一，项目。" + PROSE,
        "　　缩进的段落，" + PROSE[:20],
        "",
        "。",
        "，接上一行",
        PROSE,
        "\r",
        "① 项",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES | st.text(alphabet="一二、（）。*#1.—是 \n\r各位", max_size=12), max_size=25))
def test_the_leaves_joined_are_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    tree = tree_of(text)
    assert "".join(text[start:end] for start, end in tree.leaves()) == text
    for section in tree.walk():
        assert text[section.title_start : section.title_end] == section.title
        at = section.start
        for child in section.children:
            assert at <= child.start < child.end <= section.end
            assert child.start <= child.title_start <= child.title_end <= child.end
            at = child.end


def test_headings_are_found_without_backtracking() -> None:
    text = "。\n".join(("（一" * 2000, "一、" * 2000, "**" * 2000, "“" * 4000))
    assert len(headings_of(text, join_broken(text, lines_of(text)))) == 4
