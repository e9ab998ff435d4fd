"""What is said of calls: to those whom they are for, to who sends them, to who agrees; and their lists."""

from bot.features.calls.notices import (
    CallLine,
    CallList,
    CallMore,
    CallNoted,
    CallShown,
    ChoiceShown,
    Label,
    OverviewShown,
    PeopleShown,
    PersonShown,
    SheetShown,
    TextShown,
)
from bot.views.base import Button, Media, Message, Picture, Reader
from bot.views.wording import moment_dated

_PAGE = 15
# So much of the words stands on the sender's card.
_MOST_WORDS = 60
_NOT_REACHED = ("never_joined", "blocked", "stopped", "gone", "failed")
_OVER = ("cancelled", "closed")
Rows = tuple[tuple[Button, ...], ...]


def message(told: CallShown, to: Reader) -> Message:
    """The call as somebody gets it, with what they answered."""
    if told.state == "cancelled":
        return _along(told, f"{_head(told, to)}\n{to.tr('call-taken-back')}", ())
    lines = [_head(told, to), to.tr("call-words", words=told.words) if told.words else "", _below(told, to)]
    return _along(told, "\n".join(line for line in lines if line), _answers(told, to))


def preview(told: CallShown, to: Reader) -> Message:
    """The same for who sends it; its keys do nothing."""
    shown = message(told, to)
    lines = [[each.text for each in row] for row in _answers(told, to)]
    keys = "\n".join(" ".join(f"[{text}]" for text in row) for row in lines)
    text = "\n".join(part for part in (shown.text, to.tr("call-keys", keys=keys) if keys else "") if part)
    return _along(told, text, ())


def reminder(told: CallShown, to: Reader) -> Message:
    """It was not answered yet: the call again, under a line that says so."""
    shown = message(told, to)
    return _along(told, f"{to.tr('call-remind')}\n{shown.text}", shown.buttons)


def moved_up(told: CallShown, to: Reader) -> Message:
    """A place became free."""
    choice = next((_named(each, to) for each in told.choices if each.code == told.mine), "")
    return Message(f"{to.tr('call-moved-up', choice=choice)}\n{_head(told, to)}")


def noted(told: CallNoted, to: Reader) -> Message:
    """What was said is kept."""
    return Message(to.tr("call-noted"))


def overview(told: OverviewShown, to: Reader) -> Message:
    """The sender's card: whom it is for before it is sent, who has answered afterwards."""
    lines = [_title(told, to)]
    if told.words:
        lines.append(to.tr("call-words", words=_short(told.words)))
    if told.state == "draft":
        return Message("\n".join([*lines, *_before(told, to)]), buttons=_draft_keys(told, to))
    lines.append(_standing(told, to))
    lines += _counts(told, to)
    return Message("\n".join(line for line in lines if line), buttons=_card_keys(told, to))


def to_agree(told: OverviewShown, to: Reader) -> Message:
    """For who is asked to agree: what is to be said, to how many, by whom."""
    lines = [to.tr("call-agree-ask", sender=told.sender, name=_called(told.label, to))]
    lines.append(to.tr("call-words", words=told.words))
    if told.state != "waiting":
        key = "call-agree-not" if told.state in ("draft", "cancelled") else "call-agree-done"
        return Message("\n".join([*lines, to.tr(key)]))
    yes = Button(to.tr.plain("call-agree-button"), f"call:agree:{told.call_id}")
    no = Button(to.tr.plain("call-refuse-button"), f"call:refuse:{told.call_id}")
    return Message("\n".join([*lines, *_before(told, to)]), buttons=((yes, no),))


def more(told: CallMore, to: Reader) -> Message:
    """What else its sender may do."""
    names = ("text", "sheet", "correct", "again", "pause", "cancel")
    keys = [Button(to.tr.plain(f"call-{name}-button"), f"call:{name}:{told.call_id}") for name in names]
    return Message(to.tr("call-more"), buttons=tuple(zip(keys[::2], keys[1::2], strict=True)))


