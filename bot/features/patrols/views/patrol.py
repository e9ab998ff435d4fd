"""What is said on a patrol: the living card, checkpoints reached, the checklist."""

from collections.abc import Sequence

from bot.features.patrols import notices
from bot.views.base import Button, Key, Message, Reader, in_rows
from bot.views.keyboards import main_keyboard
from bot.views.wording import distance_told, span_told

# Names told one by one; the rest as a number.
MOST_NAMES = 6


def which(told: notices.PatrolWhich, to: Reader) -> Message:
    """Several sections: one tap says which."""
    rows = [(Button(each.name, f"pat:go:{each.id}"),) for each in told.sections]
    free = to.button("patrol-free-button", "pat:go:0")
    return Message(to.tr("patrol-which"), buttons=(*rows, (free,)))


def started(told: notices.PatrolStarted, to: Reader) -> Message:
    """What counts as reached, and the keys of the way; the card below shows the section."""
    over = to.tr.plain("key-patrol-over")
    if told.stops:
        lines = [to.tr("patrol-started", key=to.tr.plain("key-reached"), over=over)]
    else:
        lines = [to.tr("patrol-started-free", over=over)]
    if not told.on_duty:
        lines.append(to.tr("patrol-started-off-duty"))
    return Message("\n".join(lines), keyboard=_keys_of_the_way(to))


def card(told: notices.PatrolCard, to: Reader) -> Message:
    """Where it has got to, and what is asked next."""
    lines = [_head(told, to), *(_stop(stop, to) for stop in told.stops)]
    noted = [_name(item, to) for item in told.items if item.noted]
    if noted:
        lines.append(to.tr("patrol-noted", items=named(noted, to)))
    if told.page == "items":
        return _items(lines, told, to)
    return _check(lines, told, to) if told.page == "check" else _walk(lines, told, to)


def card_moved(told: notices.PatrolCardMoved, to: Reader) -> Message:
    """The card stands further down now."""
    return Message(to.tr("patrol-card-moved", section=section_told(told.section, to)))


def card_over(told: notices.PatrolCardOver, to: Reader) -> Message:
    """Over: the report tells the rest."""
    key = "patrol-card-over" if told.state == "done" else "patrol-card-closed"
    return Message(to.tr(key, section=section_told(told.section, to), time=to.time(told.started_at)))


def none(told: notices.PatrolNone, to: Reader) -> Message:
    """Nobody is on patrol here (any more): the main keyboard is back."""
    key = "patrol-dropped" if told.dropped else "patrol-none-open"
    return Message(to.tr(key), keyboard=main_keyboard(to.tr, told))


def reached(told: notices.PatrolReached, to: Reader) -> Message:
    """One more; which are left."""
    return Message("\n".join([to.tr("patrol-reached", name=told.name), _left(told, to)]))


def again(told: notices.PatrolAgain, to: Reader) -> Message:
    """This one counts already."""
    return Message("\n".join([to.tr("patrol-again", name=told.name), _left(told, to)]))


def far(told: notices.PatrolFar, to: Reader) -> Message:
    """No checkpoint is near: how far the nearest is, and what helps."""
    distance = distance_told(told.distance, to)
    return Message(to.tr("patrol-far", name=told.name, distance=distance))


def photo(told: notices.PatrolPhoto, to: Reader) -> Message:
    """Of which checkpoint is this photo? Or is something not in order?"""
    data = f"pat:at:{told.patrol_id}:%s:{told.photo_id}"
    rows = [(Button(stop.name, data % stop.id),) for stop in told.left[:12]]
    data = f"pat:bad:{told.patrol_id}:{told.photo_id}"
    bad = to.button("patrol-photo-bad-button", data)
    return Message(to.tr("patrol-photo-which" if rows else "patrol-photo-none"), buttons=(*rows, (bad,)))


def detail_kept(told: notices.PatrolDetailKept, to: Reader) -> Message:
    """More about an item, or the remark."""
    item = told.item_zh if to.tr.locale == "zh_CN" else told.item_en
    if item:
        return Message(to.tr("patrol-detail-kept", item=item))
    return Message(to.tr("patrol-remark-added" if told.after else "patrol-remark-kept"))


