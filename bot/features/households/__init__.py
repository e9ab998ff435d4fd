"""Household heads: their daily answer and the help they ask for."""
