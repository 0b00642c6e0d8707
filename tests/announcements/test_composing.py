"""What is announced: the very messages, borne out by the report, none longer than Telegram takes."""

from __future__ import annotations

import pytest

from bot.announcements import choosing, composing
from bot.announcements.composing import Unborne
from bot.announcements.content import pages_of, to_json
from bot.announcements.picking import items, listing
from bot.replies.guard import check
from bot.replies.model import Run, Style
from bot.replies.pages import Draft, utf16
from tests.replies.city import report

CITY = report(2024)


def test_what_is_kept_is_what_is_sent() -> None:
    pages = composing.of_metrics(CITY, [2, 3])
    kept = pages_of(to_json(pages))
    assert [page.text for page in kept] == [page.text for page in pages]
    assert [page.buttons for page in kept] == [page.buttons for page in pages]
    assert [run.style for run in kept[0].runs] == [run.style for run in pages[0].runs]


def test_ten_thousand_characters_become_messages_that_join_to_the_same_text() -> None:
    said = "明天上午九点维护系统，请大家提前安排。\n" * 500
    pages = composing.of_words(said)
    assert len(pages) > 2
    assert all(utf16(page.text) <= 4096 for page in pages)
    assert all(f"（{at}/{len(pages)}）" in page.text for at, page in enumerate(pages, 1))
    assert sum(page.text.count("明天上午九点维护系统，请大家提前安排。") for page in pages) == 500


def test_own_words_keep_their_lines_and_say_whose_they_are() -> None:
    (page,) = composing.of_words("各位：\n\n明天\u202e停电。")
    assert page.text.startswith("各位：\n\n明天停电。")
    assert "不是报告原文" in page.text
    assert composing.of_words(" \n\u200b ") == ()


@pytest.mark.parametrize("index", range(len(CITY.metrics)))
def test_a_figure_comes_with_its_quote_and_section(index: int) -> None:
    (page,) = composing.of_metrics(CITY, [index])
    assert check(page) == []
    assert CITY.metrics[index].raw in page.text
    assert any(run.style is Style.QUOTE for run in page.runs)


def test_a_section_and_a_county_are_told_word_for_word() -> None:
    (section, _), *_ = items(CITY, "section")
    pages = composing.of_section(CITY, section)
    assert "举办委员讲堂8期" in "".join(page.text for page in pages)
    assert not any(page.buttons for page in pages)
    assert "1.1万人" in "".join(page.text for page in composing.of_county((CITY,), "白鹭县"))


def test_what_the_report_does_not_bear_out_is_not_composed() -> None:
    draft = composing.of_metrics(CITY, [2])[0]
    with pytest.raises(Unborne):
        composing.of_draft(Draft((Run("9.9万张", Style.BOLD),), evidence=draft.evidence))


def test_plans_and_what_cannot_stand_alone_are_not_told_by_themselves() -> None:
    found = choosing.candidates([CITY, report(2023)])
    assert {one.report.year for one in found} == {2024}
    assert not any(one.metric.target or one.metric.rank for one in found)


def test_a_list_marks_what_is_picked_and_offers_the_preview_then() -> None:
    nothing, one = listing(CITY, "metrics", 5, 0), listing(CITY, "metrics", 5, 0, [2])
    labels = [button.label for row in one.buttons for button in row]
    assert sum(label.startswith("☑") for label in labels) == 1
    assert any("预览" in label for label in labels)
    assert not any("预览" in button.label for row in nothing.buttons for button in row)
    assert all(len(button.action.encode()) <= 64 for row in one.buttons for button in row)
