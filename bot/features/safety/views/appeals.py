"""What somebody says to those in charge, as these see it, and what comes back."""

from bot.base.facts import Facts
from bot.base.lengths import cut, quoted
from bot.views.base import Button, Message, Reader

MOST_WORDS, MOST_ANSWER, MOST_ABOUT = 1500, 1000, 120
EMERGENCY = "danger-first"


def first(facts: Facts, to: Reader) -> Message:
    """Somebody is in danger: whom to phone; who is known here can call people by one tap."""
    if not facts["message_id"]:
        return Message(to.tr(EMERGENCY))
    key = Button(to.tr.plain("danger-call"), f"sos:call:{facts['message_id']}")
    return Message(f"{to.tr(EMERGENCY)}\n{to.tr('danger-first-key')}", buttons=((key,),))


def called(facts: Facts, to: Reader) -> Message:
    """Who was called."""
    if not facts["told"]:
        return Message(to.tr("danger-called-nobody"))
    return Message(to.tr("danger-called", names=to.tr.plain("list-comma").join(facts["told"])))


def card(facts: Facts, to: Reader) -> Message:
    """Who says what, and who sees to it."""
    urgent = facts["urgent"]
    head = "appeal-urgent" if urgent else "appeal-card"
    lines = [to.tr(head, name=facts["name"], area=facts["area"], time=to.time(facts["at"]))]
    if facts["words"]:
        lines.append(to.tr("appeal-words", words=cut(facts["words"], MOST_WORDS)))
    if facts.get("forwarded"):
        lines.append(to.tr("appeal-forwarded"))
    if facts["voice"]:
        lines.append(to.tr("appeal-spoken"))
    if facts["phone"]:
        lines.append(to.tr("appeal-phone", phone=facts["phone"]))
    if facts["taken_by"]:
        taken = {"name": facts["taken_by"], "time": to.time(facts["taken_at"])}
        lines.append(to.tr("appeal-taken-line", **taken))
    elif urgent:
        lines.append(to.tr("appeal-do"))
    if facts["answer"]:
        lines.append(to.tr("appeal-answer-line", words=cut(facts["answer"], MOST_ANSWER)))
    return Message("\n".join(lines), buttons=_keys(facts, to))


def _keys(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    number = facts["appeal_id"]
    take = Button(to.tr.plain("appeal-take" if facts["urgent"] else "appeal-noted"), f"apl:take:{number}")
    answer = Button(to.tr.plain("appeal-answer"), f"apl:say:{number}")
    row = (answer,) if facts["taken_by"] else (take, answer)
    if not facts["voice"]:
        return (row,)
    return (row, (Button(to.tr.plain("appeal-listen"), f"apl:voice:{number}"),))


def taken(facts: Facts, to: Reader) -> Message:
    """Somebody sees to it."""
    lines = [to.tr("appeal-taken-urgent" if facts["urgent"] else "appeal-taken", name=facts["by"])]
    if facts["urgent"] and facts["phone"]:
        lines.append(to.tr("appeal-taken-phone", phone=facts["phone"]))
    return Message("\n".join(lines))


def answered(facts: Facts, to: Reader) -> Message:
    """What comes back, by words or by voice."""
    words = facts["words"] or to.tr.plain("hazard-by-voice")
    lines = [to.tr("appeal-answered", name=facts["by"], words=words)]
    if facts["about"]:
        lines.append(to.tr("appeal-answered-about", about=quoted(facts["about"], MOST_ABOUT)))
    return Message("\n".join(lines), voice=facts["voice"])


def voice(facts: Facts, to: Reader) -> Message:
    """The voice note."""
    return Message(to.tr("appeal-voice", name=facts["name"]), voice=facts["voice"])
