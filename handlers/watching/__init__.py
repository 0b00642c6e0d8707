"""How the bot is doing: meters, errors, and what the admins have to know."""
