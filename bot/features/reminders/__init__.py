"""Reminders, their times, and the morning digest."""
