"""How a Reply goes out: rendered, within Telegram's limits, once; answers to people, and what the outbox holds."""
