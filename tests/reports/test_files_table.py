"""Reading CSV: which cell is the report."""

import csv
import io

import pytest

from bot.reports.files import decode_source
from bot.reports.model import ReportError

REPORT = (
    "云泽市政府工作报告\r\n各位代表：\n全市养老床位达到“3.7万张”,增长5%；\n"
    + "新增停车泊位1200个，群众出行更加方便。\n" * 200
)


def table(*rows: tuple[str, ...], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_text_is_one_cell_letter_for_letter_and_the_others_are_meta(delimiter: str, encoding: str) -> None:
    head = ("province", "title", "source_url", "publish_date", "full_text", "备注")
    data = table(head, ("云省", "报告", "http://x", "2026-01-31", REPORT, ""), delimiter=delimiter, encoding=encoding)
    source = decode_source(data, "云泽.csv")
    assert source.text == REPORT
    assert dict(source.meta) == {"province": "云省", "title": "报告", "url": "http://x", "date": "2026-01-31"}
    assert source.warnings == ()


def test_a_column_of_another_name_is_found_by_its_prose() -> None:
    source = decode_source(table(("编号", "稿件"), ("1", REPORT)), "a.csv")
    assert (source.text, source.meta) == (REPORT, {"编号": "1"})


def test_a_single_row_without_a_header_is_a_record() -> None:
    assert decode_source(table(("报告", REPORT)), "a.csv").text == REPORT


def test_of_several_reports_the_first_is_read_with_a_warning() -> None:
    data = table(("title", "text"), ("缺", ""), ("甲", REPORT), ("乙", "另" + REPORT))
    source = decode_source(data, "a.csv")
    assert (source.text, source.meta["title"]) == (REPORT, "甲")
    assert "第 2 条" in source.warnings[0]


def test_rows_of_single_paragraphs_are_joined_in_order() -> None:
    lines = [f"第{n}段，全市养老床位达到3.7万张，比上年增加两千多张，增长百分之五点三。" for n in range(3)]
    source = decode_source(table(("id", "content"), *((str(n), line) for n, line in enumerate(lines))), "a.csv")
    assert source.text == "\n".join(lines)
    assert "3 行短文" in source.warnings[0]


def test_an_unclosed_quote_is_a_warning() -> None:
    source = decode_source(f'title,full_text\n报告,"{REPORT}'.encode(), "a.csv")
    assert source.text == REPORT
    assert "引号" in source.warnings[0]


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (
            table(("指标", "单位", "2022", "2023"), ("地区生产总值", "亿元", "1", "2")),
            "没有正文列.*指标、单位、2022、2023",
        ),
        (table(("指标", "full_text"), ("养老床位", "")), "没有正文列"),
        (b",\n" * 100_000, "没有文字"),
        (b"," * 500_000, "上限 400000 字"),
    ],
)
def test_tables_without_a_text_column_are_refused(data: bytes, seen: str) -> None:
    with pytest.raises(ReportError, match=seen):
        decode_source(data, "表.csv")
