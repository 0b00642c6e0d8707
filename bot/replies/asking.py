"""A question in free text: small talk, emptiness and length first, then the library."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers.model import Answer, NotFound
from bot.answers.words import normalise
from bot.replies import smalltalk, texts
from bot.replies.answers import answer_draft, not_found_draft
from bot.replies.asked import asked_of, with_comparison
from bot.replies.comparing import compare_draft, compares
from bot.replies.desk import Chat, Desk
from bot.replies.examples import examples
from bot.replies.guard import vouched
from bot.replies.model import Run
from bot.replies.pages import Draft

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def ask(desk: Desk, chat: Chat, said: str) -> Draft:
    """The draft that answers a question; the chat remembers why it was answered so."""
    if not smalltalk.has_words(said):
        empty = texts.EMPTY if chat.private else texts.EMPTY_IN_GROUP
        return invitation(desk, texts.WORDLESS if said.strip() else empty)
    friendly = smalltalk.small_talk(said)
    if friendly:
        return invitation(desk, friendly)
    if not desk.get_library().reports:
        return Draft((Run(texts.NO_REPORTS),))
    question = smalltalk.clean(said)
    if own := desk.fixed(question[: smalltalk.QUESTION_LIMIT]):
        return own
    what = compares(question)
    if what and len({report.year for report in desk.get_library().reports}) > 1:
        return with_comparison(compare_draft(desk.comparable(chat), what), question)
    found = vouched(_found(desk, chat, question[: smalltalk.QUESTION_LIMIT]))
    memory = desk.memory(chat)
    memory.question, memory.why = smalltalk.echo(question), found.why
    draft = answer_draft(found) if isinstance(found, Answer) else not_found_draft(found)
    draft = replace(draft, asked=asked_of(found))
    if len(question) > smalltalk.QUESTION_LIMIT:
        notice = Run(texts.CUT.format(limit=smalltalk.QUESTION_LIMIT) + "\n\n", own=True)
        return replace(draft, runs=(notice, *draft.runs))
    return draft


def invitation(desk: Desk, first: str) -> Draft:
    """A friendly sentence and questions that can be asked."""
    questions = examples(desk)
    if not questions:
        return Draft((Run(first),))
    lines = "\n".join(f"· {question}" for question in questions)
    return Draft((Run(f"{first}\n\n{texts.TRY}\n{lines}", own=True),))


def why_draft(desk: Desk, chat: Chat) -> Draft:
    """Why the last question in this chat was answered as it was."""
    memory = desk.memory(chat)
    if not memory.question:
        return Draft((Run(texts.WHY_NOTHING),))
    lines = [f"· {line}" for line in memory.why] or [texts.WHY_NO_LINES]
    return Draft((Run("\n".join([texts.WHY_TOP.format(question=memory.question), *lines]), own=True),))


def _found(desk: Desk, chat: Chat, question: str) -> Answer | NotFound:
    """From the reports the chat chose; where they are silent, from all, if the question itself names another report."""
    library, chosen = desk.get_library(), desk.chosen(chat)
    if not chosen:
        return library.ask(question)
    years = {int(year) for year in _YEAR.findall(normalise(question))}
    if years and not any(years & {report.year, *report.years} for report in chosen):
        return _from_another(library.ask(question))
    found = library.ask(question, reports=chosen)
    if isinstance(found, Answer):
        return found
    wider = library.ask(question) if years else found
    return _from_another(wider) if isinstance(wider, Answer) and wider.evidence.report.year in years else found


def _from_another(found: Answer | NotFound) -> Answer | NotFound:
    return replace(found, note=texts.FROM_OTHER + found.note) if isinstance(found, Answer) else found
