from __future__ import annotations

import pytest

from bot.replies.counties import nearest_names

NAMES = ["牡丹区", "定陶区", "曹县", "单县", "成武县", "巨野县", "郓城县", "鄄城县", "东明县", "鲁西新区"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("甄城县", "鄄城县"),
        ("运城县", "郓城县"),
        ("运城", "郓城县"),
        ("caoxian", "曹县"),
        ("草县", "曹县"),
        ("juye", "巨野县"),
        ("牡丹县", "牡丹区"),
        ("定淘区", "定陶区"),
        ("鲁西", "鲁西新区"),
    ],
)
def test_a_name_typed_wrong_by_shape_or_sound_finds_the_right_one(typed: str, name: str) -> None:
    assert name in nearest_names(typed, NAMES)


@pytest.mark.parametrize("typed", ["太空港", "x", "上海市", "阿坝藏族羌族自治州", "😀"])
def test_a_name_far_from_all_finds_none(typed: str) -> None:
    assert nearest_names(typed, NAMES) == []
