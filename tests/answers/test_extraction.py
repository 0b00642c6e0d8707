"""Enumerations: where the items end that a text counts itself, or that a question counts."""

from __future__ import annotations

import pytest

from bot.answers.extraction import enumerations


def _items(text: str, count: int | None = None) -> list[str]:
    (found,) = enumerations(text, 0, len(text), count=count)
    return [text[start:end] for start, end in found.items]


def test_as_many_items_as_the_text_counts_keep_their_conjunctions() -> None:
    assert _items("文化与旅游、港航、康养三大产业")[0] == "文化与旅游"
    assert _items("建成学校与幼儿园、医院、车站两个中心")[0] == "医院"


@pytest.mark.parametrize(("count", "last"), [(3, "软件和服务外包"), (None, "服务外包"), (4, "服务外包")])
def test_the_last_item_keeps_its_conjunction_where_the_count_comes_out_so(count: int | None, last: str) -> None:
    assert _items("新能源、新材料、软件和服务外包", count)[-1] == last


def test_two_items_that_are_asked_for_may_be_joined_by_a_conjunction_alone() -> None:
    assert _items("松岭县和白鹭县", 2) == ["松岭县", "白鹭县"]
