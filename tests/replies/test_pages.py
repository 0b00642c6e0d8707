from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies.actions import ListMetrics, decode
from bot.replies.model import Run, Style
from bot.replies.pages import Draft, cut, page_of, paginate, utf16

TEXTS = st.text(alphabet="云泽市养老床位1.5万张，。；、\n 😀", max_size=120)
RUNS = st.lists(st.builds(Run, TEXTS, st.sampled_from(Style)), max_size=12)


def _flat(runs: list[tuple[Run, ...]]) -> str:
    return "".join("".join(run.text for run in page).replace("\n", "") for page in runs)


@given(RUNS, st.integers(20, 90))
def test_pages_hold_all_of_the_text_and_none_is_too_long(runs: list[Run], units: int) -> None:
    pages = paginate(runs, units)
    whole = "".join(run.text for run in runs)
    assert _flat(pages).replace(" ", "") == whole.replace("\n", "").replace(" ", "")
    assert all(sum(utf16(run.text) for run in page) <= units for page in pages)
    assert all("".join(run.text for run in page).strip() for page in pages) or not whole.strip()


@given(st.text(max_size=200), st.integers(2, 80))
def test_a_cut_never_exceeds_the_units_and_always_moves_on(text: str, units: int) -> None:
    at = cut(text, units)
    assert utf16(text[:at]) <= units
    assert at > 0 or not text


@pytest.mark.parametrize(
    ("text", "units", "first"),
    [
        ("全市养老床位达到1.5万张。建成社区食堂46处。", 20, "全市养老床位达到1.5万张。"),
        ("新增学位2400个；化解纠纷120余起。", 15, "新增学位2400个；"),
        ("一行\n又是一行很长的字", 8, "一行\n又是一行很"),
        ("前面的一行字\n又是一行", 9, "前面的一行字\n"),
        ("没有任何停顿的一长串文字", 5, "没有任何停"),
        ("😀😀😀", 3, "😀"),
    ],
)
def test_a_text_is_cut_where_a_reader_pauses_but_not_before_half(text: str, units: int, first: str) -> None:
    assert text[: cut(text, units)] == first


def test_a_quote_that_fits_a_page_is_not_cut() -> None:
    quote = "松岭县新增学位2400个，" * 5
    runs = [Run("数字" * 20 + "\n\n"), Run(quote, Style.QUOTE), Run("\n"), Run("2024年主要工作", Style.FAINT)]
    pages = paginate(runs, 90)
    assert [run.text for page in pages for run in page if run.style is Style.QUOTE] == [quote]


def test_one_page_has_no_footer_and_no_buttons_to_turn() -> None:
    reply = page_of(Draft((Run("短"),), again=ListMetrics(0, "0a1b2c3d")), 0, 3500)
    assert reply.text == "短"
    assert reply.buttons == ()
    assert not reply.replaces


@pytest.mark.parametrize(
    ("number", "turns", "replaces"), [(0, [2], False), (2, [1, 3], True), (99, [2], True), (1, [2], True)]
)
def test_pages_turn_in_one_message_and_stop_at_both_ends(number: int, turns: list[int], replaces: bool) -> None:
    lines = tuple(Run(f"第{n}行没有数字\n") for n in range(30))
    reply = page_of(Draft(lines, again=ListMetrics(0, "0a1b2c3d")), number, 130)
    pressed = [decode(button.action) for row in reply.buttons for button in row]
    assert [action.page for action in pressed if isinstance(action, ListMetrics)] == turns
    assert reply.replaces is replaces
    assert "页" in reply.runs[-1].text
