"""What a person sees of the own record, and the choice of language."""

from bot.notices import Facts
from bot.views.base import Button, Message, Reader, view
from bot.views.keyboards import main_keyboard


def roles_named(facts: Facts, to: Reader) -> str:
    """The roles in words."""
    names = [to.tr.plain(f"role-{role.replace('_', '-')}") for role in facts["roles"]]
    return to.tr.plain("list-comma").join(names) or to.tr.plain("role-none")


@view("language.choice")
def language_choice(facts: Facts, to: Reader) -> Message:
    """Which language to speak."""
    row = (Button("中文", "lang:zh_CN"), Button("English", "lang:en"))
    return Message(to.tr("language-choice"), buttons=(row,))


@view("language.changed")
def language_changed(facts: Facts, to: Reader) -> Message:
    """From now on in this language, keyboard included."""
    keyboard = main_keyboard(to.tr, facts["on_duty"], facts["place"])
    return Message(to.tr("language-changed"), keyboard=keyboard)
