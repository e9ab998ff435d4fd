"""What a person can do here."""

from bot.outbox.notices import Notice
from bot.views.base import Message, Reader
from bot.views.keyboards import MainKeys, main_keyboard

DECIDING = frozenset({"supervisor", "admin"})
OVERSEEING = DECIDING | {"dispatcher"}


class Help(MainKeys, Notice, kind="help"):
    """What somebody with these roles can do."""

    roles: tuple[str, ...]


def help_(told: Help, to: Reader) -> Message:
    """Whom to call when it is urgent, a line for each key this person has, and where the rest is: no more
    than a small phone shows at once."""
    roles = set(told.roles)
    lines = [to.tr("help-emergency")]
    if told.on_duty:
        lines += _on_duty(to)
    if told.heads:
        keys = {"all": to.tr.plain("key-all-well"), "some": to.tr.plain("key-some")}
        lines.append(to.tr("help-households", **keys))
    if told.heads and not told.on_duty:
        lines += [to.tr("help-hazard"), to.tr("help-request-told")]
    if OVERSEEING & roles:
        lines.append(to.tr("help-overseeing"))
    elif told.on_duty or told.heads:
        lines.append(to.tr("help-my", key=to.tr.plain("key-my")))
    else:
        lines.append(to.tr("join-welcome-no-duty"))
    if DECIDING & roles:
        lines.append(to.tr("help-deciding"))
    lines.append(to.tr("help-rest-duty" if told.on_duty else "help-rest"))
    return Message("\n".join(lines), keyboard=main_keyboard(to.tr, told))


def _on_duty(to: Reader) -> list[str]:
    keys = {"arrive": to.tr.plain("key-check-in"), "leave": to.tr.plain("key-check-out")}
    return [
        to.tr("help-keys", **keys),
        to.tr("help-correction", key=to.tr.plain("key-correction")),
        to.tr("help-hazard"),
        to.tr("help-request", key=to.tr.plain("key-request")),
    ]
