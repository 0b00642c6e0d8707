"""What is offered inline: titles and messages that the report bears out, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies.desk import Desk
from bot.replies.guard import check, unsupported
from bot.replies.inline import MOST, Offer, inline_offer
from bot.replies.links import HOME
from tests.replies.city import City, report

NEW, OLD = report(2024), report(2023, beds="1.2万张", people="6500人")
DESK = Desk(lambda: City((NEW, OLD)))


def titles(offer: Offer) -> list[str]:
    return [result.title for result in offer.results]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("养老床位", "养老床位：1.5万张"),
        ("2023年养老床位", "养老床位：1.2万张"),
        ("侨联", "青石区、松岭县、柳河县"),
        ("白鹭县", "白鹭县"),
        ("bailuxian", "白鹭县"),
        ("白路县", "白鹭县"),
        ("民生改善", "聚焦民生改善"),
        ("泽松高速", "５６公里"),
    ],
)
def test_what_is_meant_stands_first_or_near_it(words: str, first: str) -> None:
    assert any(first in title for title in titles(inline_offer(DESK, words, "YunzeBot"))[:3])


def test_the_key_figures_are_those_of_the_newest_report() -> None:
    offered = titles(inline_offer(DESK, "", "YunzeBot"))
    assert any("1.5万张" in title for title in offered)
    assert not any("1.2万张" in title for title in offered)


def test_no_report_offers_nothing_and_asks_in_private() -> None:
    empty = Desk(lambda: City(()))
    for words in ("", "养老床位"):
        assert inline_offer(empty, words, "YunzeBot") == Offer((), HOME)


@given(st.text(max_size=300) | st.sampled_from(["床", "县", "人", "学习", "全长", "5", "2024"]))
def test_whatever_is_typed_each_result_is_borne_out_and_stands_once(words: str) -> None:
    offer = inline_offer(DESK, words, "YunzeBot")
    assert len(offer.results) <= MOST
    assert len({result.key for result in offer.results}) == len(offer.results)
    for result in offer.results:
        assert check(result.reply) == []
        assert len(result.key.encode()) <= 64
        assert len(result.title) <= 90
        names = [name for evidence in result.reply.evidence for name in (evidence.report.title, *evidence.path)]
        assert not unsupported(result.title, (*names, *(evidence.quote for evidence in result.reply.evidence)))
        assert not [button for row in result.reply.buttons for button in row if button.action]
