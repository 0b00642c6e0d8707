"""What admins do: announce, publish reports, look at what people asked and at how the bot is doing."""
