"""What a person can do here."""

from bot.notices import Facts
from bot.views.base import Message, Reader, view
from bot.views.keyboards import main_keyboard

DECIDING = frozenset({"supervisor", "admin"})
OVERSEEING = DECIDING | {"dispatcher"}


@view("help")
def help_(facts: Facts, to: Reader) -> Message:
    """A line for each key this person has, the commands, and whom to call when it is urgent."""
    lines = [to.tr("help-head")]
    if facts["on_duty"]:
        arrive = "help-check-in-place" if facts["place"] else "help-check-in"
        lines.append(to.tr(arrive, key=to.tr.plain("key-check-in")))
        lines.append(to.tr("help-check-out", key=to.tr.plain("key-check-out")))
        lines.append(to.tr("help-correction", key=to.tr.plain("key-correction")))
        lines.append(to.tr("help-hazard"))
        lines.append(to.tr("help-request", key=to.tr.plain("key-request")))
        lines.append(to.tr("help-swap"))
        lines.append(to.tr("help-shifts"))
        lines.append(to.tr("help-handover"))
        lines.append(to.tr("help-patrol"))
    if facts["heads"]:
        keys = {"all": to.tr.plain("key-all-well"), "some": to.tr.plain("key-some")}
        lines.append(to.tr("help-households", **keys))
        if not facts["on_duty"]:
            lines.append(to.tr("help-hazard-told"))
            lines.append(to.tr("help-request-told"))
    lines.append(to.tr("help-my", key=to.tr.plain("key-my")))
    if OVERSEEING.intersection(facts["roles"]):
        lines.append(to.tr("help-onduty"))
        lines.append(to.tr("help-missing"))
        lines.append(to.tr("help-export"))
        lines.append(to.tr("help-summary"))
    if DECIDING.intersection(facts["roles"]):
        lines.append(to.tr("help-for"))
        lines.append(to.tr("help-rotation"))
        lines.append(to.tr("help-reminders"))
        lines.append(to.tr("help-ledger"))
        lines.append(to.tr("help-deciding"))
    lines += ["", to.tr("help-commands"), "", to.tr("help-emergency")]
    return Message("\n".join(lines), keyboard=main_keyboard(to.tr, facts))
