"""What people asked, their votes, what the operator settled, fixed answers."""

import sqlalchemy as sa
from alembic import op

revision = "a002"
down_revision = "a001"


def upgrade() -> None:
    op.create_table(
        "questions",
        sa.Column("key", sa.String(16), primary_key=True),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("nearest", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("edition", sa.BigInteger, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_index("ix_questions_at", "questions", ["at"])
    op.create_index("ix_questions_person", "questions", ["person"])
    op.create_table(
        "votes",
        sa.Column("question", sa.String(16), sa.ForeignKey("questions.key", ondelete="CASCADE"), primary_key=True),
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("good", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_index("ix_votes_person", "votes", ["person"])
    for name, more in (("settled", ["what"]), ("fixed_answers", ["question", "text", "report"])):
        op.create_table(
            name,
            sa.Column("form", sa.String(512), primary_key=True),
            *(sa.Column(column, sa.String(16) if column == "what" else sa.Text, nullable=False) for column in more),
            sa.Column("by", sa.String(64), nullable=False),
            sa.Column("at", sa.Double, nullable=False),
        )