def people(told: PeopleShown, to: Reader) -> Message:
    """A page of the names behind a number."""
    lines = [to.tr("call-people", group=_group(told, to), count=str(told.total))]
    lines += [_person(each, to, of_choice=told.group.startswith("c_")) for each in told.rows]
    if not told.rows:
        lines.append(to.tr("call-people-none"))
    data = f"call:who:{told.call_id}:{told.group}"
    turns = []
    if told.offset:
        turns.append(Button(to.tr.plain("call-before-button"), f"{data}:{max(0, told.offset - _PAGE)}"))
    if told.offset + _PAGE < told.total:
        turns.append(Button(to.tr.plain("call-after-button"), f"{data}:{told.offset + _PAGE}"))
    return Message("\n".join(lines), buttons=(tuple(turns),) if turns else ())


def sheet(told: SheetShown, to: Reader) -> Message:
    """Everybody as a spreadsheet."""
    card = told.overview
    title = to.tr.plain("call-sheet-title", name=_called(card.label, to), words=_short(card.words))
    columns = ("name", "area", "state", "answer", "number", "words", "phone")
    rows = [
        [
            each.name, each.area, to.tr.plain(f"call-group-{each.state.replace('_', '-')}"),
            each.choice, each.number, each.words, each.phone,
        ]
        for each in told.rows
    ]  # fmt: skip
    headings = [to.tr.plain(f"call-sheet-{column}") for column in columns]
    about = [title, to.tr.plain("summary-subtitle", cutoff=moment_dated(to.now, to))]
    data = {"title": _called(card.label, to), "about": about, "headings": headings, "rows": rows}
    return Message(to.tr("call-sheet-told", count=str(len(rows))), picture=Picture("workbook", data))


def text(told: TextShown, to: Reader) -> Message:
    """How it stands, as plain text to be pasted elsewhere."""
    card = told.overview
    lines = [to.tr("call-text-head", name=_called(card.label, to), words=_short(card.words))]
    lines += [_standing(card, to), *_counts(card, to)]
    for key, found in (("call-text-silent", told.silent), ("call-text-unreached", told.unreached)):
        if found:
            lines.append(to.tr(key, names="、".join(found)))
    if told.left_out > 0:
        lines.append(to.tr("call-text-more", count=str(told.left_out)))
    return Message("\n".join(line for line in lines if line))


def listed(told: CallList, to: Reader) -> Message:
    """Calls, and the kinds that can be begun."""
    lines = [to.tr("call-list")] if told.rows else [to.tr("call-list-none")]
    rows: list[tuple[Button, ...]] = []
    for each in told.rows:
        lines.append(_line(each, to))
        rows.append((Button(_line_button(each, to), f"call:show:{each.id}"),))
    turns = []
    if told.offset:
        turns.append(
            Button(to.tr.plain("call-before-button"), f"call:list:{max(0, told.offset - len(told.rows))}")
        )
    if told.more:
        turns.append(Button(to.tr.plain("call-after-button"), f"call:list:{told.offset + len(told.rows)}"))
    rows += [tuple(turns)] if turns else []
    if told.starts and not told.offset:
        lines.append(to.tr("call-list-start"))
        names = [
            Button(f"{each.label['icon']} {_called(each.label, to)}", f"call:new:{each.code}")
            for each in told.starts
        ]
        rows += [tuple(names[at : at + 2]) for at in range(0, len(names), 2)]
    return Message("\n".join(lines), buttons=tuple(rows))


def _along(told: CallShown, text: str, buttons: Rows) -> Message:
    """With the photo, the voice note or the file that goes along."""
    media = Media(told.media, told.file_id) if told.media else None
    return Message(text, buttons=buttons, photo=told.photo, media=media)


def _called(label: Label, to: Reader) -> str:
    return label["zh_CN" if to.tr.locale == "zh_CN" else "en"]


def _head(told: CallShown, to: Reader) -> str:
    facts = {"icon": told.label["icon"], "name": _called(told.label, to)}
    return to.tr("call-head", area=told.area, sender=told.sender, **facts)


