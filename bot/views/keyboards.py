"""The main keyboard: what a person can do with one tap."""

from bot.i18n import Translator
from bot.views.base import Key


def main_keyboard(tr: Translator, on_duty: bool, place: bool) -> tuple[tuple[Key, ...], ...]:
    """The keys of a person. `on_duty`: keeps duty at all; `place`: that duty asks for the place."""
    duty = (Key(tr.plain("key-check-in"), location=place), Key(tr.plain("key-check-out")))
    own = (Key(tr.plain("key-my")), Key(tr.plain("key-help")))
    return (duty, (Key(tr.plain("key-correction")), *own)) if on_duty else (own,)
