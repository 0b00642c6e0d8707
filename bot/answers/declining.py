"""When not to answer, what to say then, and why: near misses, the reason in one sentence, the trace of a decision."""

from __future__ import annotations

from bot.answers.confidence import THRESHOLD, log_odds
from bot.answers.matching import Needle
from bot.answers.model import Answer
from bot.answers.reading import Reading
from bot.answers.scope import wanted_years

_TIE = 0.05  # difference of log-odds below which two answers are equally good


def ambiguous(answers: list[Answer]) -> bool:
    """Whether two figures answer equally well and differ: better to ask back than to guess."""
    best, *others = answers
    rivals = (one for one in others if one.unit == best.unit and one.value not in (None, best.value))
    return best.metric is not None and any(log_odds(best.score) - log_odds(one.score) < _TIE for one in rivals)


def reason(reading: Reading, answers: list[Answer], near: list[Answer]) -> str:
    """Why the report does not answer, in one Chinese sentence; "" where there is no more to say."""
    report, scope = reading.report, reading.scope
    if scope.foreign:
        return f"报告没有提到{scope.foreign}。"
    if answers and answers[0].score >= THRESHOLD:
        return "报告里有几处都对得上，请说得再具体些，例如加上年份、地区或全称。"
    if not near or near[0].metric is None:
        return ""
    nearest = report.metrics[near[0].metric]
    years = wanted_years(reading.question, report)
    if years and nearest.period and str(years[0]) not in nearest.period:
        return f"报告没有{years[0]}年的这项数据，只有{nearest.period}年的。"
    if scope.place and scope.place not in nearest.place:
        return f"报告没有说到{scope.place}的这项数据。"
    return ""


def why(reading: Reading, answers: list[Answer], score: float) -> tuple[str, ...]:
    """What matched, what scope was read, the score and why the second best lost."""
    needle = reading.needle
    lines = [f"认出的词：{'、'.join(_words_of(needle)) or '无'}"]
    for synonym in needle.variants:
        lines.append(f"“{needle.text[synonym.start : synonym.end]}”也按“{'、'.join(synonym.variants[:3])}”找")
    lost = [needle.text[a:b] for a, b in needle.unknown]
    if lost:
        lines.append(f"报告里没有的字词：{'、'.join(lost)}")
    scope = reading.scope
    if scope.place or scope.foreign:
        lines.append(f"地点：{scope.place or scope.foreign}")
    for rank, answer in enumerate(answers[:2]):
        lines.append(f"{'首选' if not rank else '次选'}：{answer.text[:30]}（把握 {answer.score:.2f}）")
    if answers:
        lines.append(f"首选与次选相比之后：把握 {score:.2f}")
    return tuple(lines)


def _words_of(needle: Needle) -> list[str]:
    """The known words of a question, for `why`: neighbouring pairs joined."""
    words: list[str] = []
    last = -2
    for at, pair in needle.pairs:
        if at == last + 1 and words:
            words[-1] += pair[1]
        else:
            words.append(pair)
        last = at
    return words
