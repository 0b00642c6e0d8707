"""What the bot says of its own accord: composed, scheduled, and sent once to each subscribed chat."""
