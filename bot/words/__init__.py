"""Which words came in which message, and what became of them."""
