"""What is said about check-ins and check-outs."""

from datetime import datetime

from bot.base.facts import Facts
from bot.base.lengths import quoted
from bot.views.base import Button, Message, Reader

# From so many days on, hours say nothing any more.
_DAYS_WITH_HOURS = 3


def checked_in(facts: Facts, to: Reader) -> Message:
    """Time, shift, post and verdict, in that order; what is worth a look last."""
    lines = [to.tr("checkin-done", time=to.time(facts["in_at"])), _shift(facts, to), _place(facts, to)]
    earlier = Button(to.tr.plain("checkin-earlier-button"), f"cor:early:{facts['checkin_id']}")
    start = Button(to.tr.plain("patrol-start-button"), "pat:start")
    buttons = ((start,), (earlier,)) if facts["patrol"] else ((earlier,),)
    if facts.get("ended_at"):
        lines.append(to.tr("checkin-ended-before", time=to.time(facts["ended_at"])))
    return Message("\n".join(lines + _marks(facts, to) + _once_more(facts, to)), buttons=buttons)


def on_duty_already(facts: Facts, to: Reader) -> Message:
    """A check-in was open: since when, and the verdict once more. One that was over before the tap reached us
    needs no verdict any more."""
    if facts.get("out_at"):
        span = {"start": to.time(facts["in_at"]), "end": to.time(facts["out_at"])}
        return Message(to.tr("checkin-again-over", **span))
    key = "checkin-again-place" if facts["new_place"] else "checkin-again"
    lines = [to.tr(key, time=to.time(facts["in_at"]))]
    if facts["new_place"]:
        lines.append(_place(facts, to))
    return Message("\n".join(lines + _marks(facts, to) + _once_more(facts, to)))


def place_needed(facts: Facts, to: Reader) -> Message:
    """The duty needs the place: which key sends it, and what to do if that does not work."""
    button = Button(to.tr.plain("checkin-no-place-button"), "chk:noplace")
    return Message(to.tr("checkin-ask-place", key=to.tr.plain("key-check-in")), buttons=((button,),))


def left(facts: Facts, to: Reader) -> Message:
    """The place of a check-out has arrived."""
    return Message("\n".join([to.tr("checkout-place-kept"), _place(facts, to), *_marks(facts, to)]))


def photo_kept(facts: Facts, to: Reader) -> Message:
    """The photo a duty asks for has arrived."""
    words, time = quoted(facts.get("words", "")), to.time(facts["in_at"])
    if words:
        return Message(to.tr("checkin-photo-kept-words", words=words, time=time))
    return Message(to.tr("checkin-photo-kept", time=time))


def closed_by_system(facts: Facts, to: Reader) -> Message:
    """The check-out was forgotten."""
    return Message(to.tr("checkin-closed-by-system", time=to.time(facts["out_at"])))


def went_on(facts: Facts, to: Reader) -> Message:
    """No check-out came, and the next shift at the same place was planned for."""
    key = "checkin-went-on" if facts["is_open"] else "checkin-went-on-over"
    span = {"start": to.time(facts["starts_at"]), "end": to.time(facts["ends_at"])}
    return Message(to.tr(key, time=to.time(facts["out_at"]), **span))


def done_for(facts: Facts, to: Reader) -> Message:
    """For who acted for another."""
    key = "behalf-done-out" if facts["leaves"] else "behalf-done-in"
    return Message(to.tr(key, name=facts["name"], time=to.time(facts["at"])))


def told_of_it(facts: Facts, to: Reader) -> Message:
    """For whom it was done: what others write down is never a secret."""
    key = "behalf-told-out" if facts["leaves"] else "behalf-told-in"
    return Message(to.tr(key, by=facts["by"], time=to.time(facts["at"])))


