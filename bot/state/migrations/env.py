"""Alembic's entry: the connection, its transaction begun, is handed in by bot.state.migrate."""

from alembic import context

from bot.state.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can, once the driver's own transactions are out of the way
)
with context.begin_transaction():
    context.run_migrations()
