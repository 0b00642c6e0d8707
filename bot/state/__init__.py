"""What must outlive a restart, in an SQL database: subscribers, announcements, their outbox, choices of chats.

One file for each concern: functions that take a `State`, or a connection where several steps are one transaction. What
they return are frozen dataclasses; moments are seconds since 1970 (UTC). Knows nothing of reports, replies or Telegram.
"""

from bot.state.database import State, StateError

__all__ = ["State", "StateError"]
