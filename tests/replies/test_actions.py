from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies import actions
from bot.replies.actions import ActionError, decode, encode
from bot.replies.links import LINKED, from_payload, to_payload
from tests.replies.city import report

EXAMPLES = [
    actions.ListReports(3),
    actions.ShowReport("0a1b2c3d"),
    actions.UseReport("0a1b2c3d"),
    actions.UseReport(actions.ALL),
    actions.ListSections(0, "0a1b2c3d"),
    actions.ShowSection(2, "0a1b2c3d4e5f60", 17),
    actions.ShowTasks(0, "0a1b2c3d"),
    actions.ListMetrics(12, "0a1b2c3d"),
    actions.ShowMetric("0a1b2c3d4e5f60", 0),
    actions.ShowCard("0a1b2c3d4e5f60", 7),
    actions.ShowQuote("0a1b2c3d4e5f60", 10, 20),
    actions.ShowCounty(0, "0a1b2c3d"),
    actions.Why(),
    actions.Guess("0a1b2c3d4e5f60", 7, "2.9万张"),
    actions.Say(1, "/search 非遗|传承"),
    actions.SayAgain(1, "0a1b2c3d"),
    actions.ShowDifference(1, "0a1b2c3d"),
    actions.ShowPreview(1, "0a1b2c3d"),
    actions.Publish("discard", "0a1b2c3d"),
    actions.Rollback(7),
    actions.Subscribe("both"),
    actions.Compose("section", 12, 8),
    actions.Pick("metrics", 12, 3, 0),
    actions.Announce("stop", 12),
    actions.Rate("0a1b2c3d4e", "bad"),
    actions.ListAsked(2, "unanswered"),
    actions.Settle("alias", "0a1b2c3d", 2),
    actions.StopWaiting(),
]


@pytest.mark.parametrize("action", EXAMPLES, ids=lambda action: type(action).__name__)
def test_what_is_built_is_read_back_the_same_and_fits_a_button(action: actions.Action) -> None:
    data = encode(action)
    assert decode(data) == action
    assert len(data.encode()) <= 64


def test_every_action_has_an_example_here() -> None:
    assert {type(action) for action in EXAMPLES} == set(actions.ACTIONS.values())


@pytest.mark.parametrize(
    "action",
    [
        actions.ShowReport("short"),
        actions.ShowReport("0A1B2C3D"),
        actions.ShowSection(-1, "0a1b2c3d4e5f60", 1),
        actions.ShowMetric("0a1b2c3d4e5f60", 10**10),
        actions.UseReport("some"),
        actions.Say(0, ""),
        actions.Say(0, "two\nlines"),
        actions.Say(0, "\ud800"),
        actions.Say(0, "养老床位" * 6),
    ],
)
def test_what_would_not_be_read_is_not_built(action: actions.Action) -> None:
    with pytest.raises(ActionError):
        encode(action)


@pytest.mark.parametrize(
    "data",
    ["", "1", "1|", "2|w", "1|w|", "1|?", "1|r", "1|r|0a1b2c3d|x", "1|s|0|0a1b2c3d4e5f60|-1", "1|s|٣|0a1b2c3d4e5f60|1"],
)
def test_what_was_not_built_here_is_not_read(data: str) -> None:
    with pytest.raises(ActionError):
        decode(data)


@given(st.text(max_size=70) | st.text(alphabet="1|rswmxSM0123456789abcdef", max_size=40).map("1|".__add__))
def test_any_text_is_read_or_refused_and_never_breaks(data: str) -> None:
    with contextlib.suppress(ActionError):
        assert decode(encode(decode(data))) == decode(data)


@pytest.mark.parametrize("action", [one for one in EXAMPLES if type(one) in LINKED])
def test_a_deep_link_opens_the_first_page_of_what_it_names(action: actions.Action) -> None:
    first = replace(action, page=0) if isinstance(action, actions.Paged) else action
    payload = to_payload(action)
    assert from_payload(payload) == first
    assert payload.replace("_", "").isalnum()
    assert len(payload) <= 64


@pytest.mark.parametrize("payload", ["", "c", "c_", "c_曹县", "x_0_hello", "w", "c_0a1b2c3d_1", "zz_0a1b2c3d"])
def test_a_deep_link_of_another_kind_is_refused(payload: str) -> None:
    with pytest.raises(ActionError):
        from_payload(payload)


def test_words_cannot_be_put_into_a_deep_link() -> None:
    with pytest.raises(ActionError):
        to_payload(actions.Say(0, "/help"))


def test_another_text_under_the_same_id_is_another_edition_of_the_same_report() -> None:
    old, new = report(2024, beds="1.5万张"), report(2024, beds="1.6万张")
    assert actions.report_key(old) == actions.report_key(new)
    assert actions.edition_key(old) != actions.edition_key(new)
