"""Views: notice and locale in, message out. Pure: they read nothing."""

from bot.views import general
from bot.views.base import Button, Key, Message, Reader, View, kinds, render, view

__all__ = ["Button", "Key", "Message", "Reader", "View", "general", "kinds", "render", "view"]
