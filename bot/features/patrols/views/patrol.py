"""What is said on a patrol: the living card, checkpoints reached, the checklist."""

from bot.base.facts import Facts
from bot.features.duty.views.check_in import distance_told, span_told
from bot.views.base import Button, Key, Message, Reader
from bot.views.keyboards import main_keyboard

# Names told one by one; the rest as a number.
MOST_NAMES = 6


def which(facts: Facts, to: Reader) -> Message:
    """Several sections: one tap says which."""
    rows = [(Button(each["name"], f"pat:go:{each['id']}"),) for each in facts["sections"]]
    free = Button(to.tr.plain("patrol-free-button"), "pat:go:0")
    return Message(to.tr("patrol-which"), buttons=(*rows, (free,)))


def started(facts: Facts, to: Reader) -> Message:
    """What counts as reached, and the keys of the way; the card below shows the section."""
    over = to.tr.plain("key-patrol-over")
    if facts["stops"]:
        lines = [to.tr("patrol-started", key=to.tr.plain("key-reached"), over=over)]
    else:
        lines = [to.tr("patrol-started-free", over=over)]
    if not facts["on_duty"]:
        lines.append(to.tr("patrol-started-off-duty"))
    return Message("\n".join(lines), keyboard=_keys_of_the_way(to))


def card(facts: Facts, to: Reader) -> Message:
    """Where it has got to, and what is asked next."""
    lines = [_head(facts, to), *(_stop(stop, to) for stop in facts["stops"])]
    noted = [item[to.tr.locale] for item in facts["items"] if item["noted"]]
    if noted:
        lines.append(to.tr("patrol-noted", items=named(noted, to)))
    if facts["page"] == "items":
        return _items(lines, facts, to)
    return _check(lines, facts, to) if facts["page"] == "check" else _walk(lines, facts, to)


def card_moved(facts: Facts, to: Reader) -> Message:
    """The card stands further down now."""
    return Message(to.tr("patrol-card-moved", section=_section(facts, to)))


def card_over(facts: Facts, to: Reader) -> Message:
    """Over: the report tells the rest."""
    key = "patrol-card-over" if facts["state"] == "done" else "patrol-card-closed"
    return Message(to.tr(key, section=_section(facts, to), time=to.time(facts["started_at"])))


def card_dropped(facts: Facts, to: Reader) -> Message:
    """Begun by mistake."""
    return Message(to.tr("patrol-card-dropped"))


def none(facts: Facts, to: Reader) -> Message:
    """Nobody is on patrol here (any more): the main keyboard is back."""
    key = "patrol-dropped" if facts["dropped"] else "patrol-none-open"
    return Message(to.tr(key), keyboard=main_keyboard(to.tr, facts))


def reached(facts: Facts, to: Reader) -> Message:
    """One more; which are left."""
    return Message("\n".join([to.tr("patrol-reached", name=facts["name"]), _left(facts, to)]))


def again(facts: Facts, to: Reader) -> Message:
    """This one counts already."""
    return Message("\n".join([to.tr("patrol-again", name=facts["name"]), _left(facts, to)]))


def far(facts: Facts, to: Reader) -> Message:
    """No checkpoint is near: how far the nearest is, and what helps."""
    distance = distance_told(facts["distance"], to)
    return Message(to.tr("patrol-far", name=facts["name"], distance=distance))


def noted_place(facts: Facts, to: Reader) -> Message:
    """A place on the way, where no checkpoint has one."""
    return Message(to.tr("patrol-noted-place"))


def live(facts: Facts, to: Reader) -> Message:
    """The way is followed from now on."""
    return Message(to.tr("patrol-live"))


def photo(facts: Facts, to: Reader) -> Message:
    """Of which checkpoint is this photo? Or is something not in order?"""
    data = f"pat:at:{facts['patrol_id']}:%s:{facts['photo_id']}"
    rows = [(Button(stop["name"], data % stop["id"]),) for stop in facts["left"][:12]]
    data = f"pat:bad:{facts['patrol_id']}:{facts['photo_id']}"
    bad = Button(to.tr.plain("patrol-photo-bad-button"), data)
    return Message(to.tr("patrol-photo-which" if rows else "patrol-photo-none"), buttons=(*rows, (bad,)))


def detail_kept(facts: Facts, to: Reader) -> Message:
    """More about an item, or the remark."""
    item = facts["item_zh"] if to.tr.locale == "zh_CN" else facts["item_en"]
    if item:
        return Message(to.tr("patrol-detail-kept", item=item))
    return Message(to.tr("patrol-remark-added" if facts["after"] else "patrol-remark-kept"))


