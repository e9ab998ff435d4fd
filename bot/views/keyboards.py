"""The main keyboard: what a person can do with one tap."""

from bot.base.facts import Struct
from bot.base.i18n import Translator
from bot.views.base import Key


class MainKeys(Struct):
    """What the keys of a person depend on. `on_duty`: keeps duty at all; `place`: that duty asks for the
    place; `patrols`: has something to patrol; `heads`: tells of linked households."""

    on_duty: bool
    place: bool
    patrols: bool
    heads: bool


def main_keyboard(tr: Translator, keys: MainKeys) -> tuple[tuple[Key, ...], ...]:
    """The keys of a person."""
    rows: list[tuple[Key, ...]] = []
    own: tuple[Key, ...] = (Key(tr.plain("key-my")), Key(tr.plain("key-help")))
    if keys.on_duty:
        rows.append((Key(tr.plain("key-check-in"), location=keys.place), Key(tr.plain("key-check-out"))))
        own = (Key(tr.plain("key-correction")), *own)
        patrol = (Key(tr.plain("key-patrol")),) if keys.patrols else ()
        rows.append((*patrol, Key(tr.plain("key-request"))))
    if keys.heads:
        rows.append((Key(tr.plain("key-all-well")), Key(tr.plain("key-some"))))
    return (*rows, own)
