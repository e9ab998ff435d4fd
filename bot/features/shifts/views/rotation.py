"""What is said when a rotation is set or ended."""

from bot.base.facts import Facts
from bot.features.shifts.views.shifts import day_told
from bot.views.base import Button, Message, Reader


def set_(facts: Facts, to: Reader) -> Message:
    """The whole of it: times, crews, up to when it is planned, and what its crews lack."""
    day = day_told(to.local(facts["first_day"]), to)
    lines = [
        to.tr("rotation-set", post=facts["post"], day=day),
        to.tr("rotation-set-times", spans=to.tr.plain("list-comma").join(facts["spans"])),
    ]
    for number, crew in enumerate(facts["crews"], start=1):
        names = [to.tr.plain("shifts-lead", name=crew[0]), *crew[1:]]
        lines.append(
            to.tr("rotation-set-crew", number=str(number), names=to.tr.plain("list-comma").join(names))
        )
    until = day_told(to.local(facts["planned_until"]), to)
    lines.append(to.tr("rotation-set-planned", count=str(facts["shifts"]), day=until))
    if facts["replaced"]:
        lines.append(to.tr("rotation-set-replaced", count=str(facts["replaced"])))
    lines += [_lacking(each, facts["needed"], to) for each in facts["lacking"]]
    stop = Button(to.tr.plain("rotation-stop-button"), f"rota:stop:{facts['rotation_id']}")
    return Message("\n".join(lines), buttons=((stop,),))


def stopped(facts: Facts, to: Reader) -> Message:
    """It is over."""
    return Message(to.tr("rotation-stopped", post=facts["post"], count=str(facts["shifts"])))


def _lacking(each: Facts, needed: int, to: Reader) -> str:
    parts = []
    if each["few"]:
        parts.append(to.tr.plain("rotation-lacks-people", needed=str(needed)))
    if each["titles"]:
        titles = to.tr.plain("list-comma").join(each["titles"])
        parts.append(to.tr.plain("rotation-lacks-titles", titles=titles))
    return to.tr("rotation-lacks", number=str(each["crew"]), what=to.tr.plain("list-comma").join(parts))