def _named(choice: ChoiceShown, to: Reader) -> str:
    return choice.zh_CN if to.tr.locale == "zh_CN" else choice.en


def _is_open(told: CallShown, to: Reader) -> bool:
    due = told.deadline is None or to.now <= told.deadline
    return told.state not in _OVER and due and told.asked != "nothing"


def _below(told: CallShown, to: Reader) -> str:
    """What was answered, or until when an answer counts."""
    if told.asked == "nothing":
        return ""
    if told.place:
        return to.tr("call-in-line", place=str(told.place))
    said = _answer_told(told, to)
    if said:
        remark = to.tr("call-remark", words=told.remark) if told.remark else ""
        return "\n".join(line for line in (said, remark) if line)
    if not _is_open(told, to):
        return to.tr("call-ended")
    key = "call-until-number" if told.asked == "number" else "call-until"
    return to.tr(key, time=to.time(told.deadline)) if told.deadline else ""


def _answer_told(told: CallShown, to: Reader) -> str:
    if told.number is not None:
        return to.tr("call-yours", answer=str(told.number))
    if told.mine == "seen":
        return to.tr("call-seen")
    chosen = next((_named(each, to) for each in told.choices if each.code == told.mine), "")
    return to.tr("call-yours", answer=chosen) if chosen else ""


def _answers(told: CallShown, to: Reader) -> Rows:
    """The keys to answer with; the one that was chosen is not offered again."""
    if not _is_open(told, to):
        return ()
    if told.asked == "seen":
        seen = Button(to.tr.plain("call-seen-button"), f"call:do:{told.call_id}:seen")
        return () if told.mine else ((seen,),)
    keys = [
        Button(_choice_label(each, to), f"call:do:{told.call_id}:{each.code}")
        for each in told.choices
        if each.code != told.mine
    ]
    return tuple((key,) for key in keys) if len(keys) > 2 else ((tuple(keys),) if keys else ())


def _choice_label(each: ChoiceShown, to: Reader) -> str:
    if each.most is None:
        return _named(each, to)
    left = max(0, each.most - each.count)
    key = "call-choice-left" if left else "call-choice-full"
    return to.tr.plain(key, choice=_named(each, to), left=str(left))


def _title(told: OverviewShown, to: Reader) -> str:
    return to.tr("call-card", icon=told.label["icon"], name=_called(told.label, to), area=told.area)


def _short(words: str) -> str:
    return words if len(words) <= _MOST_WORDS else words[:_MOST_WORDS].rstrip() + "…"


def _before(told: OverviewShown, to: Reader) -> list[str]:
    """Whom it is for, and what it costs them."""
    names = "、".join(told.names) + ("…" if told.total > len(told.names) else "")
    lines = [to.tr("call-for", count=str(told.total), names=names)]
    if told.reachable < told.total:
        lines.append(to.tr("call-not-all", count=str(told.total - told.reachable)))
    if told.asked != "nothing":
        lines.append(to.tr("call-costs", count=str(told.reachable)))
    if told.repeated:
        lines.append(to.tr("call-repeated", count=str(told.repeated), name=_called(told.label, to)))
    elif told.calls:
        lines.append(to.tr("call-this-week", count=str(told.calls)))
    if told.agreed and told.state == "draft":
        lines.append(to.tr("call-needs-agreement"))
    quotas = [to.tr("call-quota", most=str(each.most)) for each in told.choices if each.most]
    return lines + quotas


def _draft_keys(told: OverviewShown, to: Reader) -> Rows:
    if not told.led:
        return ()
    number = told.call_id
    go = Button(to.tr.plain("call-send-button", count=str(told.total)), f"call:go:{number}")
    later = [Button(to.tr.plain(f"call-{at}-button"), f"call:{at}:{number}") for at in ("tonight", "morning")]
    drop = Button(to.tr.plain("call-drop-button"), f"call:cancel:{number}")
    return (go,), tuple(later), (drop,)


