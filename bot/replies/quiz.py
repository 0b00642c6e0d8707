"""A quiz from the report: a sentence with its figure left blank, the figure, and three others that it might have been.

The sentence and the explanation are the report's own words. The wrong choices are written as the right one is
(3.7万张: 2.9万张, 4.6万张), and none of them is a figure that any of the reports has for the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from random import Random

from rapidfuzz import fuzz

from bot.answers.model import Evidence
from bot.answers.scope import short
from bot.answers.words import normalise
from bot.cards.choose import key_metrics
from bot.replies import texts
from bot.replies.actions import ActionError, Guess, Say, edition_key, encode
from bot.replies.answers import metric_draft
from bot.replies.desk import Chat, Desk
from bot.replies.figures import metric_evidence
from bot.replies.model import Button, Quiz, Run
from bot.replies.pages import Draft, utf16
from bot.replies.quotes import clause_evidence, path_line, report_line, short_name
from bot.reports.metrics.numerals import half_width
from bot.reports.model import Metric, Part, Report

# UTF-16 code units, by https://core.telegram.org/bots/api#sendpoll
QUESTION, OPTION, EXPLANATION = 300, 100, 200

WRONG = 3  # choices beside the right one
SENTENCE = range(8, 151)  # characters of a sentence that is read at a glance
WORTH_GUESSING = 6  # one core, two papers: nobody would guess
TRIED = 40  # figures of a report that are tried
ALIKE = 75  # of 100, from where two labels may mean the same thing
APART = 0.06  # of the right number, how far two choices are apart
REMEMBERED = 12  # figures that a chat was asked for lately, and is not asked for again

_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?", re.ASCII)
_PAUSE = re.compile(r"[，；。：！？、]|[,;:](?![0-9])")
_FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def quiz_of(
    report: Report, chance: Random, *, among: Sequence[Report] = (), asked: Collection[int] = ()
) -> Quiz | None:
    """A quiz from one of the report's key figures; None where it has no figure that makes one.

    `among` are further reports whose figures must not be given as wrong; `asked` are indices of metrics to leave out.
    The same state of `chance` makes the same quiz.
    """
    suited = [metric for index, metric in enumerate(report.metrics) if index not in asked and _suited(report, metric)]
    chosen = key_metrics(report, TRIED, suited)
    chance.shuffle(chosen)
    made = (_made(report, metric, (report, *among), chance) for metric in chosen)
    return next((quiz for quiz in made if quiz), None)


def quiz_draft(desk: Desk, chat: Chat, reports: Sequence[Report]) -> Draft:
    """A quiz from the first of the chat's reports that makes one, about a figure it was not asked for lately."""
    memory = desk.memory(chat)
    everything = desk.get_library().reports
    for asked in (memory.quizzed, ()):
        for report in reports:
            known = [index for edition, index in asked if edition == edition_key(report)]
            quiz = quiz_of(report, desk.chance, among=everything, asked=known)
            if quiz is not None:
                memory.quizzed = (*memory.quizzed, (edition_key(report), quiz.metric))[-REMEMBERED:]
                return drawn(quiz)
    return Draft((Run(texts.NO_QUIZ),))


def drawn(quiz: Quiz) -> Draft:
    """The poll; for where there are none, the choices as buttons."""
    edition = edition_key(quiz.evidence.report)
    rows = tuple((Button(option, encode(Guess(edition, quiz.metric, option))),) for option in quiz.options)
    whole = metric_evidence(quiz.evidence.report, quiz.evidence.report.metrics[quiz.metric])
    return Draft((Run(quiz.question),), rows, (whole, quiz.evidence), quiz=quiz)


def guessed_draft(report: Report, index: int, choice: str) -> Draft:
    """What is said to a choice, where no poll can say it: right or not, and the figure with its quote."""
    right = choice == report.metrics[index].raw
    draft = metric_draft(report, index)
    runs = (Run(f"{texts.QUIZ_RIGHT if right else texts.QUIZ_WRONG}\n\n"), *draft.runs)
    return Draft(runs, (_again(), *draft.buttons[:1]), draft.evidence, share=draft.share)


def wrong_choices(metric: Metric, true: Collection[float], chance: Random) -> tuple[str, ...]:
    """Up to three figures written as the metric is, of its size, none of a value in `true`."""
    written = half_width(metric.raw)
    numbers = list(_NUMBER.finditer(written))
    if len(numbers) != 1 or not metric.value:
        return ()
    number = numbers[0]
    digits, _, decimals = number[0].replace(",", "").partition(".")
    whole = int(digits + decimals)
    step = 1
    while whole and not decimals and whole % (10 * step) == 0:
        step *= 10  # 2400 is a number of two digits, written out
    right = whole // step
    others = [one for one in _candidates(right, chance) if _can_be_wrong(metric, metric.value * one / right, true)]
    chosen = _around(right, others, chance.randint(0, WRONG))
    return tuple(_written(metric.raw, number, other * step, len(decimals)) for other in chosen)


def _around(right: int, others: Sequence[int], smaller: int) -> list[int]:
    """Three of the others, apart from the right one and from one another, so many of them smaller where there are as
    many: the right one is the largest as often as the smallest."""
    found: list[int] = []
    for most in ({True: smaller, False: WRONG - smaller}, {True: WRONG, False: WRONG}):
        for one in others:
            apart = all(abs(one - other) >= APART * right for other in (right, *found))
            taken = sum((other < right) == (one < right) for other in found)
            if apart and taken < most[one < right] and len(found) < WRONG:
                found.append(one)
    return found


