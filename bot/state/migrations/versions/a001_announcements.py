"""Subscribers, announcements and their outbox, choices of chats, schedule runs, figures told, ids of pictures."""

import sqlalchemy as sa
from alembic import op

revision = "a001"
down_revision = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _announcements()
    op.create_table(
        "subscribers",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("thread_id", sa.BigInteger),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("since", sa.Double, nullable=False),
        sa.Column("left_at", sa.Double),
        sa.Column("left_reason", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chosen", sa.JSON, nullable=False),
        sa.Column("changed_at", sa.Double, nullable=False),
    )
    op.create_table(
        "schedule_runs",
        sa.Column("name", sa.String(128), primary_key=True),
        sa.Column("due", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("announcement", Id, sa.ForeignKey("announcements.id", ondelete="SET NULL")),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_table(
        "told",
        sa.Column("figure", sa.String(64), primary_key=True),
        sa.Column("section", sa.String(64), nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_table(
        "files",
        sa.Column("edition", sa.String(64), primary_key=True),
        sa.Column("card", sa.String(128), primary_key=True),
        sa.Column("file_id", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )


def _announcements() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", Id, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("started_at", sa.Double),
        sa.Column("finished_at", sa.Double),
        sa.Column("recipients", sa.Integer, nullable=False, server_default="0"),
        sa.Column("progress_chat", sa.BigInteger),
        sa.Column("progress_message", sa.BigInteger),
    )
    op.create_index("ix_announcements_state", "announcements", ["state"])
    op.create_table(
        "outbox",
        sa.Column("id", Id, primary_key=True),
        sa.Column("announcement", Id, sa.ForeignKey("announcements.id", ondelete="CASCADE"), nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("thread_id", sa.BigInteger),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("not_before", sa.Double, nullable=False, server_default="0"),
        sa.Column("error", sa.Text, nullable=False, server_default=""),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("changed_at", sa.Double, nullable=False),
        sa.UniqueConstraint("announcement", "chat_id", "part"),
    )
    op.create_index("ix_outbox_state_not_before", "outbox", ["state", "not_before"])
    op.create_index("ix_outbox_chat_id", "outbox", ["chat_id"])
