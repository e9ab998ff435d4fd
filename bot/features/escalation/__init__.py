"""Escalation: what nobody has answered goes up, step by step."""
