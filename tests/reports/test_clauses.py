"""Clauses: where they end, and that their spans are exact."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reports.clauses import clauses_of
from bot.reports.outline import outline
from bot.reports.paragraphs import join_broken, lines_of


def clauses(text: str) -> list[str]:
    return [text[a:b] for a, b, _ in spans(text)]


def spans(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    paragraphs = join_broken(text, lines_of(text))
    sections = tuple(outline(text, paragraphs, (), (0, 0)).walk())
    return [(clause.start, clause.end, clause.path) for clause in clauses_of(text, sections, paragraphs)]


def test_clauses_end_at_full_stops_and_semicolons_of_both_widths() -> None:
    assert clauses("收到意见20条;采纳12条；其余转办。办结了吗？办结了！") == [
        "收到意见20条;",
        "采纳12条；",
        "其余转办。",
        "办结了吗？",
        "办结了！",
    ]


def test_a_clause_ends_with_its_line() -> None:
    assert clauses("农业稳步发展\n\n　　工业加快转型\r\n") == ["农业稳步发展", "工业加快转型"]


def test_a_sentence_broken_over_two_lines_is_one_clause() -> None:
    first = "全市新修农村公路85公里。柳河县建成饮水工程12处，白鹭县完成厕所改造3100座，松岭县新建学校，"
    assert clauses(first + "\n\n青石区新建医院。")[1].endswith("松岭县新建学校，\n\n青石区新建医院。")


def test_quotes_and_brackets_are_not_cut() -> None:
    text = "印发《若干意见（试行；修订）》，提出“先规划。后建设”的要求。会议强调：“必须落实。”随后部署。"
    assert clauses(text) == [
        "印发《若干意见（试行；修订）》，提出“先规划。后建设”的要求。",
        "会议强调：“必须落实。”",
        "随后部署。",
    ]


def test_a_quote_that_is_never_closed_does_not_swallow_the_paragraph() -> None:
    assert clauses("提出“先规划。后建设。再管理。") == ["提出“先规划。", "后建设。", "再管理。"]


def test_a_title_is_a_clause_of_its_own_with_its_path() -> None:
    text = "一、城乡建设\n（一）老城更新推进。改造老旧小区23个。"
    assert [(text[a:b], path) for a, b, path in spans(text)] == [
        ("一、城乡建设", ("城乡建设",)),
        ("（一）老城更新推进", ("城乡建设", "老城更新推进")),
        ("改造老旧小区23个。", ("城乡建设", "老城更新推进")),
    ]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="一、（）“”《》。；;！\n\r 　甲乙丙1.*#", max_size=80))
def test_clauses_lie_in_order_and_leave_out_only_blanks_and_signs(text: str) -> None:
    at = 0
    for start, end, _ in spans(text):
        assert at <= start < end
        assert not text[at:start].strip(" 　\r\n。*#"), text
        at = end
    assert not text[at:].strip(" 　\r\n。*#")
