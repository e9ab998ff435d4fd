"""The local Bot API server, tested by itself."""