def checked_out(facts: Facts, to: Reader) -> Message:
    """When, after how long, and the way back."""
    spent = datetime.fromisoformat(facts["out_at"]) - datetime.fromisoformat(facts["in_at"])
    stay = span_told(max(0, int(spent.total_seconds() // 60)), to)
    lines = [to.tr("checkout-done", time=to.time(facts["out_at"]), stay=stay)]
    if facts["early_minutes"]:
        lines.append(to.tr("checkout-early", span=span_told(facts["early_minutes"], to)))
    if facts["needs_place"]:
        lines.append(to.tr("checkout-ask-place"))
    undo = Button(to.tr.plain("checkout-undo-button"), f"chk:undo:{facts['checkin_id']}")
    return Message("\n".join(lines), buttons=((undo,),))


def check_out_undone(facts: Facts, to: Reader) -> Message:
    """Still on duty."""
    return Message(to.tr("checkout-undone", time=to.time(facts["in_at"])))


def _shift(facts: Facts, to: Reader) -> str:
    if not facts["starts_at"]:
        return to.tr("checkin-no-shift", duty=facts["duty"][to.tr.locale])
    times = {"start": to.time(facts["starts_at"]), "end": to.time(facts["ends_at"])}
    if facts["post"]:
        return to.tr("checkin-shift-post", **times, post=facts["post"])
    return to.tr("checkin-shift", **times)


def _place(facts: Facts, to: Reader) -> str:
    if facts["scanned"]:
        return _scanned(facts, to)
    if facts["evidence"] in ("none", "went_on"):
        return to.tr("checkin-place-none") if facts["place_wanted"] else ""
    grade = facts["grade"]
    if grade == "not_graded":
        return to.tr("checkin-place-not-graded")
    if grade == "on_site":
        return to.tr("checkin-place-on-site", spot=facts["spot"])
    key = "checkin-place-unsure" if grade == "unsure" else "checkin-place-off-site"
    return to.tr(key, spot=facts["spot"], distance=distance_told(facts["distance"], to))


def _scanned(facts: Facts, to: Reader) -> str:
    """The code on a wall: of the right post, or of another one."""
    if facts["grade"] != "off_site":
        return to.tr("checkin-place-qr", post=facts["scanned"])
    distance = distance_told(facts["distance"], to)
    return to.tr("checkin-place-qr-elsewhere", post=facts["scanned"], spot=facts["spot"], distance=distance)


def _once_more(facts: Facts, to: Reader) -> list[str]:
    """What to do about a place that is far off or not the person's own, for whoever is at the right one.
    Not after a check-out: the key would begin a new duty."""
    doubtful = facts["grade"] in ("off_site", "unsure") or facts["evidence"] == "forwarded"
    if facts["scanned"] or not (doubtful or facts["too_fast"]):
        return []
    return [to.tr("checkin-once-more", key=to.tr.plain("key-check-in"))]


def _marks(facts: Facts, to: Reader) -> list[str]:
    marks = []
    if facts["late_minutes"]:
        marks.append(to.tr("checkin-late", span=span_told(facts["late_minutes"], to)))
    if facts["evidence"] == "forwarded":
        marks.append(to.tr("checkin-forwarded"))
    if facts["too_fast"]:
        marks.append(to.tr("checkin-too-fast"))
    if facts["photo_wanted"]:
        marks.append(to.tr("checkin-photo-wanted"))
    return marks


def duration_told(start: datetime, end: datetime, to: Reader) -> str:
    """How long something took: minutes, hours and minutes below a day, days from there on (with hours while
    they matter)."""
    minutes = max(1, int((end - start).total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    if not days:
        return span_told(minutes, to)
    hours = rest // 60
    if hours and days <= _DAYS_WITH_HOURS:
        key = "span-one-day-hours" if days == 1 else "span-days-hours"
        return to.tr.plain(key, days=str(days), hours=str(hours))
    return to.tr.plain("span-one-day" if days == 1 else "span-days", days=str(days))


def span_told(minutes: int, to: Reader) -> str:
    """Minutes, or hours and minutes."""
    hours, rest = divmod(minutes, 60)
    if hours and not rest:
        return to.tr.plain("span-whole-hours", hours=str(hours))
    if hours:
        return to.tr.plain("span-hours", hours=str(hours), minutes=str(rest))
    return to.tr.plain("span-minutes", minutes=str(rest))


def distance_told(value: int, to: Reader) -> str:
    """Metres, or kilometres with one decimal."""
    if value < 1000:
        return to.tr.plain("distance-metres", value=str(value))
    return to.tr.plain("distance-kilometres", value=f"{value / 1000:.1f}")
