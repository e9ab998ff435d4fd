"""Conversations as data: one file a form; this table knows them all."""

from bot.forms import correction, feedback
from bot.forms.steps import Form

FORMS: dict[str, Form] = {form.id: form for form in (correction.FORM, feedback.FORM)}
