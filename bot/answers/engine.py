"""A question and a report become an Answer or NotFound: understand, gather candidates, choose, or decline."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.candidates import Candidate, numbers, passages
from bot.answers.composing import compose, joined
from bot.answers.confidence import THRESHOLD, best_of
from bot.answers.declining import ambiguous, reason, why
from bot.answers.facts import facts
from bot.answers.index import ReportIndex
from bot.answers.latin import UNKNOWN, respell, translate
from bot.answers.matching import Needle
from bot.answers.meanings import meaning
from bot.answers.model import Answer, Kind, NotFound
from bot.answers.overviews import overview
from bot.answers.questions import Question, understand
from bot.answers.reading import Reading
from bot.answers.scope import Scope, scope_of
from bot.answers.talk import small_talk
from bot.answers.thesaurus import Thesaurus
from bot.answers.words import normalise

_SHOWN = 3  # near misses and alternatives
_NEAR = 0.15  # a near miss has at least this confidence
_NAMED = 0.5  # share of a label that keywords must name to ask for its figure


def ask(said: str, index: ReportIndex, book: Thesaurus) -> Answer | NotFound:
    """What one report says to a question; NotFound, with near misses, where it does not say."""
    question = _heard(said, index, book)
    if question is None:
        return NotFound(said)
    scope = scope_of(question, index)
    if told := meaning(question, index) or overview(question, scope, index.report):
        return told
    reading = _read(question, scope, index, book)
    if reading is None:
        return NotFound(said)
    answers = ranked(reading)
    score = _chance(answers)
    trace = why(reading, answers, score)
    if reading.scope.foreign or score < THRESHOLD or ambiguous(answers):
        near = _near(reading, answers)
        return NotFound(said, reason(reading, answers, near), tuple(near[:_SHOWN]), score, trace)
    best, *others = answers
    return replace(joined(best, others), score=score, alternatives=tuple(others[:_SHOWN]), why=trace)


def read(said: str, index: ReportIndex, book: Thesaurus) -> Reading | None:
    """A question held against a report; None for small talk and for words that ask about nothing."""
    question = _heard(said, index, book)
    return _read(question, scope_of(question, index), index, book) if question else None


def _heard(said: str, index: ReportIndex, book: Thesaurus) -> Question | None:
    text = normalise(said)
    if small_talk(text):
        return None
    typed = book.official(text, index.text)
    return replace(understand(respell(translate(typed, index), index)), said=said)


def _read(question: Question, scope: Scope, index: ReportIndex, book: Thesaurus) -> Reading | None:
    needle = Needle(question, index, book, scope.spans)
    if (
        not any(needle.weights) and scope.place and question.kind is not Kind.NUMBER
    ):  # 曹县做了什么: the place itself is asked about
        question = replace(understand(f"{scope.place}怎么样"), said=question.said)
        needle = Needle(question, index, book)
    return Reading(question, needle, scope) if any(needle.weights) else None


def ranked(reading: Reading) -> list[Answer]:
    """All answers that a report could give, the surest first."""
    answers = list(facts(reading))
    unread = UNKNOWN * 2 in reading.question.text  # a name in pinyin or English that the report does not have
    for kind, candidate in candidates(reading):
        if answer := compose(reading, kind, candidate):
            answers.append(replace(answer, hardly=candidate.hardly or unread))
    return _distinct(sorted(answers, key=lambda answer: -answer.score))


def _chance(answers: list[Answer]) -> float:
    """The chance that the first of the answers is right, 0 where there is none."""
    if not answers:
        return 0.0
    best = answers[0]
    return best_of(best.score, rival_of(answers), metric=best.metric is not None, hardly=best.hardly)


def rival_of(answers: list[Answer]) -> float | None:
    """The confidence of the next best answer that says something else than the first; None where there is none.

    Passages of one section do not contradict one another.
    """
    best, *others = answers
    alike = best.evidence.path if best.kind is Kind.PASSAGE else None
    rivals = (one for one in others if one.evidence.path != alike and (one.value, one.text) != (best.value, best.text))
    return next((one.score for one in rivals), None)


def candidates(reading: Reading) -> list[tuple[Kind, Candidate]]:
    """What may answer by the kind of question, a handful each. Keywords ask for a figure if they name one."""
    question = reading.question
    if question.kind is Kind.NUMBER:
        found = numbers(reading)[:5]
        if not found or found[0].score < THRESHOLD:
            found += passages(reading)[:3]  # figures that are no metrics: 成立75周年
        return [(Kind.NUMBER, candidate) for candidate in found]
    if not question.asks:
        figures = [c for c in numbers(reading)[:3] if c.signals.fit > _NAMED and c.score >= THRESHOLD]
        if figures:
            return [(Kind.NUMBER, candidate) for candidate in figures]
    return [(question.kind, candidate) for candidate in passages(reading)[:4]]


def _near(reading: Reading, answers: list[Answer]) -> list[Answer]:
    """Near misses: what nearly answered, else what would answer for another year or place."""
    if answers and answers[0].score >= _NEAR:
        return [answer for answer in answers if answer.score >= _NEAR / 2]
    return [answer for answer in ranked(replace(reading, strict=False)) if answer.score >= _NEAR]


def _distinct(answers: list[Answer]) -> list[Answer]:
    """Without answers that say the same from the same place."""
    seen: dict[tuple[int, str], Answer] = {}
    for answer in answers:
        seen.setdefault((answer.evidence.start, answer.text), answer)
    return list(seen.values())
