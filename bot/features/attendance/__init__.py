"""Attendance: who is due, who is there, who is missing."""
