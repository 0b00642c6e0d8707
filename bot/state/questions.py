"""What people asked, how they found the answers, what the operator settled. People are digests, never ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update

from bot.state.database import State
from bot.state.schema import fixed_answers, questions, settled, votes
from bot.state.upsert import insert_new, upsert


@dataclass(frozen=True, slots=True)
class Kept:
    """A question as it is kept; `form` as bot.questions.forms makes it, `outcome` answered, not_found or fixed."""

    key: str
    said: str
    form: str
    person: str
    private: bool
    outcome: str
    score: float
    answer: str
    nearest: str
    report: str
    edition: int
    at: float


@dataclass(frozen=True, slots=True)
class Complaint:
    """An answer that somebody found bad."""

    question: Kept
    reason: str
    at: float


@dataclass(frozen=True, slots=True)
class Settled:
    what: str  # ignored, alias, fixed
    at: float


@dataclass(frozen=True, slots=True)
class Fixed:
    """The operator's answer. Where `report` is an id, `text` is a verbatim stretch of that report."""

    form: str
    question: str
    text: str
    report: str
    by: str
    at: float


# Questions


async def add(state: State, rows: Sequence[Kept]) -> None:
    """A row that is there already is left as it is: its writer was stopped before it knew that it had written it."""
    values = [asdict(row) for row in rows]
    await state.transact(lambda connection: connection.execute(insert_new(connection.dialect.name, questions), values))


async def latest(state: State, limit: int, outcome: str | None = None) -> list[Kept]:
    """The last questions, the newest first; of one outcome, where one is given."""
    query = select(questions).order_by(questions.c.at.desc()).limit(limit)
    if outcome:
        query = query.where(questions.c.outcome == outcome)
    return await state.looked(lambda connection: [Kept(**row._mapping) for row in connection.execute(query)])


async def prune(state: State, before: float) -> int:
    """Delete what was asked before a moment, with the votes on it; how many questions that were."""
    old = select(questions.c.key).where(questions.c.at < before)
    return await _gone(state, votes.c.question.in_(old), questions.c.at < before)


async def forget(state: State, person: str) -> int:
    """Delete all that is kept of one person: questions, votes and reasons; how many questions that were."""
    own = select(questions.c.key).where(questions.c.person == person)
    return await _gone(state, or_(votes.c.person == person, votes.c.question.in_(own)), questions.c.person == person)


async def _gone(state: State, of_votes: ColumnElement[bool], of_questions: ColumnElement[bool]) -> int:
    def delete_both(connection: Connection) -> int:
        connection.execute(delete(votes).where(of_votes))
        return connection.execute(delete(questions).where(of_questions)).rowcount

    return await state.transact(delete_both, aside=True)


# Votes


async def vote(state: State, key: str, person: str, good: bool, now: float) -> bool:
    """One vote a person, the last counts; False where the question is no longer kept."""
    values = {"good": good, "at": now} | ({"reason": ""} if good else {})

    def voted(connection: Connection) -> bool:
        if connection.scalar(select(func.count()).where(questions.c.key == key)) == 0:
            return False
        connection.execute(upsert(connection, votes, {"question": key, "person": person}, values))
        return True

    return await state.transact(voted)


async def explain(state: State, key: str, person: str, reason: str) -> bool:
    """Why somebody found an answer bad; False where that vote is gone or is a good one now."""
    mine = (votes.c.question == key) & (votes.c.person == person) & votes.c.good.is_(False)
    change = update(votes).where(mine).values(reason=reason)
    return await state.transact(lambda connection: connection.execute(change).rowcount > 0)


async def complaints(state: State, limit: int) -> list[Complaint]:
    """The answers found bad, the latest first."""
    query = (
        select(questions, votes.c.reason, votes.c.at.label("voted_at"))
        .join(votes, votes.c.question == questions.c.key)
        .where(votes.c.good.is_(False))
        .order_by(votes.c.at.desc())
        .limit(limit)
    )
    rows = await state.looked(lambda connection: [dict(row._mapping) for row in connection.execute(query)])
    return [Complaint(reason=row.pop("reason"), at=row.pop("voted_at"), question=Kept(**row)) for row in rows]


async def tally(state: State) -> Mapping[str, tuple[int, int, tuple[str, ...]]]:
    """The votes on each question: how many good, how many bad, the reasons."""
    found: dict[str, tuple[int, int, tuple[str, ...]]] = {}
    query = select(votes).order_by(votes.c.at)
    for row in await state.looked(lambda connection: connection.execute(query).all()):
        good, bad, reasons = found.get(row.question, (0, 0, ()))
        more = (row.reason,) if row.reason else ()
        found[row.question] = (good + row.good, bad + (not row.good), (*reasons, *more))
    return found


# What the operator settled


async def settle(state: State, forms: Iterable[str], what: str, by: str, now: float) -> None:
    values = {"what": what, "by": by, "at": now}

    def settle_all(connection: Connection) -> None:
        for form in forms:
            connection.execute(upsert(connection, settled, {"form": form}, values))

    await state.transact(settle_all)


async def all_settled(state: State) -> Mapping[str, Settled]:
    rows = await state.looked(lambda connection: connection.execute(select(settled)).all())
    return {row.form: Settled(row.what, row.at) for row in rows}


async def fix(state: State, answer: Fixed) -> None:
    values = asdict(answer)
    key = {"form": values.pop("form")}
    await state.transact(lambda connection: connection.execute(upsert(connection, fixed_answers, key, values)))


async def unfix(state: State, form: str) -> bool:
    """Withdraw a fixed answer; its question counts as unanswered again."""
    was_settled = (settled.c.form == form) & (settled.c.what == "fixed")

    def withdraw(connection: Connection) -> bool:
        connection.execute(delete(settled).where(was_settled))
        return connection.execute(delete(fixed_answers).where(fixed_answers.c.form == form)).rowcount > 0

    return await state.transact(withdraw)


async def all_fixed(state: State) -> list[Fixed]:
    """The fixed answers, the newest first."""
    query = select(fixed_answers).order_by(fixed_answers.c.at.desc())
    return await state.looked(lambda connection: [Fixed(**row._mapping) for row in connection.execute(query)])
