"""Hazards: reported, put right, verified."""
