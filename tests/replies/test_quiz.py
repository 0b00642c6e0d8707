"""A quiz has one right choice; the wrong ones look like it and are true of nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies import texts
from bot.replies.actions import Guess, edition_key, encode
from bot.replies.conversation import press, respond
from bot.replies.desk import Chat, Desk
from bot.replies.guard import check
from bot.replies.model import Quiz, Reply
from bot.replies.quiz import EXPLANATION, OPTION, QUESTION, quiz_of, wrong_choices
from bot.reports.metrics.numerals import half_width
from bot.reports.model import Metric
from tests.replies.city import City, report

NEW, OLD = report(2024), report(2023, beds="1.2万张", people="6500人")


def figure(raw: str, value: float, unit: str) -> Metric:
    return replace(NEW.metrics[2], raw=raw, value=value, unit=unit)


def quiz(desk: Desk, chat: Chat) -> Quiz:
    reply = respond(desk, "/quiz", chat)
    assert reply is not None
    assert check(reply) == []
    assert reply.quiz is not None
    return reply.quiz


def test_the_right_one_is_the_largest_as_often_as_the_smallest() -> None:
    ranks = [0, 0, 0, 0]
    for seed in range(200):
        wrong = wrong_choices(figure("2887篇", 2887.0, "篇"), {2887.0}, Random(seed))
        ranks[sum(int(one[:-1]) < 2887 for one in wrong)] += 1
    assert min(ranks) > 30, ranks


FIGURES = [
    ("3.7万张", 37000.0, "张", r"[1-9]\.[1-9]万张"),
    ("2400个", 2400.0, "个", r"[1-9][1-9]00个"),
    ("6000余个", 6000.0, "个", r"[1-9]000余个"),
    ("2887篇", 2887.0, "篇", r"[1-9][0-9]{2}[1-9]篇"),
    ("1,250家", 1250.0, "家", r"[1-9],[0-9][1-9]0家"),
    ("６．５％", 6.5, "%", r"[３-９１]{1,2}．[０-９]％|[1-9１-９]．[１-９]％"),
    ("97.3%", 97.3, "%", r"[5-9][0-9]\.[1-9]%"),
    ("7期", 7.0, "期", r"[1-9]期"),
    ("1个", 1.0, "个", r"[1-9]个"),
    ("11家", 11.0, "家", r"1[2-9]家"),
    ("0.8%", 0.8, "%", r"0\.[1-9]%"),
]


@pytest.mark.parametrize(("raw", "value", "unit", "shape"), FIGURES)
@pytest.mark.parametrize("seed", range(5))
def test_wrong_figures_are_written_like_the_right_one(raw: str, value: float, unit: str, shape: str, seed: int) -> None:
    wrong = wrong_choices(figure(raw, value, unit), {value}, Random(seed))
    assert len(wrong) == 3
    assert len({raw, *wrong}) == 4
    assert all(re.fullmatch(shape, other) for other in wrong), wrong


@pytest.mark.parametrize("raw", ["四亿零七百多万吨", "三分之二", "20—30万元", "12.5.3"])
def test_what_is_no_single_number_makes_no_choices(raw: str) -> None:
    assert wrong_choices(figure(raw, 20.0, "吨"), (), Random(1)) == ()


@given(st.integers(1, 10**9), st.integers(0, 3), st.sets(st.integers(1, 9)), st.randoms(use_true_random=False))
def test_no_wrong_figure_is_true(number: int, decimals: int, others: set[int], chance: Random) -> None:
    value = number / 10**decimals
    raw = f"{value:.{decimals}f}个"
    true = {value * other / 10 for other in others} | {value}
    for wrong in wrong_choices(figure(raw, value, "个"), true, chance):
        said = float(half_width(wrong).rstrip("个"))
        assert all(abs(said - one) > 1e-9 * said for one in true)


def test_the_same_chance_makes_the_same_quiz_and_another_one_another() -> None:
    assert quiz_of(NEW, Random(3)) == quiz_of(NEW, Random(3))
    assert len({quiz_of(NEW, Random(seed)) for seed in range(20)}) > 10


def test_the_right_choice_stands_anywhere() -> None:
    made = [quiz_of(NEW, Random(seed)) for seed in range(40)]
    assert {one.correct for one in made if one} == {0, 1, 2, 3}


@pytest.mark.parametrize("seed", range(30))
def test_a_quiz_is_within_telegrams_limits_and_word_for_word(seed: int) -> None:
    made = quiz_of(NEW, Random(seed), among=(OLD,))
    assert made is not None
    metric = NEW.metrics[made.metric]
    assert made.options[made.correct] == metric.raw
    assert len(made.options) == 4
    assert all(1 <= len(option) <= OPTION for option in made.options)
    assert len(made.question) <= QUESTION
    assert len(made.explanation) <= EXPLANATION
    assert made.explanation.count("\n") <= 2
    assert made.explanation.partition("\n")[0] in NEW.text
    _, cloze, whose = made.question.split("\n")
    assert NEW.title in whose
    assert re.sub("^...：", "", cloze).replace(texts.QUIZ_BLANK, metric.raw) in NEW.text


def test_a_figure_of_another_year_is_never_given_as_wrong() -> None:
    others = tuple(report(2000 + number, beds=f"1.{number}万张") for number in range(1, 10) if number != 5)
    for seed in range(60):
        made = quiz_of(NEW, Random(seed), among=others)
        assert made is not None
        if made.options[made.correct] == "1.5万张":
            assert not {f"1.{number}万张" for number in range(1, 10) if number != 5} & set(made.options)


def test_a_long_sentence_is_cut_at_a_pause_and_holds_its_figure() -> None:
    words = "，".join(f"推进第{'甲乙丙丁戊己庚辛壬癸'[n % 10]}项工作落实见效" for n in range(18))
    metric = NEW.metrics[2]
    text = NEW.text.replace("在养老服务方面，", f"{words}，")
    moved = len(text) - len(NEW.text)
    clauses = tuple(
        replace(c, start=c.start + moved * (c.start > metric.start), end=c.end + moved * (c.end > metric.start))
        for c in NEW.clauses
    )
    spans = {name: getattr(metric, name) + moved for name in ("start", "end", "quote_start", "quote_end")}
    made = quiz_of(replace(NEW, text=text, clauses=clauses, metrics=(replace(metric, **spans),)), Random(1))
    assert made is not None
    assert made.explanation.startswith("全市养老床位达到1.5万张")


def test_what_stands_twice_in_the_sentence_is_not_asked_for() -> None:
    text = NEW.text.replace("培训委员560人次", "培训委员8期人次")
    twice = replace(NEW.metrics[0], quote_end=NEW.metrics[0].quote_end + len("，培训委员8期人次"))
    assert quiz_of(replace(NEW, text=text, metrics=(twice,)), Random(1)) is None


def test_a_report_without_figures_makes_no_quiz(chat: Chat) -> None:
    bare = replace(NEW, metrics=())
    assert quiz_of(bare, Random(1)) is None
    reply = respond(Desk(lambda: City((bare,))), "/quiz", chat)
    assert reply is not None
    assert reply.text == texts.NO_QUIZ


def test_a_chat_is_not_asked_the_same_twice_in_a_row(desk: Desk, chat: Chat) -> None:
    asked = [quiz(desk, chat) for _ in range(12)]
    first = {(edition_key(one.evidence.report), one.metric) for one in asked[:4]}
    assert len(first) == 4


def test_a_choice_is_pressed_where_there_are_no_polls(desk: Desk, chat: Chat) -> None:
    reply = respond(desk, "/quiz", chat)
    assert reply is not None
    assert reply.quiz is not None
    shown = [button for row in reply.buttons for button in row]
    assert tuple(button.label for button in shown) == reply.quiz.options
    for at, button in enumerate(shown):
        said = press(desk, button.action, chat)
        assert check(said) == []
        assert said.text.startswith(texts.QUIZ_RIGHT if at == reply.quiz.correct else texts.QUIZ_WRONG)
        assert reply.quiz.options[reply.quiz.correct] in said.text
        assert "再来一题" in [b.label for row in said.buttons for b in row]


def test_a_choice_of_an_older_edition_is_stale(desk: Desk, chat: Chat) -> None:
    old = Guess(edition_key(report(2024, beds="1.4万张")), 2, "1.4万张")
    assert press(desk, encode(old), chat).text == texts.STALE


@pytest.mark.parametrize(
    "change",
    [
        {"question": "养老床位有多少张？"},
        {"explanation": "全市养老床位达到1.6万张"},
        {"options": ("9张", "9张", "9张", "9张")},
        {"correct": 9},
        {"options": ("8.1万张", "8.2万张", "8.3万张", "8.4万张")},
    ],
)
def test_the_guard_lets_no_corrupted_quiz_out(change: dict[str, object]) -> None:
    made = quiz_of(replace(NEW, metrics=NEW.metrics[:3]), Random(1))
    assert made is not None
    reply = respond(Desk(lambda: City((NEW,)), chance=Random(1)), "/quiz", Chat(id=1))
    assert isinstance(reply, Reply)
    assert reply.quiz is not None
    assert check(reply) == []
    assert check(replace(reply, quiz=replace(reply.quiz, **change)))
