"""Views: notice and locale in, message out. Pure: they read nothing."""

from bot.views import (
    checkin,
    corrections,
    feedback,
    forms,
    general,
    help,
    households,
    joining,
    mydata,
    onduty,
    own,
    rotation,
    shifts,
    swaps,
)
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
    "households",
    "joining",
    "kinds",
    "mydata",
    "onduty",
    "own",
    "render",
    "rotation",
    "shifts",
    "swaps",
    "view",
]
