from __future__ import annotations

import sys
import zlib
from dataclasses import replace

import pytest

from bot import cards
from bot.cards import press
from bot.cards.draw import comparison_content, grid_content, single_content
from bot.cards.overview import glance_content
from bot.cards.phrases import figure, phrase
from tests.cards.sample import BEDS, BEDS_BEFORE, LONG, NEW, OLD, TITLES, named, twelve

HEAVIEST = 300 * 1024


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG, all of whose chunks are whole."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    at, kinds = 8, []
    while at < len(picture):
        length = int.from_bytes(picture[at : at + 4], "big")
        body = picture[at + 4 : at + 8 + length]
        assert zlib.crc32(body) == int.from_bytes(picture[at + 8 + length : at + 12 + length], "big")
        kinds.append(body[:4])
        at += 12 + length
    assert (kinds[0], kinds[-1]) == (b"IHDR", b"IEND")
    return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")


@pytest.mark.parametrize("theme", cards.THEMES)
def test_every_kind_is_a_png_of_the_promised_width_and_weight(theme: str) -> None:
    pictures = {
        "single": cards.single(NEW, BEDS, theme),
        "grid": cards.grid(NEW, twelve(), LONG, theme),
        "glance": cards.glance(NEW, theme),
        "comparison": cards.comparison("养老床位", [(OLD, BEDS_BEFORE), (NEW, BEDS)], theme),
    }
    for kind, picture in pictures.items():
        width, height = size_of(picture)
        assert width == 1080, kind
        assert height <= (1080 if kind == "single" else 2000), kind
        assert len(picture) <= HEAVIEST, kind


def test_a_glance_of_a_long_report_keeps_its_weight() -> None:
    many = tuple(replace(one, label=f"{one.label}{mark}") for mark in "甲乙丙丁戊己庚辛壬癸" for one in NEW.metrics)
    assert len(cards.glance(replace(NEW, metrics=many, title=LONG * 2))) <= HEAVIEST


def test_the_same_card_is_the_same_picture_every_time() -> None:
    assert cards.single(NEW, BEDS) == cards.single(NEW, BEDS)
    assert cards.single(NEW, BEDS) != cards.single(NEW, BEDS, "dark")


@pytest.mark.parametrize(
    "evil", ['#panic("x")', '"]; #read("common.typ")', "$x$ *b* _i_ `c` <told> @ref \\ // /*", "#{"]
)
def test_what_a_report_says_is_never_code(evil: str) -> None:
    one = named(evil, evil)
    said = replace(NEW, title=evil, source=evil, author=evil)
    for picture in (
        cards.single(said, one),
        cards.grid(said, [one], evil),
        cards.glance(replace(said, metrics=(replace(one, label="养老床位"),))),
        cards.comparison(evil, [(said, one), (OLD, BEDS_BEFORE)]),
    ):
        assert size_of(picture)[0] == 1080


def test_characters_without_a_letter_in_the_font_do_no_harm() -> None:
    assert size_of(cards.single(NEW, named("\u202e😀\x00\ud800养老\n\t床位", "１\ufeff张")))[0] == 1080


def test_no_figures_no_card() -> None:
    for draw in (
        lambda: cards.grid(NEW, [], "空"),
        lambda: cards.glance(replace(NEW, metrics=())),
        lambda: cards.comparison("空", []),
        lambda: cards.single(NEW, BEDS, "sepia"),
    ):
        with pytest.raises(ValueError, match=r"figures|theme"):
            draw()


@pytest.mark.parametrize("missing", ["typst", "pylopdf_fonts_zh_cn"])
def test_without_typst_or_fonts_it_says_so(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    press.fonts.cache_clear()
    press._compiler.cache_clear()
    with pytest.raises(cards.CardError, match=missing):
        cards.single(NEW, BEDS)


def test_the_compiler_is_renewed_after_many_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "RENEW_AFTER", 1)
    cards.single(NEW, BEDS)
    assert press._compiler.cache_info().currsize == 0
    assert cards.single(NEW, BEDS)


def test_the_figure_is_as_written_with_its_bound_and_its_unit_small() -> None:
    assert figure("近80万人次") == [
        {"text": "近", "large": False},
        {"text": "80", "large": True},
        {"text": "万人次", "large": False},
    ]
    assert [part["text"] for part in figure("1.2万—1.5万张")] == ["1.2", "万—", "1.5", "万张"]
    assert figure("三分之一") == [{"text": "三分之一", "large": True}]
    assert "".join(part["text"] for part in figure("１，２３４．５余亿元")) == "１，２３４．５余亿元"


@pytest.mark.parametrize(
    "text", [LONG, *TITLES, "曹县政协 · 新增学位", "2024年3.7万张5G基站（含共享）", "", " 空  白 ", "W" * 40]
)
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(phrase(text)) == " ".join(text.split())
    assert all(len(piece) <= 12 for piece in phrase(text))


def test_words_are_kept_whole_and_marks_stay_with_them() -> None:
    pieces = phrase("推动“溪畔商量”品牌建设、养老服务和公共就业服务")
    assert {"养老", "服务"} <= set(pieces) or "养老服务" in pieces
    assert not any(piece[0] in "、”" or piece[-1] in "“" for piece in pieces)


def test_words_of_the_genre_are_kept_whole_too() -> None:
    assert "新农合" in phrase("要把城镇居民基本医保和新农合的财政补助标准提高到")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("养老床位达到3.7万张以上规模", "3.7万张"),
        ("医保财政补助标准提高到１２０元以上", "１２０元"),
        ("服务能力标准的乡镇卫生院占比提高到９０．５％", "９０．５％"),
        ("社区卫生服务中心建设名医基层工作站165家", "165家"),
    ],
)
def test_no_line_ends_inside_a_figure_or_before_its_unit(text: str, whole: str) -> None:
    assert whole in phrase(text)


def test_a_single_card_quotes_the_report() -> None:
    said = single_content(NEW, BEDS)
    assert "".join(said["quote"]) == "全市养老床位达到1.5万张"
    assert "".join(said["section"]).endswith("聚焦民生改善")
    assert said["footer"][0]["source"] == "云泽日报 · 2025-01-14"


def test_another_year_and_a_plan_are_told() -> None:
    metrics = [BEDS, BEDS, replace(BEDS, period="2011-2015"), replace(BEDS, target=True)]
    notes = [cell["note"] for cell in grid_content(NEW, metrics, "数字")["cells"]]
    assert notes == [[], [], ["2011—2015年"], ["目标"]]


def test_the_change_is_told_only_where_units_agree() -> None:
    alike = comparison_content("养老床位", [(OLD, BEDS_BEFORE), (NEW, BEDS)])
    assert "".join(alike["change"]) == "增加3000张"
    apart = comparison_content("养老床位", [(OLD, replace(BEDS_BEFORE, unit="户")), (NEW, BEDS)])
    assert apart["change"] == []
    assert "单位不同" in apart["note"]
    assert {row["share"] for row in apart["rows"]} == {0}


def test_a_bare_title_is_told_apart_by_place_and_year() -> None:
    bare = replace(NEW, title="政府工作报告", source="", published="", place="云泽市", year=2024)
    assert single_content(bare, BEDS)["footer"][0]["source"] == "云泽市 · 2024年"
    full = replace(bare, title="云泽市2024年政府工作报告")
    assert single_content(full, BEDS)["footer"][0]["source"] == ""


def test_who_reports_is_named_once() -> None:
    told = replace(NEW, place="云泽市", body="市统计局", author="云泽市统计局 国家统计局云泽调查队")
    assert glance_content(told)["by"] == "云泽市统计局 国家统计局云泽调查队"
