"""What somebody says to those in charge, as these see it, and what comes back."""

from bot.base.lengths import cut, quoted
from bot.features.safety import notices
from bot.views.base import Button, Message, Reader

MOST_WORDS, MOST_ANSWER, MOST_ABOUT = 1500, 1000, 120
EMERGENCY = "danger-first"


def first(told: notices.DangerFirst, to: Reader) -> Message:
    """Somebody is in danger: whom to phone; who is known here can call people by one tap."""
    if not told.message_id:
        return Message(to.tr(EMERGENCY))
    key = Button(to.tr.plain("danger-call"), f"sos:call:{told.message_id}")
    return Message(f"{to.tr(EMERGENCY)}\n{to.tr('danger-first-key')}", buttons=((key,),))


def called(told: notices.DangerCalled, to: Reader) -> Message:
    """Who was called."""
    if not told.told:
        return Message(to.tr("danger-called-nobody"))
    return Message(to.tr("danger-called", names=to.tr.plain("list-comma").join(told.told)))


def card(shown: notices.ShownAppeal, to: Reader) -> Message:
    """Who says what, and who sees to it."""
    urgent = shown.urgent
    head = "appeal-urgent" if urgent else "appeal-card"
    lines = [to.tr(head, name=shown.name, area=shown.area, time=to.time(shown.at))]
    if shown.words:
        lines.append(to.tr("appeal-words", words=cut(shown.words, MOST_WORDS)))
    if shown.forwarded:
        lines.append(to.tr("appeal-forwarded"))
    if shown.voice:
        lines.append(to.tr("appeal-spoken"))
    if shown.phone:
        lines.append(to.tr("appeal-phone", phone=shown.phone))
    if shown.taken_at:
        taken = {"name": shown.taken_by, "time": to.time(shown.taken_at)}
        lines.append(to.tr("appeal-taken-line", **taken))
    elif urgent:
        lines.append(to.tr("appeal-do"))
    if shown.answer:
        lines.append(to.tr("appeal-answer-line", words=cut(shown.answer, MOST_ANSWER)))
    return Message("\n".join(lines), buttons=_keys(shown, to))


def _keys(shown: notices.ShownAppeal, to: Reader) -> tuple[tuple[Button, ...], ...]:
    number = shown.appeal_id
    take = Button(to.tr.plain("appeal-take" if shown.urgent else "appeal-noted"), f"apl:take:{number}")
    answer = Button(to.tr.plain("appeal-answer"), f"apl:say:{number}")
    row = (answer,) if shown.taken_by else (take, answer)
    if not shown.voice:
        return (row,)
    return (row, (Button(to.tr.plain("appeal-listen"), f"apl:voice:{number}"),))


def taken(told: notices.AppealTaken, to: Reader) -> Message:
    """Somebody sees to it."""
    lines = [to.tr("appeal-taken-urgent" if told.urgent else "appeal-taken", name=told.by)]
    if told.urgent and told.phone:
        lines.append(to.tr("appeal-taken-phone", phone=told.phone))
    return Message("\n".join(lines))


def answered(told: notices.AppealAnswered, to: Reader) -> Message:
    """What comes back, by words or by voice."""
    words = told.words or to.tr.plain("hazard-by-voice")
    lines = [to.tr("appeal-answered", name=told.by, words=words)]
    if told.about:
        lines.append(to.tr("appeal-answered-about", about=quoted(told.about, MOST_ABOUT)))
    return Message("\n".join(lines), voice=told.voice)


def voice(told: notices.AppealVoice, to: Reader) -> Message:
    """The voice note."""
    return Message(to.tr("appeal-voice", name=told.name), voice=told.voice)
