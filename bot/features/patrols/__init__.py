"""Patrols: planned, walked, checked, reported."""
