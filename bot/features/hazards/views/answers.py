"""Answers about hazards: what came of telling, doing, looking."""

from bot.features.cases import views as cases
from bot.features.cases.views import answer, joined, who_is_told, who_knows
from bot.features.hazards import notices
from bot.views.base import Button, Message, Reader


def sent(told: notices.HazardSent, to: Reader) -> Message:
    """It has a number, these know of it; for a minute it can be taken back."""
    lines = [answer("hazard-sent", told, to), who_is_told(told, to)]
    if told.urgent:
        lines.append(to.tr("hazard-sent-urgent" if told.told else "hazard-sent-danger"))
    undo = Button(to.tr.plain("hazard-undo-button"), f"hz:undo:{told.hazard_id}")
    return Message("\n".join(lines), buttons=((undo,),) if told.undo else ())


def went_to_another(told: notices.HazardJoined, to: Reader) -> Message:
    """It went to the one that was there."""
    return Message(answer("hazard-joined", told, to))


def remarked(told: notices.HazardRemarked, to: Reader) -> Message:
    """What was said or shown stands with it."""
    alone, to_others = "hazard-remarked", "hazard-remarked-to"
    if told.photo:
        alone, to_others = "hazard-shown", "hazard-shown-to"
    key = to_others if told.told else alone
    return Message(cases.what(key, told, to, names=joined(told.told, to)))


def told_fixed(told: notices.HazardToldFixed, to: Reader) -> Message:
    """Well done; somebody else looks at it."""
    asked = who_knows(told, to, "hazard-verify-by", "hazard-verify-by-nobody")
    return Message(answer("hazard-told-fixed", told, to) + "\n" + asked)


def told_open(told: notices.HazardToldPartly, to: Reader) -> Message:
    """Noted; and whether more time was asked for."""
    lines = [answer("hazard-noted-line", told, to)]
    if told.more:
        lines.append(to.tr("hazard-more-asked"))
    return Message("\n".join(lines))


def sent_back(told: notices.HazardSentBack, to: Reader) -> Message:
    """Back to who is to put it right."""
    return Message(answer("hazard-sent-back", told, to))


def photo(told: notices.HazardPhotoShown, to: Reader) -> Message:
    """One of its photos."""
    label = to.tr.plain("hazard-before" if told.shows == "before" else "hazard-after-label")
    return Message(to.tr("hazard-photo", reference=told.called, label=label), photo=told.photo)


def work_added(told: notices.HazardWorkAdded, to: Reader) -> Message:
    """One more photo of the work; was it of that?"""
    text = cases.what("hazard-work-added", told, to, count=str(told.count))
    if not told.photo:
        return Message(text)
    apart = f"hz:apart:{told.hazard_id}:{told.photo}"
    return Message(text, buttons=((Button(to.tr.plain("hazard-work-apart"), apart),),))