def finished(facts: Facts, to: Reader) -> Message:
    """Handed in; the report follows. The main keyboard is back."""
    span = span_told(facts["minutes"], to)
    return Message(to.tr("patrol-finished", span=span), keyboard=main_keyboard(to.tr, facts))


def named(names: list[str], to: Reader) -> str:
    """Names; of many, the first ones and how many there are."""
    told = to.tr.plain("list-comma").join(names[:MOST_NAMES])
    if len(names) <= MOST_NAMES:
        return told
    return to.tr.plain("patrol-and-others", names=told, count=str(len(names)))


def _keys_of_the_way(to: Reader) -> tuple[tuple[Key, ...], ...]:
    reached_key = Key(to.tr.plain("key-reached"), location=True)
    return ((reached_key,), (Key(to.tr.plain("key-patrol-bad")), Key(to.tr.plain("key-patrol-over"))))


def _section(facts: Facts, to: Reader) -> str:
    return facts["section"] or to.tr.plain("patrol-free")


def _head(facts: Facts, to: Reader) -> str:
    count = sum(1 for stop in facts["stops"] if stop["at"])
    told = {"section": _section(facts, to), "time": to.time(facts["started_at"])}
    if not facts["stops"]:
        return to.tr("patrol-head-free", **told)
    return to.tr("patrol-head", **told, reached=str(count), total=str(len(facts["stops"])))


def _stop(stop: Facts, to: Reader) -> str:
    if stop["at"]:
        return to.tr("patrol-stop-reached", name=stop["name"], time=to.time(stop["at"]))
    return to.tr("patrol-stop-open", name=stop["name"])


def _left(facts: Facts, to: Reader) -> str:
    names = [stop["name"] for stop in facts["left"]]
    if not names:
        return to.tr("patrol-all-reached", key=to.tr.plain("key-patrol-over"))
    return to.tr("patrol-left", names=named(names, to))


def _walk(lines: list[str], facts: Facts, to: Reader) -> Message:
    number = facts["patrol_id"]
    bad = Button(to.tr.plain("patrol-bad-button"), f"pat:bad:{number}")
    over = Button(to.tr.plain("patrol-over-button"), f"pat:over:{number}")
    begun = any(stop["at"] for stop in facts["stops"]) or any(item["noted"] for item in facts["items"])
    drop = Button(to.tr.plain("patrol-drop-button"), f"pat:drop:{number}")
    return Message("\n".join(lines), buttons=((bad, over),) if begun else ((bad, over), (drop,)))


def _check(lines: list[str], facts: Facts, to: Reader) -> Message:
    number = facts["patrol_id"]
    missed = [stop["name"] for stop in facts["stops"] if not stop["at"]]
    if missed:
        lines += ["", to.tr("patrol-check-missed", names=named(missed, to))]
    some = any(item["noted"] for item in facts["items"])
    things = [item[to.tr.locale] for item in facts["items"]]
    lines += ["", to.tr("patrol-check-rest" if some else "patrol-check", items=_all(things, to))]
    done = Button(
        to.tr.plain("patrol-rest-fine-button" if some else "patrol-fine-button"), f"pat:done:{number}"
    )
    bad = Button(to.tr.plain("patrol-bad-button"), f"pat:bad:{number}")
    back = Button(to.tr.plain("patrol-walk-on-button"), f"pat:walk:{number}")
    return Message("\n".join(lines), buttons=((done,), (bad, back)))


def _all(things: list[str], to: Reader) -> str:
    return to.tr.plain("list-comma").join(things)


def _items(lines: list[str], facts: Facts, to: Reader) -> Message:
    number, about = facts["patrol_id"], facts["about"]
    current = next((item for item in facts["items"] if item["code"] == about), None)
    if current is None:
        lines += ["", to.tr("patrol-items")]
    else:
        key = "patrol-item-told" if current["told"] else "patrol-item-noted"
        lines += ["", to.tr(key, item=current[to.tr.locale])]
    options = [Button(_label(item, to), f"pat:item:{number}:{item['code']}") for item in facts["items"]]
    rows = [tuple(options[place : place + 2]) for place in range(0, len(options), 2)]
    walk = Button(to.tr.plain("patrol-walk-on-button"), f"pat:walk:{number}")
    over = Button(to.tr.plain("patrol-over-button"), f"pat:over:{number}")
    return Message("\n".join(lines), buttons=(*rows, (walk, over)))


def _label(item: Facts, to: Reader) -> str:
    name: str = item[to.tr.locale]
    return to.tr.plain("patrol-item-marked", item=name) if item["noted"] else name
