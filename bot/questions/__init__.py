"""What people asked: noted beside the answers, grouped for the operator, and what the operator does about it.

Above bot.state, which keeps it, and bot.replies, which show it. Knows nothing of Telegram. People are digests here.
"""
