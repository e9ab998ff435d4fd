"""Answers about hazards: what came of telling, doing, looking; what happened so far; what waits."""

from bot.base.facts import Facts
from bot.base.lengths import length
from bot.features.hazards.views.card import called, kind, on, place
from bot.views.base import Button, Message, Reader

# As much as goes into one message, with room for the rest of it.
ROOM = 3_500
MOST_LATE, MOST_WAITING = 12, 20


def moved(facts: Facts, to: Reader) -> Message:
    """What stands where the living message was before."""
    text = to.tr("hazard-moved", icon=facts["label"]["icon"], reference=called(facts), kind=kind(facts, to))
    return Message(text, photo=facts["photo"])


def sent(facts: Facts, to: Reader) -> Message:
    """It has a number, these know of it; for a minute it can be taken back."""
    known = who_is_told(facts, to, "hazard-sent-to", "hazard-sent-to-nobody")
    lines = [_what("hazard-sent", facts, to), *known]
    if facts["urgent"]:
        lines.append(to.tr("hazard-sent-urgent" if facts["told"] else "hazard-sent-danger"))
    undo = Button(to.tr.plain("hazard-undo-button"), f"hz:undo:{facts['hazard_id']}")
    return Message("\n".join(lines), buttons=((undo,),) if facts["undo"] else ())


def who_is_told(facts: Facts, to: Reader, told: str, nobody: str) -> list[str]:
    """Until when it is due and who knows of it; at night one thing only: at what time who is told."""
    due, names = to.time(facts["due_at"]), to.tr.plain("list-comma").join(facts["told"])
    if not names:
        return [to.tr(nobody, due=due)]
    if not facts["held_until"]:
        return [to.tr(told, due=due, names=names)]
    return [to.tr("hazard-sent-to-later", due=due, names=names, time=to.time(facts["held_until"]))]


def joined(facts: Facts, to: Reader) -> Message:
    """It went to the one that was there."""
    return Message(_what("hazard-joined", facts, to))


def remarked(facts: Facts, to: Reader) -> Message:
    """What was said or shown stands with it."""
    told = {"icon": facts["label"]["icon"], "reference": called(facts), "kind": kind(facts, to)}
    alone, to_others = "hazard-remarked", "hazard-remarked-to"
    if facts.get("photo"):
        alone, to_others = "hazard-shown", "hazard-shown-to"
    key = to_others if facts["told"] else alone
    return Message(to.tr(key, names=to.tr.plain("list-comma").join(facts["told"]), **told))


def told_fixed(facts: Facts, to: Reader) -> Message:
    """Well done; somebody else looks at it."""
    lines = [
        _what("hazard-told-fixed", facts, to),
        _who_knows(facts, to, "hazard-verify-by", "hazard-verify-by-nobody"),
    ]
    return Message("\n".join(lines))


def told_open(facts: Facts, to: Reader) -> Message:
    """Noted; and whether more time was asked for."""
    lines = [_what("hazard-noted-line", facts, to)]
    if facts["more"]:
        lines.append(to.tr("hazard-more-asked"))
    return Message("\n".join(lines))


def sent_back(facts: Facts, to: Reader) -> Message:
    """Back to who is to put it right."""
    return Message(_what("hazard-sent-back", facts, to))


def assigned(facts: Facts, to: Reader) -> Message:
    """Who has it now, or who is on it besides."""
    key = "hazard-assigned-joint" if facts.get("joint") else "hazard-assigned"
    told = {"reference": called(facts), "kind": kind(facts, to), "name": facts["to"]}
    return Message(to.tr(key, **told, time=to.time(facts["due_at"])))


def undone(facts: Facts, to: Reader) -> Message:
    """Taken back."""
    return Message(to.tr("hazard-undone", reference=facts["reference"]))


def voice(facts: Facts, to: Reader) -> Message:
    """A voice note, to be played."""
    return Message(to.tr("hazard-voice", reference=called(facts), name=facts["name"]), voice=facts["voice"])


def photo(facts: Facts, to: Reader) -> Message:
    """One of its photos."""
    label = to.tr.plain("hazard-before" if facts["shows"] == "before" else "hazard-after-label")
    return Message(to.tr("hazard-photo", reference=called(facts), label=label), photo=facts["photo"])


def work_added(facts: Facts, to: Reader) -> Message:
    """One more photo of the work; was it of that?"""
    told = {"icon": facts["label"]["icon"], "reference": called(facts), "kind": kind(facts, to)}
    text = to.tr("hazard-work-added", count=str(facts["count"]), **told)
    if not facts["photo"]:
        return Message(text)
    apart = f"hz:apart:{facts['hazard_id']}:{facts['photo']}"
    return Message(text, buttons=((Button(to.tr.plain("hazard-work-apart"), apart),),))


