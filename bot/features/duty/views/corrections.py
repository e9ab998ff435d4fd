"""What is said about corrections: to who asks, and to who decides."""

from collections.abc import Sequence
from datetime import datetime

from bot.features.duty.corrections import CorrectionCard
from bot.features.duty.notices import (
    CorrectionDecided,
    CorrectionDecidedBefore,
    CorrectionSent,
    CorrectionWaitingCount,
)
from bot.views.base import Message, Reader
from models import CorrectionKind

NAMES_SHOWN = 3


def sent(told: CorrectionSent, to: Reader) -> Message:
    """It is on its way; to whom, and when that may be."""
    lines = [to.tr("correction-sent"), _change(told.side, told.happened_at, told.recorded_at, to)]
    names = told.deciders
    if not names:
        lines.append(to.tr("correction-nobody"))
    elif told.held_until:
        lines.append(to.tr("correction-held", names=_named(names, to), time=to.time(told.held_until)))
    else:
        lines.append(to.tr("correction-waits", names=_named(names, to)))
    return Message("\n".join(lines))


def waiting_count(told: CorrectionWaitingCount, to: Reader) -> Message:
    """For a supervisor: how many cards wait."""
    if not told.count:
        return Message(to.tr("correction-none-waiting"))
    return Message(to.tr("correction-waiting", count=str(told.count)))


def asked(card: CorrectionCard, to: Reader) -> Message:
    """The card of a request: who, what, why; buttons until it is decided."""
    change = _change(card.kind, card.happened_at, card.recorded_at, to)
    lines = [to.tr("correction-card", name=card.name, area=card.area), change]
    if card.starts_at and card.ends_at:
        key = "correction-card-made-up" if card.missed else "correction-card-shift"
        lines.append(to.tr(key, start=to.time(card.starts_at), end=to.time(card.ends_at)))
    if card.reason:
        lines.append(to.tr("correction-card-reason", reason=card.reason))
    elif card.voice:
        lines.append(to.tr("correction-card-voice"))
    if card.decided_at:
        lines.append(to.tr(_outcome(card.state), name=card.by, time=to.time(card.decided_at)))
        return Message("\n".join(lines), voice=card.voice)
    yes = to.button("correction-approve-button", f"cor:yes:{card.correction_id}")
    no = to.button("correction-refuse-button", f"cor:no:{card.correction_id}")
    return Message("\n".join(lines), buttons=((yes, no),), voice=card.voice)


def decided(told: CorrectionDecided, to: Reader) -> Message:
    """For who asked: how it was decided, by whom, when."""
    outcome = to.tr(_outcome(told.state), name=told.by, time=to.time(told.decided_at))
    lines = [outcome, _change(told.side, told.happened_at, told.recorded_at, to)]
    if told.state != "approved":
        lines.append(to.tr("correction-refused-next"))
    if told.on_duty:
        lines.append(to.tr("correction-on-duty"))
    return Message("\n".join(lines))


def decided_before(told: CorrectionDecidedBefore, to: Reader) -> Message:
    """For a supervisor who came second."""
    outcome = to.tr.plain(_outcome(told.state), name=told.by, time=to.time(told.decided_at))
    return Message(to.tr("correction-decided-before", outcome=outcome))


def _change(side: CorrectionKind, happened_at: datetime, recorded_at: datetime | None, to: Reader) -> str:
    key = f"correction-change-{'in' if side == CorrectionKind.CHECK_IN else 'out'}"
    if recorded_at is None:
        return to.tr(f"{key}-new", at=to.time(happened_at))
    return to.tr(key, at=to.time(happened_at), recorded=to.time(recorded_at))


def _outcome(state: str) -> str:
    return "correction-approved" if state == "approved" else "correction-refused"


def _named(names: Sequence[str], to: Reader) -> str:
    shown = to.listed(names[:NAMES_SHOWN])
    if len(names) <= NAMES_SHOWN:
        return shown
    return to.tr.plain("correction-and-others", names=shown, count=str(len(names)))
