"""The living message of a request: what is asked for, how it stands, what this reader may do."""

from bot.features.cases.views import KeyRow, Keys, card_keys, drawn, on, short, took, what, who_has_it, wish
from bot.features.requests.notices import RequestShown
from bot.views.base import Message, Reader


def card(told: RequestShown, to: Reader) -> Message:
    """How it stands, and the buttons of what this reader may do."""
    where = [to.tr("request-where-line", area=told.area)]
    if told.household:
        where.append(to.tr("request-household", number=str(told.household)))
    mode = to.tr.plain(f"request-mode-{told.mode}")
    lines = [what("request-head", told, to, mode=mode), to.tr.plain("hazard-dot").join(where)]
    if told.words:
        lines.append(to.tr("hazard-words-line", words=short(told.words)))
    if told.contact:
        lines.append(to.tr("request-contact-line", contact=told.contact))
    lines.append(to.tr("request-told-line", name=told.registrar, time=on(told.registered_at, to)))
    return Message("\n".join([*lines, *_standing(told, to)]), buttons=_buttons(told, to))


def _standing(told: RequestShown, to: Reader) -> list[str]:
    """Who has it, until when, what was said last."""
    if told.state == "withdrawn":
        return [to.tr("request-line-withdrawn")]
    if told.state == "closed":
        return [_closed(told, to), *_said(told, to)]
    if told.state == "done" and told.done_at:
        key = "request-line-done-own" if told.own else "request-line-done"
        done = {"doer": told.doer or "", "time": on(told.done_at, to), "name": told.registrar}
        return [to.tr(key, **done), *_said(told, to)]
    lines = [who_has_it(told, to), *_said(told, to)]
    if told.repeats:
        lines.append(to.tr("request-line-repeats", count=str(told.repeats)))
    return [*lines, *wish(told, to)]


def _closed(told: RequestShown, to: Reader) -> str:
    if told.mode == "spot" or not (told.done_at and told.closed_at):
        return to.tr("request-line-spot")
    taken, time = took(told.registered_at, told.done_at, to), on(told.closed_at, to)
    names = {"asker": told.asker or "", "doer": told.doer or ""}
    return to.tr(f"request-line-{told.answer}", took=taken, time=time, **names)


def _said(told: RequestShown, to: Reader) -> list[str]:
    """What was said last, of how it goes; nothing where a button said it all."""
    words = short(told.said) or (to.tr.plain("hazard-by-voice") if told.said_voice else "")
    if not words:
        return [to.tr("request-said-not-at-all")] if told.said_step == "not" else []
    return [to.tr(f"request-said-{told.said_step}", words=words)]


def _buttons(told: RequestShown, to: Reader) -> Keys:
    number, version = told.request_id, told.version
    look: list[KeyRow] = []
    work: KeyRow = ()
    besides = []
    if "ask" in told.acts:
        # Three in a row would be broken on a phone.
        for answers in (("solved", "partly"), ("not",)):
            keys = ((f"request-{each}-button", f"rq:{each}:{number}:{version}") for each in answers)
            look.append(tuple(keys))
    if "handle" in told.acts:
        done, stuck = f"rq:done:{number}", f"rq:stuck:{number}"
        work = (("request-done-button", done), ("request-stuck-button", stuck))
    if "contact" in told.acts:
        besides.append(("request-contact-button", f"rq:who:{number}"))
    if told.voice or told.said_voice:
        besides.append(("hazard-voice-button", f"rq:voice:{number}"))
    besides.append(("hazard-log-button", f"rq:log:{number}"))
    return drawn([*card_keys(told, look, work), tuple(besides)], to)
