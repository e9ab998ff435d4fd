"""The living message of a hazard: what and where, how it stands, what this reader may do."""

from datetime import datetime

from bot.base.facts import Facts
from bot.base.lengths import cut
from bot.features.duty.views.check_in import duration_told
from bot.photos.views import look
from bot.views.base import Button, Message, Picture, Reader
from bot.views.wording import moment_dated

# A caption holds 1,024 characters; the whole is told by 经过.
SHOWN = 240
_MAP = "https://uri.amap.com/marker?position={east:.6f},{north:.6f}&coordinate=wgs84"


def called(facts: Facts) -> str:
    """H-2026-000123."""
    return f"H-{facts['year']}-{facts['number']:06d}"


def kind(facts: Facts, to: Reader) -> str:
    """The category's name in the reader's language."""
    name: str = facts["label"]["zh_CN" if to.tr.locale == "zh_CN" else "en"]
    return name


def place(facts: Facts, to: Reader) -> str:
    """Area, post or checkpoint, and the reporter's words."""
    parts = [facts.get("area"), facts.get("post"), facts.get("checkpoint"), facts.get("place")]
    return to.tr.plain("hazard-dot").join(part for part in parts if part)


def on(moment: str | datetime, to: Reader) -> str:
    """Day and time in full: the message may be read on another day."""
    local = to.local(moment)
    told = {"time": local.strftime("%H:%M"), "month": str(local.month), "day": str(local.day)}
    return to.tr.plain("time-other-day", **told)


def card(facts: Facts, to: Reader) -> Message:
    """How it stands, and the buttons of what this reader may do."""
    head = "hazard-head-urgent" if facts["severity"] == "urgent" else "hazard-head"
    photo, picture = _seen(facts, to)
    lines = [to.tr(head, icon=facts["label"]["icon"], reference=called(facts), kind=kind(facts, to))]
    # Side by side, the photos have where it is, who told of it and when beside them.
    if not picture:
        lines.append(to.tr("hazard-where-line", place=place(facts, to)))
    if facts["words"]:
        lines.append(to.tr("hazard-words-line", words=short(facts["words"])))
    if not picture:
        lines.append(to.tr("hazard-told-line", name=facts["reporter"], time=on(facts["reported_at"], to)))
    lines += _standing(facts, to)
    if remark := facts["remark"]:
        said = short(remark["words"]) or to.tr.plain("hazard-by-voice")
        lines.append(to.tr("hazard-remark-line", name=remark["name"], time=on(remark["at"], to), words=said))
    lines += look(facts["look"], to)
    return Message("\n".join(lines), buttons=_buttons(facts, to), photo=photo, picture=picture)


def _standing(facts: Facts, to: Reader) -> list[str]:
    """Who has it, until when, what was said last."""
    state = facts["state"]
    if state == "withdrawn":
        return [to.tr("hazard-line-withdrawn")]
    if state == "closed":
        taken = took(facts["reported_at"], facts["fixed_at"], to)
        told = {"verifier": facts["verifier"], "fixer": facts["fixer"], "time": on(facts["closed_at"], to)}
        return [to.tr("hazard-line-closed", took=taken, **told), *_of_work(facts, to)]
    if state == "fixed":
        key = "hazard-line-fixed-you" if "verify" in facts["acts"] else "hazard-line-fixed"
        fixed = to.tr(key, fixer=facts["fixer"], time=on(facts["fixed_at"], to))
        return [fixed, *_of_work(facts, to)]
    lines = [_named(facts, to)]
    if facts["said_step"] in ("partly", "cannot", "reopened"):
        said = short(facts["said"]) or to.tr.plain("hazard-by-voice")
        lines.append(to.tr(f"hazard-said-{facts['said_step']}", words=said))
    if facts["wished_due_at"]:
        until = on(facts["wished_due_at"], to)
        lines.append(to.tr("hazard-wish-line", name=facts["wisher"], time=until))
    return lines


def _of_work(facts: Facts, to: Reader) -> list[str]:
    """What was said of the work, where it was."""
    if facts["said_step"] != "fixed" or not (facts["said"] or facts["said_voice"]):
        return []
    return [to.tr("hazard-said-fixed", words=short(facts["said"]) or to.tr.plain("hazard-by-voice"))]


