"""What is said when a rotation is set or ended."""

from bot.features.shifts.notices import Lacking, RotationSet
from bot.features.shifts.views.shifts import day_told
from bot.views.base import Message, Reader


def set_(told: RotationSet, to: Reader) -> Message:
    """The whole of it: times, crews, up to when it is planned, and what its crews lack."""
    day = day_told(to.local(told.first_day), to)
    lines = [
        to.tr("rotation-set", post=told.post, day=day),
        to.tr("rotation-set-times", spans=to.listed(told.spans)),
    ]
    for number, crew in enumerate(told.crews, start=1):
        names = [to.tr.plain("shifts-lead", name=crew[0]), *crew[1:]]
        lines.append(to.tr("rotation-set-crew", number=str(number), names=to.listed(names)))
    until = day_told(to.local(told.planned_until), to)
    lines.append(to.tr("rotation-set-planned", count=str(told.shifts), day=until))
    if told.replaced:
        lines.append(to.tr("rotation-set-replaced", count=str(told.replaced)))
    lines += [_lacking(each, told.needed, to) for each in told.lacking]
    stop = to.button("rotation-stop-button", f"rota:stop:{told.rotation_id}")
    return Message("\n".join(lines), buttons=((stop,),))


def _lacking(each: Lacking, needed: int, to: Reader) -> str:
    parts = []
    if each.few:
        parts.append(to.tr.plain("rotation-lacks-people", needed=str(needed)))
    if each.titles:
        titles = to.listed(each.titles)
        parts.append(to.tr.plain("rotation-lacks-titles", titles=titles))
    return to.tr("rotation-lacks", number=str(each.crew), what=to.listed(parts))
