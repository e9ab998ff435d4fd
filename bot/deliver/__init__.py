"""From the outbox to Telegram: by lane, evenly paced, once."""