def _can_be_wrong(metric: Metric, value: float, true: Collection[float]) -> bool:
    """Not what a report says of the same thing, and no more than all of it."""
    is_true = any(abs(value - one) <= 1e-9 * abs(value) for one in true)
    return not is_true and not (metric.unit == "%" and metric.value <= 100 < value)


def _candidates(right: int, chance: Random) -> list[int]:
    """Numbers of as many digits, from about a half to about twice as many; as round as the right one, not rounder."""
    size = 10 ** (len(str(right)) - 1)
    low, high = (right - 4, right + 4) if right < 10 else (right * 11 // 20, right * 7 // 4)
    numbers = range(max(low, size), min(high, 10 * size - 1) + 1)
    return [one for one in chance.sample(numbers, min(len(numbers), 200)) if one % 10]


def _written(raw: str, number: re.Match[str], value: int, decimals: int) -> str:
    digits = str(value)
    if decimals:
        digits = digits.zfill(decimals + 1)
        digits = f"{digits[:-decimals]}.{digits[-decimals:]}"
    elif "," in number[0]:
        digits = f"{value:,}"
    if not raw[number.start()].isascii():
        digits = digits.translate(_FULL_WIDTH)
    return raw[: number.start()] + digits + raw[number.end() :]


def _suited(report: Report, metric: Metric) -> bool:
    """A single exact number of the body, in a sentence that names what is counted."""
    quote = metric_evidence(report, metric).quote
    return (
        not (metric.rank or metric.written_unit or metric.value_max is not None)
        and (metric.value >= WORTH_GUESSING or metric.unit == "%")
        and report.clauses[metric.clause].part is Part.BODY
        and len(metric.label) > 1
        and len(quote) in SENTENCE
        and not set(quote) & set("\n|")
        and metric.quote_start <= metric.start < metric.end <= metric.quote_end
    )


def _made(report: Report, metric: Metric, reports: Sequence[Report], chance: Random) -> Quiz | None:
    index = next(at for at, one in enumerate(report.metrics) if one is metric)
    blank = _blanked(report, metric)
    wrong = wrong_choices(metric, _true_values(reports, metric), chance)
    explained = _explained(report, metric)
    wrong = tuple(one for one in wrong if explained is None or one not in explained[0].quote)
    if not blank or len(wrong) < WRONG or explained is None or not 0 < utf16(metric.raw) <= OPTION:
        return None
    options = [metric.raw, *wrong]
    try:
        for option in options:
            encode(Guess(edition_key(report), index, option))
    except ActionError:  # too long for a button
        return None
    chance.shuffle(options)
    evidence, explanation = explained
    return Quiz(blank, tuple(options), options.index(metric.raw), explanation, index, evidence)


def _blanked(report: Report, metric: Metric) -> str:
    """Which report, whose figure where the sentence does not say it, the sentence; "" where that gives it away."""
    text = report.text
    before, after = text[metric.quote_start : metric.start], text[metric.end : metric.quote_end]
    if set(_NUMBER.findall(half_width(metric.raw))) & set(_NUMBER.findall(half_width(before + after))):
        return ""
    place = metric.place if metric.place != report.place and short(metric.place) not in before + after else ""
    sentence = (f"{place}：" if place else "") + f"{before}{texts.QUIZ_BLANK}{after}"
    for name in (report_line(report), short_name(report)):
        question = texts.QUIZ_QUESTION.format(report=name, sentence=" ".join(sentence.split()))
        if utf16(question) <= QUESTION:
            return question
    return ""


def _explained(report: Report, metric: Metric) -> tuple[Evidence, str] | None:
    """The clause around the figure, or as much of it as fits, cut at pauses; then its section, where there is room."""
    clause = clause_evidence(report, report.clauses[metric.clause])
    for start, end in ((clause.start, clause.end), (metric.quote_start, metric.quote_end), *_narrowed(report, metric)):
        evidence = Evidence(report, start, end, clause.path)
        holds = start <= metric.start < metric.end <= end
        if holds and "\n" not in evidence.quote and utf16(evidence.quote) <= EXPLANATION:
            where = f"{evidence.quote}\n{path_line(evidence)}".strip()
            return evidence, where if utf16(where) <= EXPLANATION else evidence.quote
    return None


def _narrowed(report: Report, metric: Metric) -> Iterator[tuple[int, int]]:
    """From the pauses before the figure to the pause after it, the longest first."""
    quote = report.text[metric.quote_start : metric.quote_end]
    pauses = [metric.quote_start + pause.end() for pause in _PAUSE.finditer(quote)]
    end = next((at for at in pauses if at >= metric.end), metric.quote_end)
    yield from ((start, end) for start in pauses if start <= metric.start)


def _true_values(reports: Sequence[Report], metric: Metric) -> set[float]:
    """What the reports say of the same thing, or of what goes by a similar name."""
    label = normalise(metric.label)
    return {
        value
        for report in reports
        for other in report.metrics
        if other.unit == metric.unit and _alike(label, normalise(other.label))
        for value in (other.value, other.value_max)
        if value is not None
    }


def _alike(one: str, other: str) -> bool:
    return bool(other) and (one in other or other in one or fuzz.ratio(one, other) >= ALIKE)


def _again() -> tuple[Button, ...]:
    return (Button(texts.QUIZ_AGAIN, encode(Say(0, "/quiz"))),)
