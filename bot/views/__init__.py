"""Views: notice and locale in, message out. Pure: they read nothing."""

from bot.views import checkin, corrections, feedback, forms, general, help, joining, mydata, own, swaps
from bot.views.base import Button, Key, Message, Reader, View, kinds, render, view

__all__ = [
    "Button",
    "Key",
    "Message",
    "Reader",
    "View",
    "checkin",
    "corrections",
    "feedback",
    "forms",
    "general",
    "help",
    "joining",
    "kinds",
    "mydata",
    "own",
    "render",
    "swaps",
    "view",
]
