"""Residents' requests: registered, seen to, answered."""
