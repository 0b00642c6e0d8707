"""What the bench counts as right."""

from typing import Any

import pytest

from bench.cases import Case
from bench.judging import Said, Verdict, judge, quoted


def case(kind: str, quote: str = "", **gold: Any) -> Case:
    return Case(id="t1", report="yunze", question="?", kind=kind, noise="none", quote=quote, gold=gold)


BEDS = case("number", "全市养老床位达到1.5万张", value=15000, units=["张"])


@pytest.mark.parametrize(
    ("asked", "said", "verdict"),
    [
        (BEDS, Said("1.5万张", value=15000, unit="张"), Verdict.RIGHT),
        (BEDS, Said("1.5万张", value=1.5, unit="张"), Verdict.WRONG),
        (BEDS, Said("1.5万个", value=15000, unit="个"), Verdict.WRONG),
        (BEDS, None, Verdict.SILENT),
        (case("number", value=6.2, units=["%"]), Said("6.2‰", value=6.2, unit="‰"), Verdict.WRONG),
        (case("number", value=2300, units=["套（户）", "户"]), Said("2300户", value=2300, unit="户"), Verdict.RIGHT),
        (case("list", items=["白鹭县", "柳河县"]), Said("白鹭县、柳河县"), Verdict.RIGHT),
        (case("list", items=["白鹭县", "柳河县"]), Said("白鹭县"), Verdict.WRONG),
        (case("list", items=["白鹭县"], forbid=["松岭县"]), Said("白鹭县、松岭县"), Verdict.WRONG),
        (case("text", any=["三问三答"]), Said("“三问三答”议事法"), Verdict.RIGHT),
        (case("text", any=["三问三答"]), Said("三问三答" + "长" * 200), Verdict.WRONG),
        (case("passage", any=["提案工作更重质量"]), Said("办结率100%", section="提案工作更重质量"), Verdict.RIGHT),
        (case("none"), None, Verdict.RIGHT),
        (case("none"), Said("1.5万张", value=15000, unit="张"), Verdict.INVENTED),
    ],
)
def test_an_answer_is_right_if_it_says_what_the_report_says(asked: Case, said: Said | None, verdict: Verdict) -> None:
    assert judge(asked, said) is verdict


def test_a_quote_is_right_if_it_holds_the_right_one_or_lies_within_it() -> None:
    assert quoted(BEDS, Said("1.5万张", quote="提出建议,全市养老床位达到1.5万张"))
    assert quoted(BEDS, Said("1.5万张", quote="养老床位达到1.5万张"))
    assert not quoted(BEDS, Said("1.5万张", quote="建成社区食堂46处"))
    assert not quoted(BEDS, None)
