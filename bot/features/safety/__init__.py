"""Calls for help, and words that belong nowhere yet."""