def _named(facts: Facts, to: Reader) -> str:
    late = to.local(facts["due_at"]) < to.now
    due = to.tr.plain("hazard-late" if late else "hazard-by", time=on(facts["due_at"], to))
    if not facts["named"]:
        return to.tr("hazard-line-nobody", due=due)
    first, *others = facts["named"]
    if not others:
        return to.tr("hazard-line-named", name=first, due=due)
    with_them = to.tr.plain("list-comma").join(others)
    return to.tr("hazard-line-joint", name=first, others=with_them, due=due)


def took(start: str | datetime, end: str | datetime, to: Reader) -> str:
    """How long it took, in words."""
    return to.tr.plain("hazard-took", span=duration_told(_at(start), _at(end), to))


def _at(moment: str | datetime) -> datetime:
    return datetime.fromisoformat(moment) if isinstance(moment, str) else moment


def short(words: str) -> str:
    """As much as goes into a caption."""
    return cut(words, SHOWN)


def _seen(facts: Facts, to: Reader) -> tuple[int | None, Picture | None]:
    """The photo; with one of the work, both side by side."""
    before, after = facts["before"], facts["after"]
    if not (before and after):
        shown = [*after, *before]
        return (shown[0] if shown else None), None
    data = {
        "title": f"{called(facts)} {kind(facts, to)}", "place": place(facts, to),
        "before": to.tr.plain("hazard-before"), "after": to.tr.plain("hazard-after-label"),
        "before_line": _line(facts["reported_at"], facts["reporter"], to),
        "after_line": _line(facts["after_at"], facts["after_by"], to),
        "footer": took(facts["reported_at"], facts["after_at"], to),
    }  # fmt: skip
    return None, Picture("before_after", data, (before[0], after[-1]))


def _line(moment: str | datetime, name: str, to: Reader) -> list[str]:
    """When, and who."""
    return [moment_dated(moment, to), name]


def _buttons(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    number, acts, version = facts["hazard_id"], facts["acts"], facts["version"]
    rows: list[tuple[Button, ...]] = []
    if "verify" in acts:
        rows.append(
            (
                _button("hazard-accept-button", f"hz:ok:{number}:{version}", to),
                _button("hazard-back-button", f"hz:back:{number}:{version}", to),
            )
        )
    if "extend" in acts:
        rows.append(
            (
                _button("hazard-grant-button", f"hz:more:{number}:{version}", to),
                _button("hazard-refuse-button", f"hz:less:{number}:{version}", to),
            )
        )
    # Who can name somebody mostly does: the first button is not to make them the one who fixed it.
    names_first = "assign" in acts and not facts["named"]
    if names_first:
        rows.append(_naming(facts, to))
    if "fix" in acts:
        rows.append(
            (
                _button("hazard-fixed-button", f"hz:fix:{number}", to),
                _button("hazard-partly-button", f"hz:part:{number}", to),
            )
        )
    if "assign" in acts and not names_first:
        rows.append(_naming(facts, to))
    return (*rows, _looking(facts, to))


def _naming(facts: Facts, to: Reader) -> tuple[Button, ...]:
    number = facts["hazard_id"]
    if not facts["named"]:
        return (_button("hazard-assign-button", f"hz:to:{number}", to),)
    return (
        _button("hazard-assign-again-button", f"hz:to:{number}", to),
        _button("hazard-joint-button", f"hz:with:{number}", to),
    )


def _looking(facts: Facts, to: Reader) -> tuple[Button, ...]:
    """What there is besides: voice, more photos, the map, what happened so far."""
    number = facts["hazard_id"]
    row = []
    if facts["voice"]:
        row.append(_button("hazard-voice-button", f"hz:voice:{number}", to))
    if len(facts["before"]) > 1 or len(facts["after"]) > 1:
        row.append(_button("hazard-photos-button", f"hz:photos:{number}", to))
    if to.coordinates and facts["latitude"] is not None and abs(facts["latitude"]) <= 90:
        address = _MAP.format(east=facts["longitude"], north=facts["latitude"])
        row.append(Button(to.tr.plain("hazard-map-button"), url=address))
    return (*row, _button("hazard-log-button", f"hz:log:{number}", to))


def _button(key: str, data: str, to: Reader) -> Button:
    return Button(to.tr.plain(key), data)
