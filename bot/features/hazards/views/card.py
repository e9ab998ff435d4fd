"""The living message of a hazard: what and where, how it stands, what this reader may do."""

from bot.features.cases.views import (
    KeyRow,
    Keys,
    card_keys,
    drawn,
    kind,
    on,
    place,
    short,
    took,
    what,
    who_has_it,
    wish,
)
from bot.features.hazards.notices import HazardShown
from bot.photos.views import look
from bot.views.base import Button, Message, Picture, Reader
from bot.views.wording import moment_dated

_MAP = "https://uri.amap.com/marker?position={east:.6f},{north:.6f}&coordinate=wgs84"


def card(told: HazardShown, to: Reader) -> Message:
    """How it stands, and the buttons of what this reader may do."""
    photo, picture = _seen(told, to)
    lines = [what("hazard-head-urgent" if told.severity == "urgent" else "hazard-head", told, to)]
    # Side by side, the photos have where it is, who told of it and when beside them.
    if not picture:
        lines.append(to.tr("hazard-where-line", place=place(told.where, to)))
    if told.words:
        lines.append(to.tr("hazard-words-line", words=short(told.words)))
    if not picture:
        lines.append(to.tr("hazard-told-line", name=told.reporter, time=on(told.reported_at, to)))
    lines += _standing(told, to)
    if remark := told.remark:
        said = short(remark.words) or to.tr.plain("hazard-by-voice")
        lines.append(to.tr("hazard-remark-line", name=remark.name, time=on(remark.at, to), words=said))
    lines += look(told.look, to)
    return Message("\n".join(lines), buttons=_buttons(told, to), photo=photo, picture=picture)


def _standing(told: HazardShown, to: Reader) -> list[str]:
    """Who has it, until when, what was said last."""
    if told.state == "withdrawn":
        return [to.tr("hazard-line-withdrawn")]
    if told.state == "closed" and told.fixed_at and told.closed_at:
        taken, time = took(told.reported_at, told.fixed_at, to), on(told.closed_at, to)
        names = {"verifier": told.verifier or "", "fixer": told.fixer or ""}
        return [to.tr("hazard-line-closed", took=taken, time=time, **names), *_of_work(told, to)]
    if told.state == "fixed" and told.fixed_at:
        key = "hazard-line-fixed-you" if "verify" in told.acts else "hazard-line-fixed"
        fixed = to.tr(key, fixer=told.fixer or "", time=on(told.fixed_at, to))
        return [fixed, *_of_work(told, to)]
    lines = [who_has_it(told, to)]
    if told.said_step in ("partly", "cannot", "reopened"):
        said = short(told.said) or to.tr.plain("hazard-by-voice")
        lines.append(to.tr(f"hazard-said-{told.said_step}", words=said))
    return [*lines, *wish(told, to)]


def _of_work(told: HazardShown, to: Reader) -> list[str]:
    """What was said of the work, where it was."""
    if told.said_step != "fixed" or not (told.said or told.said_voice):
        return []
    return [to.tr("hazard-said-fixed", words=short(told.said) or to.tr.plain("hazard-by-voice"))]


def _seen(told: HazardShown, to: Reader) -> tuple[int | None, Picture | None]:
    """The photo; with one of the work, both side by side."""
    before, after = told.before, told.after
    if not (before and after and told.after_at):
        return next(iter((*after, *before)), None), None
    data = {
        "title": f"{told.called} {kind(told.label, to)}", "place": place(told.where, to),
        "before": to.tr.plain("hazard-before"), "after": to.tr.plain("hazard-after-label"),
        "before_line": [moment_dated(told.reported_at, to), told.reporter],
        "after_line": [moment_dated(told.after_at, to), told.after_by],
        "footer": took(told.reported_at, told.after_at, to),
    }  # fmt: skip
    return None, Picture("before_after", data, (before[0], after[-1]))


def _buttons(told: HazardShown, to: Reader) -> Keys:
    number, version = told.hazard_id, told.version
    look_at: list[KeyRow] = []
    work: KeyRow = ()
    if "verify" in told.acts:
        right, back = f"hz:ok:{number}:{version}", f"hz:back:{number}:{version}"
        look_at.append((("hazard-accept-button", right), ("hazard-back-button", back)))
    if "fix" in told.acts:
        fixed, partly = f"hz:fix:{number}", f"hz:part:{number}"
        work = (("hazard-fixed-button", fixed), ("hazard-partly-button", partly))
    return (*drawn(card_keys(told, look_at, work), to), _looking(told, to))


def _looking(told: HazardShown, to: Reader) -> tuple[Button, ...]:
    """What there is besides: voice, more photos, the map, what happened so far."""
    number, row = told.hazard_id, []
    if told.voice:
        row.append(Button(to.tr.plain("hazard-voice-button"), f"hz:voice:{number}"))
    if len(told.before) > 1 or len(told.after) > 1:
        row.append(Button(to.tr.plain("hazard-photos-button"), f"hz:photos:{number}"))
    if to.coordinates and told.latitude is not None and abs(told.latitude) <= 90:
        address = _MAP.format(east=told.longitude, north=told.latitude)
        row.append(Button(to.tr.plain("hazard-map-button"), url=address))
    return (*row, Button(to.tr.plain("hazard-log-button"), f"hz:log:{number}"))
