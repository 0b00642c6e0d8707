from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

from bot.answers.model import Answer, Evidence, Kind, NotFound
from bot.replies.answers import answer_draft
from bot.replies.guard import check, check_answer, guarded, unsupported, vouched
from bot.replies.model import Reply, Run, Style
from tests.replies.city import answer, listing, report

REPORT, OTHER = report(2024), report(2023, beds="1.2万张", people="6500人")
BEDS = answer(REPORT, 2)
FALLBACK = Reply((Run("没有说到"),))


def _reply(*runs: Run) -> Reply:
    return Reply(runs, evidence=(BEDS.evidence,))


def test_an_answer_of_the_report_passes() -> None:
    for index in range(len(REPORT.metrics)):
        assert check_answer(answer(REPORT, index)) == []
    assert check_answer(listing(REPORT)) == []


def test_its_reply_passes_as_well() -> None:
    for said in (BEDS, answer(REPORT, 6), listing(REPORT)):
        draft = answer_draft(said)
        assert check(Reply(draft.runs, evidence=draft.evidence)) == []


@pytest.mark.parametrize(
    "run",
    [
        Run("1.6万张", Style.BOLD),
        Run("5万张", Style.BOLD),
        Run("1.5", Style.BOLD),
        Run("1.5万", Style.BOLD, own=False),
        Run("1.5万人", Style.BOLD),
        Run("十五万张", Style.BOLD),
        Run("１．６万张", Style.BOLD),
        Run("1.6万张", Style.BOLD, own=True),
        Run("2024", Style.BOLD),
        Run("约1.6万张"),
        Run("2031年", Style.FAINT),
        Run("全市养老床位达到1.6万张", Style.QUOTE),
        Run("全市 养老床位达到1.5万张", Style.QUOTE),
    ],
    ids=lambda run: f"{run.style}:{run.text}",
)
def test_a_figure_or_quote_that_the_report_does_not_have_is_stopped(run: Run) -> None:
    bad = {"1.5万"}
    assert check(_reply(run)) or run.text in bad


@pytest.mark.parametrize(
    "run",
    [
        Run("1.5万张", Style.BOLD),
        Run("养老床位达到1.5万张", Style.QUOTE),
        Run("2024年主要工作 › 聚焦民生改善", Style.FAINT),
        Run("云泽市政协常务委员会工作报告，2024年", Style.FAINT),
        Run("第 2 / 7 页", own=True),
        Run("没有数字的话"),
    ],
    ids=lambda run: run.text,
)
def test_what_the_quote_or_the_headings_have_passes_and_page_numbers_are_ours(run: Run) -> None:
    assert check(_reply(run)) == []


@pytest.mark.parametrize(
    ("figure", "source", "stands"),
    [
        ("3.7万张", "达到3.7万张", True),
        ("7万张", "达到3.7万张", False),
        ("3.7", "达到3.7万张", False),
        ("120万元", "120余万元", False),
        ("2,887篇", "信息2,887篇", True),
        ("887篇", "信息2,887篇", False),
        ("6.5%", "增长6.5%", True),
        ("6.5", "增长6.5%", False),
        ("6.5个百分点", "增长6.5%", False),
        ("三十项", "完善制度三十项", True),
        ("十项", "完善制度三十项", False),
        ("56公里", "全长５６公里", False),
        ("５６公里", "全长５６公里", True),
    ],
)
def test_a_figure_stands_in_a_source_only_whole(figure: str, source: str, stands: bool) -> None:
    assert (unsupported(figure, (source,)) == []) is stands


def test_a_quote_that_cuts_a_figure_is_stopped() -> None:
    start = REPORT.text.index("5万张")
    cut = Evidence(REPORT, start, start + 3, ())
    assert check(Reply((Run("万张"),), evidence=(cut,)))


def test_a_reply_that_fails_is_not_sent_and_the_log_says_why(caplog: pytest.LogCaptureFixture) -> None:
    good = _reply(Run("1.5万张", Style.BOLD))
    assert guarded(good, FALLBACK) is good
    assert guarded(_reply(Run("9万张", Style.BOLD)), FALLBACK) is FALLBACK
    assert "9万" in caplog.text


def test_an_answer_that_fails_is_not_found_and_bad_alternatives_are_dropped(caplog: pytest.LogCaptureFixture) -> None:
    bad = replace(BEDS, text="2.5万张")
    assert isinstance(vouched(bad), NotFound)
    kept = vouched(replace(BEDS, alternatives=(bad, listing(REPORT))))
    assert isinstance(kept, Answer)
    assert kept.alternatives == (listing(REPORT),)
    near = vouched(NotFound("问", near=(bad, BEDS)))
    assert isinstance(near, NotFound)
    assert near.near == (BEDS,)


