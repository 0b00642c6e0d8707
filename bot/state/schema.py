"""The tables. A change here needs a migration beside it (bot/state/migrations); a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy import UniqueConstraint as Unique

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only where the type is INTEGER
Moment = Double  # seconds since 1970, UTC

# Who wants what. A row stays when its chat leaves, with the reason.
subscribers = Table(
    "subscribers",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread_id", BigInteger),  # the forum topic where it was asked for
    Column("kind", String(16), nullable=False),  # daily, weekly, both
    Column("since", Moment, nullable=False),
    Column("left_at", Moment),
    Column("left_reason", Text, nullable=False, server_default=""),
)

# content: {"pages": [reply, ...]} as bot.announcements.content writes it; a draft has its picks there as well.
announcements = Table(
    "announcements",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(16), nullable=False),  # manual, daily, weekly
    Column("content", JSON, nullable=False),
    Column("state", String(16), nullable=False),  # draft, sending, done, stopped, cancelled
    Column("author", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("finished_at", Moment),
    Column("recipients", Integer, nullable=False, server_default="0"),
    Column("progress_chat", BigInteger),  # where the message stands that tells how far it is
    Column("progress_message", BigInteger),
    Index(None, "state"),
)

# One row for each message of an announcement to a chat.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("announcement", Id, ForeignKey("announcements.id", ondelete="CASCADE"), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("part", Integer, nullable=False),
    Column("thread_id", BigInteger),
    Column("state", String(16), nullable=False),  # queued, sending, sent, unknown, failed, cancelled
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment, nullable=False, server_default="0"),
    Column("error", Text, nullable=False, server_default=""),
    Column("message_id", BigInteger),
    Column("changed_at", Moment, nullable=False),
    Unique("announcement", "chat_id", "part"),
    Index(None, "state", "not_before"),
    Index(None, "chat_id"),
)

# What a chat chose: ids of reports as a JSON list, [] for all.
chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chosen", JSON, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

# Each time at which a schedule was due and what came of it; its key is what keeps a run from happening twice.
schedule_runs = Table(
    "schedule_runs",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("due", BigInteger, primary_key=True, autoincrement=False),
    Column("announcement", Id, ForeignKey("announcements.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
)

# Which figures were told of late, by a digest of report and quote, and in which section they stand.
told = Table(
    "told",
    metadata,
    Column("figure", String(64), primary_key=True),
    Column("section", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)

# Telegram's ids of pictures sent before, so that a picture is uploaded once for an edition.
files = Table(
    "files",
    metadata,
    Column("edition", String(64), primary_key=True),
    Column("card", String(128), primary_key=True),
    Column("file_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# What people asked and what came of it. `person` is a keyed digest; the row goes after [questions] keep_days.
questions = Table(
    "questions",
    metadata,
    Column("key", String(16), primary_key=True),  # what the buttons under the answer carry
    Column("said", Text, nullable=False),
    Column("form", Text, nullable=False),  # bot.questions.forms: what is asked, without how it is said
    Column("person", String(32), nullable=False),
    Column("private", Boolean, nullable=False),
    Column("outcome", String(16), nullable=False),  # answered, not_found, fixed
    Column("score", Double, nullable=False),
    Column("answer", Text, nullable=False),
    Column("nearest", Text, nullable=False),  # the metric that came nearest, by its name
    Column("report", Text, nullable=False),
    Column("edition", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "at"),
    Index(None, "person"),
)

# 👍 and 👎: one for each person and answer.
votes = Table(
    "votes",
    metadata,
    Column("question", String(16), ForeignKey("questions.key", ondelete="CASCADE"), primary_key=True),
    Column("person", String(32), primary_key=True),
    Column("good", Boolean, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("at", Moment, nullable=False),
    Index(None, "person"),
)

# What the operator decided about a question by its form: ignored, alias, fixed. Later rows of an alias count again.
settled = Table(
    "settled",
    metadata,
    Column("form", String(512), primary_key=True),
    Column("what", String(16), nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)

# Answers that the operator gave. Where `report` is named, `text` stands in it verbatim; else they are his own words.
fixed_answers = Table(
    "fixed_answers",
    metadata,
    Column("form", String(512), primary_key=True),
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)

# What Telegram delivered, in the order of its coming; its content goes when it is done, its number stays for a while.
inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("update_id", BigInteger, nullable=False),
    Column("content", Text, nullable=False),
    Column("state", String(16), nullable=False),  # waiting, done, aside
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", Text, nullable=False, server_default=""),
    Column("received_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Unique("update_id"),
    Index(None, "state", "finished_at"),
)
