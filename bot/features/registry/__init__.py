"""The list of features: every form, every kind of message, every ladder."""

from bot.features.registry import forms, messages

__all__ = ["forms", "messages"]
