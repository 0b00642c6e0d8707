"""What can be sent from any chat by @bot and a few words: the answer first, then places, sections and figures.

The same words have the same results for everybody: what a chat has chosen by /use plays no part here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from bot.answers.model import Answer, NotFound
from bot.answers.naming import as_written, metric_name
from bot.cards.choose import key_metrics
from bot.replies import texts
from bot.replies.actions import Action, ActionError, Say, ShowMetric, ShowSection, digest, edition_key
from bot.replies.answers import answer_action, answer_draft, metric_draft
from bot.replies.chapters import section_draft
from bot.replies.counties import place_draft
from bot.replies.desk import PAGE_UNITS, Desk
from bot.replies.directory import Entry, matching
from bot.replies.figures import metric_evidence
from bot.replies.guard import check, unsupported, vouched
from bot.replies.links import HOME, to_payload
from bot.replies.model import Button, Reply
from bot.replies.pages import Draft, cut, page_of
from bot.replies.quotes import path_to, short_name
from bot.replies.sharing import briefly, link
from bot.replies.smalltalk import clean, has_words
from bot.reports.model import Report, newest_first

if TYPE_CHECKING:
    from bot.library import Library

MOST = 50  # results (https://core.telegram.org/bots/api#answerinlinequery)
QUERY = 256  # characters of a query (https://core.telegram.org/bots/api#inlinequery)
KEY_FIGURES = 24  # offered before anything is typed
TITLE, DESCRIPTION = 60, 120  # characters that apps show of a result


@dataclass(frozen=True, slots=True)
class Result:
    """`key` names the result as long as it says the same, at most 64 bytes; `reply` has buttons with urls only."""

    key: str
    title: str
    description: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Offer:
    """At most 50 results; `ask` is the payload of a link that asks in private, where the reports did not answer."""

    results: tuple[Result, ...]
    ask: str = ""


@dataclass(frozen=True, slots=True)
class _Offered:
    title: str
    description: str
    draft: Draft
    action: Action


def inline_offer(desk: Desk, query: str, username: str) -> Offer:
    """For words, the answer and all that goes by such a name; for none, the key figures of the newest report."""
    library = desk.get_library()
    said = clean(query[:QUERY])
    if not library.reports:
        return Offer((), HOME)
    if not has_words(said):
        return Offer(_results(_key_figures(library), username))
    found = vouched(library.ask(said))
    named = (_offered(library, entry) for entry in matching(desk.directory(), said, MOST))
    results = _results(chain(_answers(found), named), username)
    return Offer(results, "" if isinstance(found, Answer) else _payload(said))


def _payload(said: str) -> str:
    try:
        return to_payload(Say(0, said))
    except ActionError:
        return HOME


def _results(offered: Iterable[_Offered], username: str) -> tuple[Result, ...]:
    """Each thing once, as a message that can stand in a foreign chat, as far as the guard lets it pass."""
    results: list[Result] = []
    seen: set[object] = set()
    for one in offered:
        payload, looks = to_payload(one.action), (one.title, one.description)
        reply = None if {payload, looks} & seen else _message(one.draft, link(username, one.action))
        if reply is not None:
            seen |= {payload, looks}
            results.append(Result(digest(payload + reply.text, 32), one.title, one.description, reply))
        if len(results) == MOST:
            break
    return tuple(results)


def _message(draft: Draft, address: str) -> Reply | None:
    """The draft cut short, with no buttons but the one to the private chat: others cannot be answered there."""
    short = briefly(draft, address)
    shown = short or page_of(draft, 0, PAGE_UNITS)
    label = texts.IN_PRIVATE if short else texts.OPEN_IN_PRIVATE
    reply = Reply(shown.runs, ((Button(label, url=address),),) if address else (), shown.evidence)
    return None if check(reply) else reply


def _answers(found: Answer | NotFound) -> Iterator[_Offered]:
    """The answer and what else may have been meant; where there is none, the near misses under their own names."""
    if isinstance(found, Answer):
        yield _answered(found)
    for other in found.alternatives if isinstance(found, Answer) else found.near:
        report = other.evidence.report
        if other.metric is not None and other.metric < len(report.metrics):
            yield _figure(report, other.metric)


def _answered(found: Answer) -> _Offered:
    """A figure under its name; a list, a name or a passage under what it says."""
    report = found.evidence.report
    if found.metric is not None and found.metric < len(report.metrics) and not found.note:
        return _figure(report, found.metric)
    title, description = _clipped(found.text), _about(report, found.evidence.quote)
    return _Offered(title, description, answer_draft(found), answer_action(found))


def _key_figures(library: Library) -> Iterator[_Offered]:
    for report in newest_first(library.reports)[:1]:
        for metric in key_metrics(report, KEY_FIGURES):
            yield _figure(report, report.metrics.index(metric))


def _figure(report: Report, index: int) -> _Offered:
    """A figure under its name, or its bare quote where the name has figures that the quote has not."""
    metric = report.metrics[index]
    quote = metric_evidence(report, metric).quote
    name = metric_name(report, metric) + (texts.TARGET if metric.target else "")
    figure = as_written(report.text, metric)
    title = f"{_clipped(name, TITLE - len(figure) - 1)}：{figure}"
    if unsupported(title, (quote,)):
        title = _clipped(quote)
    return _Offered(title, _about(report, quote), metric_draft(report, index), ShowMetric(edition_key(report), index))


def _offered(library: Library, entry: Entry) -> _Offered:
    """What goes by a name, opened."""
    report, action = entry.report, entry.action
    if isinstance(action, ShowMetric):
        return _figure(report, action.index)
    if isinstance(action, ShowSection):
        above = texts.PATH.join(path_to(report, report.sections[action.index])[:-1])
        draft = section_draft(report, action.index)
        return _Offered(_clipped(entry.name), _about(report, above or report.title), draft, action)
    description = _about(report, texts.INLINE_COUNTY.format(place=entry.name))
    return _Offered(entry.name, description, place_draft(newest_first(library.reports), entry.name), action)


def _about(report: Report, words: str) -> str:
    return _clipped(f"{short_name(report)}｜{' '.join(words.split())}", DESCRIPTION)


def _clipped(text: str, limit: int = TITLE) -> str:
    """The text cut at a pause, and never inside a figure."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[: cut(line, max(limit - 1, 1))].rstrip("0123456789０１２３４５６７８９.．,，、；：。 ") + "…"
