"""Views: notice and locale in, message out. Pure: they read nothing."""

from bot.views import checkin, feedback, forms, general
from bot.views.base import Button, Key, Message, Reader, View, kinds, render, view

__all__ = [
    "Button",
    "Key",
    "Message",
    "Reader",
    "View",
    "checkin",
    "feedback",
    "forms",
    "general",
    "kinds",
    "render",
    "view",
]
