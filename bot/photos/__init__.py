"""Photos that people sent: taken, fetched, copied, shown."""
