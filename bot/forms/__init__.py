"""Conversations as data."""
