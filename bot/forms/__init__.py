"""Conversations as data: one file a form; this table knows them all, by the names of their files."""

from importlib import import_module

from bot.forms.steps import Form

_NAMES = (
    "appeal_answer",
    "assign",
    "behalf",
    "correction",
    "equipment",
    "dispute",
    "feedback",
    "handover",
    "hazard",
    "household",
    "rectify",
    "reopen",
    "request",
    "request_answer",
    "request_contact",
    "request_done",
    "request_stuck",
    "merit",
    "rotation",
    "swap",
)

FORMS: dict[str, Form] = {name: import_module(f"bot.forms.{name}").FORM for name in _NAMES}
