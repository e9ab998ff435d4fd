"""What is said about corrections: to who asks, and to who decides."""

from bot.base.facts import Facts
from bot.views.base import Button, Message, Reader

NAMES_SHOWN = 3


def sent(facts: Facts, to: Reader) -> Message:
    """It is on its way; to whom, and when that may be."""
    lines = [to.tr("correction-sent"), _change(facts, to)]
    names = facts["deciders"]
    if not names:
        lines.append(to.tr("correction-nobody"))
    elif facts["held_until"]:
        lines.append(to.tr("correction-held", names=_named(names, to), time=to.time(facts["held_until"])))
    else:
        lines.append(to.tr("correction-waits", names=_named(names, to)))
    return Message("\n".join(lines))


def waiting_count(facts: Facts, to: Reader) -> Message:
    """For a supervisor: how many cards wait."""
    count = facts["count"]
    return Message(
        to.tr("correction-waiting", count=str(count)) if count else to.tr("correction-none-waiting")
    )


def asked(facts: Facts, to: Reader) -> Message:
    """The card of a request: who, what, why; buttons until it is decided."""
    lines = [to.tr("correction-card", name=facts["name"], area=facts["area"]), _change(facts, to)]
    if facts["starts_at"]:
        shift = {"start": to.time(facts["starts_at"]), "end": to.time(facts["ends_at"])}
        lines.append(
            to.tr("correction-card-made-up" if facts["missed"] else "correction-card-shift", **shift)
        )
    if facts["reason"]:
        lines.append(to.tr("correction-card-reason", reason=facts["reason"]))
    elif facts["voice"]:
        lines.append(to.tr("correction-card-voice"))
    if facts["state"] != "asked":
        lines.append(_outcome(facts, to))
        return Message("\n".join(lines), voice=facts["voice"])
    number = facts["correction_id"]
    yes = Button(to.tr.plain("correction-approve-button"), f"cor:yes:{number}")
    no = Button(to.tr.plain("correction-refuse-button"), f"cor:no:{number}")
    return Message("\n".join(lines), buttons=((yes, no),), voice=facts["voice"])


def decided(facts: Facts, to: Reader) -> Message:
    """For who asked: how it was decided, by whom, when."""
    lines = [_outcome(facts, to), _change(facts, to)]
    if facts["state"] != "approved":
        lines.append(to.tr("correction-refused-next"))
    if facts["on_duty"]:
        lines.append(to.tr("correction-on-duty"))
    return Message("\n".join(lines))


def decided_before(facts: Facts, to: Reader) -> Message:
    """For a supervisor who came second."""
    return Message(to.tr("correction-decided-before", outcome=_outcome(facts, to, plain=True)))


def _change(facts: Facts, to: Reader) -> str:
    side = "in" if facts["kind"] == "check_in" else "out"
    if not facts["recorded_at"]:
        return to.tr(f"correction-change-{side}-new", at=to.time(facts["happened_at"]))
    times = {"at": to.time(facts["happened_at"]), "recorded": to.time(facts["recorded_at"])}
    return to.tr(f"correction-change-{side}", **times)


def _outcome(facts: Facts, to: Reader, plain: bool = False) -> str:
    key = "correction-approved" if facts["state"] == "approved" else "correction-refused"
    told = {"name": facts["by"], "time": to.time(facts["decided_at"])}
    return to.tr.plain(key, **told) if plain else to.tr(key, **told)


def _named(names: list[str], to: Reader) -> str:
    shown = to.tr.plain("list-comma").join(names[:NAMES_SHOWN])
    if len(names) <= NAMES_SHOWN:
        return shown
    return to.tr.plain("correction-and-others", names=shown, count=str(len(names)))