def finished(told: notices.PatrolFinished, to: Reader) -> Message:
    """Handed in; the report follows. The main keyboard is back."""
    span = span_told(told.minutes, to)
    return Message(to.tr("patrol-finished", span=span), keyboard=main_keyboard(to.tr, told))


def named(names: Sequence[str], to: Reader) -> str:
    """Names; of many, the first ones and how many there are."""
    told = to.listed(names[:MOST_NAMES])
    if len(names) <= MOST_NAMES:
        return told
    return to.tr.plain("patrol-and-others", names=told, count=str(len(names)))


def _keys_of_the_way(to: Reader) -> tuple[tuple[Key, ...], ...]:
    reached_key = Key(to.tr.plain("key-reached"), location=True)
    return ((reached_key,), (Key(to.tr.plain("key-patrol-bad")), Key(to.tr.plain("key-patrol-over"))))


def section_told(section: str, to: Reader) -> str:
    """The section by name; where there is none, that it was walked freely."""
    return section or to.tr.plain("patrol-free")


def _head(notice: notices.PatrolCard, to: Reader) -> str:
    count = sum(1 for stop in notice.stops if stop.at)
    told = {"section": section_told(notice.section, to), "time": to.time(notice.started_at)}
    if not notice.stops:
        return to.tr("patrol-head-free", **told)
    return to.tr("patrol-head", **told, reached=str(count), total=str(len(notice.stops)))


def _stop(stop: notices.CardStop, to: Reader) -> str:
    if stop.at:
        return to.tr("patrol-stop-reached", name=stop.name, time=to.time(stop.at))
    return to.tr("patrol-stop-open", name=stop.name)


def _left(told: notices.PatrolReached, to: Reader) -> str:
    names = [stop.name for stop in told.left]
    if not names:
        return to.tr("patrol-all-reached", key=to.tr.plain("key-patrol-over"))
    return to.tr("patrol-left", names=named(names, to))


def _walk(lines: list[str], told: notices.PatrolCard, to: Reader) -> Message:
    number = told.patrol_id
    bad = to.button("patrol-bad-button", f"pat:bad:{number}")
    over = to.button("patrol-over-button", f"pat:over:{number}")
    begun = any(stop.at for stop in told.stops) or any(item.noted for item in told.items)
    drop = to.button("patrol-drop-button", f"pat:drop:{number}")
    return Message("\n".join(lines), buttons=((bad, over),) if begun else ((bad, over), (drop,)))


def _check(lines: list[str], told: notices.PatrolCard, to: Reader) -> Message:
    number = told.patrol_id
    missed = [stop.name for stop in told.stops if not stop.at]
    if missed:
        lines += ["", to.tr("patrol-check-missed", names=named(missed, to))]
    some = any(item.noted for item in told.items)
    things = [_name(item, to) for item in told.items]
    lines += ["", to.tr("patrol-check-rest" if some else "patrol-check", items=to.listed(things))]
    done = to.button("patrol-rest-fine-button" if some else "patrol-fine-button", f"pat:done:{number}")
    bad = to.button("patrol-bad-button", f"pat:bad:{number}")
    back = to.button("patrol-walk-on-button", f"pat:walk:{number}")
    return Message("\n".join(lines), buttons=((done,), (bad, back)))


def _items(lines: list[str], notice: notices.PatrolCard, to: Reader) -> Message:
    number, about = notice.patrol_id, notice.about
    current = next((item for item in notice.items if item.code == about), None)
    if current is None:
        lines += ["", to.tr("patrol-items")]
    else:
        key = "patrol-item-told" if current.told else "patrol-item-noted"
        lines += ["", to.tr(key, item=_name(current, to))]
    options = [Button(_label(item, to), f"pat:item:{number}:{item.code}") for item in notice.items]
    rows = in_rows(options, 2)
    walk = to.button("patrol-walk-on-button", f"pat:walk:{number}")
    over = to.button("patrol-over-button", f"pat:over:{number}")
    return Message("\n".join(lines), buttons=(*rows, (walk, over)))


def _label(item: notices.CardItem, to: Reader) -> str:
    name = _name(item, to)
    return to.tr.plain("patrol-item-marked", item=name) if item.noted else name


def _name(item: notices.CardItem, to: Reader) -> str:
    return item.zh_CN if to.tr.locale == "zh_CN" else item.en
