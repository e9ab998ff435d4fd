"""The main keyboard: what a person can do with one tap."""

from bot.base.facts import Facts
from bot.base.i18n import Translator
from bot.views.base import Key


def main_keyboard(tr: Translator, facts: Facts) -> tuple[tuple[Key, ...], ...]:
    """The keys of a person. `on_duty`: keeps duty at all; `place`: that duty asks for the place; `heads`:
    tells of linked households; `patrols`: has something to patrol."""
    rows: list[tuple[Key, ...]] = []
    own: tuple[Key, ...] = (Key(tr.plain("key-my")), Key(tr.plain("key-help")))
    if facts["on_duty"]:
        rows.append((Key(tr.plain("key-check-in"), location=facts["place"]), Key(tr.plain("key-check-out"))))
        own = (Key(tr.plain("key-correction")), *own)
        patrol = (Key(tr.plain("key-patrol")),) if facts["patrols"] else ()
        rows.append((*patrol, Key(tr.plain("key-request"))))
    if facts["heads"]:
        rows.append((Key(tr.plain("key-all-well")), Key(tr.plain("key-some"))))
    return (*rows, own)
