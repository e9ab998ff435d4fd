"""Exports: spreadsheets made in the chat."""