# Mutation: every field of an Answer is corrupted in random ways. What comes out as a reply is held against the report
# by means of its own, simpler than the guard's: nothing but the true figure, or the fallback.


def _digits(rng: random.Random, text: str) -> str:
    places = [at for at, char in enumerate(text) if char.isdecimal()] or [0]
    at = rng.choice(places)
    return f"{text[:at]}{rng.randrange(10)}{text[at + 1 :]}"


def _text(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    ways: list[Callable[[], str]] = [
        lambda: _digits(rng, text),
        lambda: text[:at] + rng.choice("0123456789万亿千百余.%多个张三十九，") + text[at:],
        lambda: text[:at] + text[at + 1 :],
        lambda: text.replace("万", rng.choice(["", "亿", "千"])),
        lambda: f"{rng.randrange(1, 10**6)}{rng.choice(['张', '人', '万张', '%', '个百分点', ''])}",
        lambda: text[::-1],
        lambda: "",
        lambda: text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ]
    return rng.choice(ways)()


def _number(rng: random.Random, number: float | None) -> float | None:
    value = number or 0.0
    return rng.choice([None, -value, value * 10, value + 1, value / 3, float("nan"), float("inf"), rng.random() * 1e6])


def _evidence(rng: random.Random, evidence: Evidence) -> Evidence:
    move, stretch = rng.randrange(-60, 60), rng.randrange(-12, 12)
    return rng.choice(
        [
            replace(evidence, start=evidence.start + move, end=evidence.end + move),
            replace(evidence, start=evidence.start + stretch),
            replace(evidence, end=evidence.end + stretch),
            replace(evidence, start=evidence.end, end=evidence.start),
            replace(evidence, start=-5),
            replace(evidence, end=10**7),
            replace(evidence, report=OTHER),
            replace(evidence, path=(*evidence.path, _text(rng, "2025年主要任务"))),
            replace(evidence, path=evidence.path[::-1]),
        ]
    )


def _corrupted(rng: random.Random, one: Answer) -> Answer:
    name = rng.choice([field.name for field in fields(Answer)])
    old: Any = getattr(one, name)
    match name:
        case "text" | "question" | "unit":
            new: Any = _text(rng, old)
        case "note":
            new = _text(rng, "其实是3万张")
        case "value" | "value_max" | "score":
            new = _number(rng, old)
            new = 2.0 if name == "score" and new is None else new
        case "evidence":
            new = _evidence(rng, old)
        case "items":
            new = tuple(_text(rng, item) for item in old) or (_text(rng, "云泽县"),)
        case "metric":
            new = rng.choice([None, -1, 999, *range(len(REPORT.metrics))])
        case "kind":
            new = rng.choice(list(Kind))
        case "also":
            new = (_evidence(rng, one.evidence),)
        case "alternatives":
            new = (_corrupted(rng, one),)
        case _:
            new = (_text(rng, "首选：3.7万张"),)
    return replace(one, **{name: new})


def _sent(one: Answer) -> Reply:
    """As the conversation does it."""
    found = vouched(one)
    if isinstance(found, NotFound):
        return FALLBACK
    draft = answer_draft(found)
    return guarded(Reply(draft.runs, draft.buttons, draft.evidence), FALLBACK)


def test_no_corrupted_answer_gets_out_with_a_wrong_figure_or_quote(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL")
    rng = random.Random(20240118)
    true = [*(answer(REPORT, index) for index in range(len(REPORT.metrics))), listing(REPORT)]
    sent = withheld = 0
    for _ in range(10_000):
        one = rng.choice(true)
        bad = _corrupted(rng, one)
        for _ in range(rng.randrange(2)):
            bad = _corrupted(rng, bad)
        reply = _sent(bad)
        if reply is FALLBACK:
            withheld += 1
            continue
        sent += 1
        texts = {bad.evidence.report.text, REPORT.text}
        quotes = [run.text for run in reply.runs if run.style is Style.QUOTE]
        bold = "、".join(run.text for run in reply.runs if run.style is Style.BOLD)
        assert all(any(quote in text for text in texts) for quote in quotes)
        assert bold in ("", one.text), bad
        assert quotes
        assert one.text in quotes[0] or one.items, bad
        assert all(item in quotes[0] for item in one.items), bad
    assert withheld > 5_000
    assert sent > 1_000
