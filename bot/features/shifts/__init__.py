"""Shifts: crews, rotations, leave."""
