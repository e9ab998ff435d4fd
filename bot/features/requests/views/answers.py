"""Answers about requests: what came of registering, doing, asking; what happened so far; what waits."""

from bot.base.facts import Facts
from bot.features.hazards.views.answers import MOST_LATE, MOST_WAITING, told_events, who_is_told
from bot.features.hazards.views.card import kind, on
from bot.features.requests.views.card import called, what
from bot.views.base import Button, Message, Reader

A_ROW = 3


def moved(facts: Facts, to: Reader) -> Message:
    """What stands where the living message was before."""
    return Message(what("request-moved", facts, to))


def sent(facts: Facts, to: Reader) -> Message:
    """It has a number, these know of it; for a minute it can be taken back; a contact can be added."""
    number = facts["request_id"]
    undo = Button(to.tr.plain("request-undo-button"), f"rq:undo:{number}")
    if facts["mode"] == "spot":
        return Message(what("request-sent-spot", facts, to), buttons=((undo,),))
    known = who_is_told(facts, to, "request-sent-to", "request-sent-to-nobody")
    lines = [what("request-sent", facts, to), *known]
    contact = Button(to.tr.plain("request-add-contact-button"), f"rq:contact:{number}")
    return Message("\n".join(lines), buttons=((contact,), (undo,)))


def undone(facts: Facts, to: Reader) -> Message:
    """Taken back."""
    return Message(to.tr("hazard-undone", reference=facts["reference"]))


def assigned(facts: Facts, to: Reader) -> Message:
    """Who has it now, or who is on it besides."""
    key = "request-assigned-joint" if facts.get("joint") else "request-assigned"
    return Message(what(key, facts, to, name=facts["to"]))


def told_done(facts: Facts, to: Reader) -> Message:
    """Noted; who asks the resident."""
    if facts["self"]:
        return Message(what("request-told-done-self", facts, to))
    asking = _names(facts, to, "request-ask-by", "request-ask-by-nobody")
    return Message(what("request-told-done", facts, to) + "\n" + asking)


def told_stuck(facts: Facts, to: Reader) -> Message:
    """Noted; what was asked for."""
    key = "hazard-more-asked" if facts["more"] else "request-others-asked"
    return Message(what("request-told-stuck", facts, to) + "\n" + to.tr(key))


def told_answer(facts: Facts, to: Reader) -> Message:
    """Closed, or open again."""
    return Message(what(f"request-told-{facts['answer']}", facts, to))


def voice(facts: Facts, to: Reader) -> Message:
    """A voice note, to be played."""
    return Message(to.tr("hazard-voice", reference=called(facts), name=facts["name"]), voice=facts["voice"])


def history(facts: Facts, to: Reader) -> Message:
    """Step by step: when, who, what."""
    head = to.tr("hazard-history", reference=called(facts), kind=kind(facts, to))
    keys = [f"request-step-{event['step'].replace('_', '-')}" for event in facts["events"]]
    return told_events(head, facts["events"], keys, to)


def waiting(facts: Facts, to: Reader) -> Message:
    """What is this person's to see to, or to ask about; a button opens each."""
    if not facts["rows"]:
        return Message(to.tr("request-waiting-none"))
    shown = facts["rows"][:MOST_WAITING]
    head = "request-waiting" if len(shown) == len(facts["rows"]) else "request-waiting-first"
    lines = [to.tr(head, count=str(len(shown)))] + [row_told(each, to) for each in shown]
    return Message("\n".join(lines), buttons=opening([(each, each["id"]) for each in shown], to))


def late(facts: Facts, to: Reader) -> Message:
    """What nobody has seen to; what somebody has by now stays as done."""
    return _open_ones("request-late-above" if facts["level"] else "request-late-own", facts, to)


def soon(facts: Facts, to: Reader) -> Message:
    """For who has it: it is due soon."""
    return _open_ones("request-soon", facts, to)


def row_told(each: Facts, to: Reader) -> str:
    """A line of a list."""
    late_by = to.local(each["due_at"]) < to.now
    key = "request-row-done" if each["state"] == "done" else "request-row-late" if late_by else "request-row"
    return what(key, each, to, area=each["area"], time=to.time(each["due_at"]))


def opening(rows: list[tuple[Facts, int]], to: Reader, long: int = A_ROW) -> tuple[tuple[Button, ...], ...]:
    """A button that opens each of these."""
    buttons = [
        Button(
            to.tr.plain("hazard-row-button", icon=each["label"]["icon"], number=str(each["number"])),
            f"rq:show:{number}",
        )
        for each, number in rows
    ]
    return tuple(tuple(buttons[at : at + long]) for at in range(0, len(buttons), long))


def _open_ones(head: str, facts: Facts, to: Reader) -> Message:
    shown, of = facts["rows"][:MOST_LATE], len(facts["rows"])
    lines = [to.tr(head), *(_late_line(each, to) for each in shown)]
    if of > MOST_LATE:
        lines.append(to.tr("request-late-more", count=str(of - MOST_LATE)))
    return Message("\n".join(lines), buttons=opening([(each, each["request_id"]) for each in shown], to))


def _late_line(each: Facts, to: Reader) -> str:
    if not each["open"]:
        return what("request-late-done", each, to, area=each["area"])
    key = {"request_new": "request-late-nobody", "request_ask": "request-late-unasked"}.get(each["why"])
    if key:
        return what(key, each, to, area=each["area"], name=each["registrar"])
    names = to.tr.plain("list-comma").join(each["named"]) or to.tr.plain("hazard-nobody")
    told = {"area": each["area"], "names": names, "time": on(each["due_at"], to)}
    return what("request-late-due", each, to, **told)


def _names(facts: Facts, to: Reader, key: str, nobody: str) -> str:
    names = to.tr.plain("list-comma").join(facts["told"])
    return to.tr(key, names=names) if names else to.tr(nobody)
