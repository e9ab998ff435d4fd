"""补卡: what, when (where that is not clear), why; then a supervisor decides."""

from dataclasses import replace

from bot.base.facts import Json
from bot.base.i18n import texts_of, translator
from bot.features.duty import correctable, corrections
from bot.features.duty.correctable import Correctable, Wish
from bot.features.duty.notices import CorrectionSent
from bot.forms.given import Given
from bot.forms.steps import ChoiceStep, Filling, Form, MomentStep, Option, Phrase, WordsStep
from models import CorrectionKind

REASONS = ("no-signal", "forgot", "battery", "device")


def as_answer(wish: Wish) -> dict[str, Json]:
    """A wish as the form's first answer."""
    at = wish.at.isoformat() if wish.at else None
    return {"kind": wish.kind, "at": at, "checkin_id": wish.checkin_id, "shift_id": wish.shift_id}


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


def _has_time(given: Given) -> bool:
    return given.read("what", Wish).at is not None


def _wish(given: Given) -> Wish:
    wish = given.read("what", Wish)
    return replace(wish, at=given.moment("when")) if "when" in given else wish


def _check(filling: Filling) -> None:
    wish = _wish(filling.given)
    if wish.at:
        correctable.require_right(filling.work.at(filling.at), wish)


def _when_question(filling: Filling) -> Phrase:
    return Phrase(f"correction-when-{_wish(filling.given).kind.replace('_', '-')}")


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


def _end(filling: Filling) -> CorrectionSent:
    reason = filling.given.said("reason")
    return corrections.ask(filling.work, _wish(filling.given), reason.words, reason.voice, filling.at)


FORM = Form(
    id="correction",
    steps=(
        ChoiceStep(name="what", ask="correction-what", options=_what, check=_check),
        MomentStep(name="when", ask=_when_question, options=_times, check=_check, skip_if=_has_time),
        WordsStep(name="reason", ask=_reason_question, options=_reasons, most=corrections.MOST_CHARACTERS),
    ),
    gate=lambda filling: correctable.correctable(filling.work.at(filling.at)),
    end=_end,
    words=texts_of("key-correction") | {"补卡", "correction"},
)
