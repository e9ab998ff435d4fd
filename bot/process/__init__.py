"""From the inbox to a handler: one update, one savepoint."""
