"""Duty: check-in, check-out, corrections."""
