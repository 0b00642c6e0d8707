"""Alembic's migrations, part of the package: run at start by bot.state.migrate, never by hand."""