def history(facts: Facts, to: Reader) -> Message:
    """Step by step: when, who, what."""
    head = to.tr("hazard-history", reference=called(facts), kind=kind(facts, to))
    keys = [f"hazard-step-{event['step'].replace('_', '-')}" for event in facts["events"]]
    return told_events(head, facts["events"], keys, to)


def told_events(head: str, events: list[Facts], keys: list[str], to: Reader) -> Message:
    """What happened, step by step, each with the key of its text: as much as goes into a message."""
    lines = [head]
    for event, key in zip(events, keys, strict=True):
        who = event["name"] or to.tr.plain("hazard-by-clock")
        until = to.time(event["until"]) if event["until"] else ""
        step = to.tr.plain(key, name=event["to"], time=until)
        lines.append(to.tr("hazard-event", time=to.time(event["at"]), who=who, step=step))
        if event["words"]:
            lines.append(to.tr("hazard-event-words", words=event["words"]))
        elif event["voice"]:
            lines.append(to.tr("hazard-event-voice"))
    kept = len(lines)
    while sum(length(line) + 1 for line in lines[1:kept]) > ROOM:
        kept -= 1
    rest = [to.tr("hazard-history-more", count=str(len(lines) - kept))] if kept < len(lines) else []
    return Message("\n".join([*lines[:kept], *rest]))


def waiting(facts: Facts, to: Reader) -> Message:
    """What is this person's to see to; a button opens each."""
    if not facts["rows"]:
        return Message(to.tr("hazard-waiting-none"))
    shown = facts["rows"][:MOST_WAITING]
    head = "hazard-waiting" if len(shown) == len(facts["rows"]) else "hazard-waiting-first"
    lines, rows = [to.tr(head, count=str(len(shown)))], []
    for each in shown:
        late = to.local(each["due_at"]) < to.now and each["state"] != "fixed"
        key = "hazard-row-fixed" if each["state"] == "fixed" else "hazard-row-late" if late else "hazard-row"
        told = {"icon": each["label"]["icon"], "reference": called(each), "kind": kind(each, to)}
        lines.append(to.tr(key, **told, place=place(each, to), time=to.time(each["due_at"])))
        label = to.tr.plain("hazard-row-button", icon=each["label"]["icon"], number=str(each["number"]))
        rows.append(Button(label, f"hz:show:{each['id']}"))
    return Message("\n".join(lines), buttons=tuple(tuple(rows[at : at + 3]) for at in range(0, len(rows), 3)))


def late(facts: Facts, to: Reader) -> Message:
    """What nobody has seen to; what somebody has by now stays as done."""
    return _open_ones("hazard-late-above" if facts["level"] else "hazard-late-own", facts, to)


def soon(facts: Facts, to: Reader) -> Message:
    """For who has it: it is due soon."""
    return _open_ones("hazard-soon", facts, to)


def _open_ones(head: str, facts: Facts, to: Reader) -> Message:
    lines = [to.tr(head)]
    rows = []
    for each in facts["rows"][:MOST_LATE]:
        lines.append(_late_line(each, to))
        label = to.tr.plain("hazard-row-button", icon=each["label"]["icon"], number=str(each["number"]))
        rows.append(Button(label, f"hz:show:{each['hazard_id']}"))
    if len(facts["rows"]) > MOST_LATE:
        lines.append(to.tr("hazard-late-more", count=str(len(facts["rows"]) - MOST_LATE)))
    return Message("\n".join(lines), buttons=tuple(tuple(rows[at : at + 3]) for at in range(0, len(rows), 3)))


def _late_line(each: Facts, to: Reader) -> str:
    told = {"icon": each["label"]["icon"], "reference": called(each), "kind": kind(each, to)}
    told["place"] = place(each, to)
    if not each["open"]:
        return to.tr("hazard-late-done", **told)
    if each["why"] == "hazard_new":
        return to.tr("hazard-late-nobody", **told)
    if each["why"] == "hazard_check":
        return to.tr("hazard-late-unseen", name=each["fixer"], **told)
    names = to.tr.plain("list-comma").join(each["named"]) or to.tr.plain("hazard-nobody")
    return to.tr("hazard-late-due", names=names, time=on(each["due_at"], to), **told)


def _what(key: str, facts: Facts, to: Reader) -> str:
    due = to.time(facts["due_at"])
    return to.tr(key, icon=facts["label"]["icon"], reference=called(facts), kind=kind(facts, to), due=due)


def _who_knows(facts: Facts, to: Reader, key: str, nobody: str) -> str:
    names = to.tr.plain("list-comma").join(facts["told"])
    return to.tr(key, names=names) if names else to.tr(nobody)