def _standing(told: OverviewShown, to: Reader) -> str:
    """Where it has got to."""
    if told.state == "planned" and told.send_at:
        return to.tr("call-is-planned", time=to.time(told.send_at))
    if told.state == "open" and told.deadline and told.asked != "nothing":
        return to.tr("call-is-open", time=to.time(told.deadline))
    return to.tr(f"call-is-{told.state}") if told.state != "open" else ""


def _counts(told: OverviewShown, to: Reader) -> list[str]:
    """How many are in each state; the parts add up to the whole."""
    states, total = told.states, sum(told.states.values())
    if not total:
        return []
    unreached = sum(states.get(name, 0) for name in _NOT_REACHED)
    if told.asked == "nothing":
        lines = [to.tr("call-arrived", count=str(states.get("reached", 0)), total=str(total))]
    else:
        facts = {"count": str(states.get("answered", 0)), "total": str(total)}
        lines = [to.tr("call-answered", silent=str(states.get("silent", 0)), **facts)]
    if states.get("on_the_way"):
        lines.append(to.tr("call-on-the-way", count=str(states["on_the_way"])))
    if unreached:
        lines.append(to.tr("call-unreached", count=str(unreached)))
    lines += [_choice_count(each, to) for each in told.choices]
    if told.waiting:
        lines.append(to.tr("call-waiting-list", count=str(told.waiting)))
    if told.asked == "number":
        lines.append(to.tr("call-sum", sum=str(told.sum)))
    return lines


def _choice_count(each: ChoiceShown, to: Reader) -> str:
    if each.most is None:
        return to.tr("call-choice-count", choice=_named(each, to), count=str(each.count))
    return to.tr("call-choice-of", choice=_named(each, to), count=str(each.count), most=str(each.most))


def _card_keys(told: OverviewShown, to: Reader) -> Rows:
    """Names behind each number, a nudge, and what else there is."""
    number, states = told.call_id, told.states
    found = {
        "answered": states.get("answered", 0),
        "silent": states.get("silent", 0),
        "unreached": sum(states.get(name, 0) for name in _NOT_REACHED),
    }
    who = tuple(
        Button(to.tr.plain(f"call-who-{group}", count=str(count)), f"call:who:{number}:{group}:0")
        for group, count in found.items()
        if count
    )
    rows = [who] if who else []
    if told.led and told.state == "paused":
        rows.append((Button(to.tr.plain("call-resume-button"), f"call:resume:{number}"),))
    if told.led and told.state == "open" and states.get("silent"):
        rows.append((Button(to.tr.plain("call-nudge-button"), f"call:nudge:{number}"),))
    if told.led and told.state not in _OVER:
        rows.append((Button(to.tr.plain("call-more-button"), f"call:more:{number}"),))
    return tuple(rows)


def _group(told: PeopleShown, to: Reader) -> str:
    if told.group.startswith("c_"):
        code = told.group.removeprefix("c_")
        return next((_named(each, to) for each in told.choices if each.code == code), "")
    return to.tr.plain(f"call-group-{told.group.replace('_', '-')}")


def _person(each: PersonShown, to: Reader, *, of_choice: bool) -> str:
    said = [] if of_choice or not each.choice else [each.choice]
    said += [str(each.number)] if each.number is not None else []
    said += [to.tr.plain("call-place", place=str(each.place))] if each.place else []
    said += [each.words] if each.words else []
    if each.state in _NOT_REACHED:
        said.append(to.tr.plain(f"call-why-{each.state.replace('_', '-')}"))
    key = "call-person-said" if said else "call-person"
    return to.tr(key, name=each.name, area=each.area, said=" · ".join(said))


def _line(each: CallLine, to: Reader) -> str:
    facts = {"icon": each.label["icon"], "name": _called(each.label, to), "words": each.words}
    if each.asked == "nothing" or each.state not in ("open", "paused", "closed"):
        return to.tr("call-line", state=to.tr.plain(f"call-state-{each.state}"), **facts)
    return to.tr("call-line-answers", count=str(each.answered), total=str(each.size), **facts)


def _line_button(each: CallLine, to: Reader) -> str:
    words = each.words or _called(each.label, to)
    return to.tr.plain("call-line-button", icon=each.label["icon"], words=words)
