"""补卡: what, when (where that is not clear), why; then a supervisor decides."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.base.i18n import texts_of, translator
from bot.features.duty import correctable, corrections
from bot.features.duty.correctable import Correctable, Wish
from bot.forms.steps import ChoiceStep, Filling, Form, MomentStep, Option, Phrase, WordsStep
from bot.outbox.notices import Notice, Told
from models import CorrectionKind

REASONS = ("no-signal", "forgot", "battery", "device")


def as_answer(wish: Wish) -> dict[str, Any]:
    """A wish as the form's first answer."""
    at = wish.at.isoformat() if wish.at else None
    return {"kind": wish.kind, "at": at, "checkin_id": wish.checkin_id, "shift_id": wish.shift_id}


def _gate(filling: Filling) -> None:
    correctable.correctable(filling.work.at(filling.at))


def _what(filling: Filling) -> list[Option]:
    """What suggests itself, and any other time."""
    found = correctable.correctable(filling.work.at(filling.at))
    other = [
        Option(Phrase(f"correction-other-{kind.replace('_', '-')}"), as_answer(Wish(kind)))
        for kind in CorrectionKind
    ]
    return [*(Option(_label(item), as_answer(item.wish)) for item in found), *other]


def _label(item: Correctable) -> Phrase:
    known = {"recorded": item.recorded, "at": item.wish.at}
    times = {name: moment for name, moment in known.items() if moment is not None}
    key = f"correction-option-{item.why}" if item.wish.at else f"correction-option-{item.why}-when"
    return Phrase(key, times=times)


def _has_time(given: Mapping[str, Any]) -> bool:
    return given["what"]["at"] is not None


def _wish(given: Mapping[str, Any]) -> Wish:
    what = given["what"]
    at = given.get("when") or what["at"]
    moment = datetime.fromisoformat(at) if at else None
    return Wish(CorrectionKind(what["kind"]), moment, what["checkin_id"], what["shift_id"])


def _check(filling: Filling) -> None:
    wish = _wish(filling.given)
    if wish.at:
        correctable.require_right(filling.work.at(filling.at), wish)


def _when_question(filling: Filling) -> Phrase:
    kind = CorrectionKind(filling.given["what"]["kind"])
    return Phrase(f"correction-when-{kind.replace('_', '-')}")


def _times(filling: Filling) -> list[Option]:
    likely = correctable.likely_times(filling.work.at(filling.at), _wish(filling.given))
    return [Option(Phrase("correction-at", times={"at": moment}), moment.isoformat()) for moment in likely]


def _reason_question(filling: Filling) -> Phrase:
    wish = _wish(filling.given)
    assert wish.at
    return Phrase(f"correction-reason-of-{wish.kind.replace('_', '-')}", times={"at": wish.at})


def _reasons(filling: Filling) -> list[Option]:
    """A button's words are the person's own: kept as if they had been typed."""
    tr = translator(filling.actor.locale)
    labels = [f"correction-reason-{name}" for name in REASONS]
    return [Option(Phrase(label), {"words": tr.plain(label)}) for label in labels]


def _end(filling: Filling) -> Notice:
    reason = filling.given["reason"]
    asked = corrections.ask(
        filling.work, _wish(filling.given), reason.get("words", ""), reason.get("voice", ""), filling.at
    )
    facts = {
        "kind": asked.kind, "happened_at": asked.happened_at, "recorded_at": asked.recorded_at,
        "deciders": list(asked.deciders), "held_until": asked.held_until,
    }  # fmt: skip
    return Told("correction.sent", facts)


FORM = Form(
    id="correction",
    version=1,
    name="form-name-correction",
    steps=(
        ChoiceStep(name="what", ask="correction-what", options=_what, check=_check),
        MomentStep(name="when", ask=_when_question, options=_times, check=_check, skip_if=_has_time),
        WordsStep(name="reason", ask=_reason_question, options=_reasons, most=corrections.MOST_CHARACTERS),
    ),
    gate=_gate,
    end=_end,
    words=texts_of("key-correction") | {"补卡", "correction"},
)
