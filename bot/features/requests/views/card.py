"""The living message of a request: what is asked for, how it stands, what this reader may do."""

from bot.base.facts import Facts
from bot.features.hazards.views.card import kind, on, short, took
from bot.views.base import Button, Message, Reader


def called(facts: Facts) -> str:
    """R-2026-000123."""
    return f"R-{facts['year']}-{facts['number']:06d}"


def what(key: str, facts: Facts, to: Reader, **more: str) -> str:
    """A sentence about a request: what it is called, of what kind, when it is due."""
    due = to.time(facts["due_at"]) if "due_at" in facts else ""
    told = {"icon": facts["label"]["icon"], "reference": called(facts), "kind": kind(facts, to), "due": due}
    return to.tr(key, **told | more)


def card(facts: Facts, to: Reader) -> Message:
    """How it stands, and the buttons of what this reader may do."""
    mode = to.tr.plain(f"request-mode-{facts['mode']}")
    where = [to.tr("request-where-line", area=facts["area"])]
    if facts["household"]:
        where.append(to.tr("request-household", number=str(facts["household"])))
    lines = [what("request-head", facts, to, mode=mode), to.tr.plain("hazard-dot").join(where)]
    if facts["words"]:
        lines.append(to.tr("hazard-words-line", words=short(facts["words"])))
    if facts["contact"]:
        lines.append(to.tr("request-contact-line", contact=facts["contact"]))
    time = on(facts["registered_at"], to)
    lines.append(to.tr("request-told-line", name=facts["registrar"], time=time))
    return Message("\n".join([*lines, *_standing(facts, to)]), buttons=_buttons(facts, to))


def _standing(facts: Facts, to: Reader) -> list[str]:
    """Who has it, until when, what was said last."""
    state = facts["state"]
    if state == "withdrawn":
        return [to.tr("request-line-withdrawn")]
    if state == "closed":
        return [_closed(facts, to), *_said(facts, to)]
    if state == "done":
        told = {"doer": facts["doer"], "time": on(facts["done_at"], to)}
        if facts["own"]:
            return [to.tr("request-line-done-own", **told), *_said(facts, to)]
        return [to.tr("request-line-done", name=facts["registrar"], **told), *_said(facts, to)]
    lines = [_named(facts, to), *_said(facts, to)]
    if facts["repeats"]:
        lines.append(to.tr("request-line-repeats", count=str(facts["repeats"])))
    if facts["wished_due_at"]:
        until = on(facts["wished_due_at"], to)
        lines.append(to.tr("hazard-wish-line", name=facts["wisher"], time=until))
    return lines


def _closed(facts: Facts, to: Reader) -> str:
    if facts["mode"] == "spot":
        return to.tr("request-line-spot")
    told = {"asker": facts["asker"], "doer": facts["doer"], "time": on(facts["closed_at"], to)}
    taken = took(facts["registered_at"], facts["done_at"], to)
    return to.tr(f"request-line-{facts['answer']}", took=taken, **told)


def _said(facts: Facts, to: Reader) -> list[str]:
    """What was said last, of how it goes; nothing where a button said it all."""
    words = short(facts["said"]) or (to.tr.plain("hazard-by-voice") if facts["said_voice"] else "")
    if not words:
        return [to.tr("request-said-not-at-all")] if facts["said_step"] == "not" else []
    return [to.tr(f"request-said-{facts['said_step']}", words=words)]


def _named(facts: Facts, to: Reader) -> str:
    late = to.local(facts["due_at"]) < to.now
    due = to.tr.plain("request-late" if late else "request-by", time=on(facts["due_at"], to))
    if not facts["named"]:
        return to.tr("hazard-line-nobody", due=due)
    first, *others = facts["named"]
    if not others:
        return to.tr("hazard-line-named", name=first, due=due)
    return to.tr("hazard-line-joint", name=first, others=to.tr.plain("list-comma").join(others), due=due)


def _buttons(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    number, acts, version = facts["request_id"], facts["acts"], facts["version"]
    rows: list[tuple[tuple[str, str], ...]] = []
    if "ask" in acts:
        # Three in a row would be broken on a phone.
        for answers in (("solved", "partly"), ("not",)):
            keys = [(f"request-{each}-button", f"rq:{each}:{number}:{version}") for each in answers]
            rows.append(tuple(keys))
    if "extend" in acts:
        grant, refuse = f"rq:more:{number}:{version}", f"rq:less:{number}:{version}"
        rows.append((("hazard-grant-button", grant), ("hazard-refuse-button", refuse)))
    # Who can name somebody mostly does: the first button is not to make them the one who did it.
    names_first = "assign" in acts and not facts["named"]
    if names_first:
        rows.append((("hazard-assign-button", f"rq:to:{number}"),))
    if "handle" in acts:
        done, stuck = f"rq:done:{number}", f"rq:stuck:{number}"
        rows.append((("request-done-button", done), ("request-stuck-button", stuck)))
    if "assign" in acts and facts["named"]:
        again, joint = f"rq:to:{number}", f"rq:with:{number}"
        rows.append((("hazard-assign-again-button", again), ("hazard-joint-button", joint)))
    rows.append(_looking(facts))
    return tuple(tuple(Button(to.tr.plain(key), data) for key, data in row) for row in rows)


def _looking(facts: Facts) -> tuple[tuple[str, str], ...]:
    """What there is besides: the contact, the voice notes, what happened so far."""
    number, row = facts["request_id"], []
    if "contact" in facts["acts"]:
        row.append(("request-contact-button", f"rq:who:{number}"))
    if facts["voice"] or facts["said_voice"]:
        row.append(("hazard-voice-button", f"rq:voice:{number}"))
    return (*row, ("hazard-log-button", f"rq:log:{number}"))
