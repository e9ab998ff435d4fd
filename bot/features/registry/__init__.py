"""The list of features: every form, view, message to be read anew, ladder."""

from bot.features.registry import forms, views

__all__ = ["forms", "views"]
