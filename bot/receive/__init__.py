"""Updates in: from Telegram into the inbox."""
