"""What is said about check-ins and check-outs."""

from bot.base.lengths import quoted
from bot.features.duty import notices
from bot.views.base import Message, Reader
from bot.views.wording import distance_told, span_told
from models import Evidence, PlaceGrade


def checked_in(told: notices.CheckInDone, to: Reader) -> Message:
    """Time, shift, post and verdict, in that order; what is worth a look last."""
    lines = [to.tr("checkin-done", time=to.time(told.in_at)), _shift(told, to), _place(told, to)]
    earlier = to.button("checkin-earlier-button", f"cor:early:{told.checkin_id}")
    start = to.button("patrol-start-button", "pat:start")
    buttons = ((start,), (earlier,)) if told.patrol else ((earlier,),)
    if told.ended_at:
        lines.append(to.tr("checkin-ended-before", time=to.time(told.ended_at)))
    return Message("\n".join(lines + _marks(told, to) + _once_more(told, to)), buttons=buttons)


def on_duty_already(told: notices.CheckInAgain, to: Reader) -> Message:
    """A check-in was open: since when, and the verdict once more. One that was over before the tap reached us
    needs no verdict any more."""
    if told.out_at:
        span = {"start": to.time(told.in_at), "end": to.time(told.out_at)}
        return Message(to.tr("checkin-again-over", **span))
    key = "checkin-again-place" if told.new_place else "checkin-again"
    lines = [to.tr(key, time=to.time(told.in_at))]
    if told.new_place:
        lines.append(_place(told, to))
    return Message("\n".join(lines + _marks(told, to) + _once_more(told, to)))


def place_needed(told: notices.CheckInNeedsPlace, to: Reader) -> Message:
    """The duty needs the place: which key sends it, and what to do if that does not work."""
    button = to.button("checkin-no-place-button", "chk:noplace")
    return Message(to.tr("checkin-ask-place", key=to.tr.plain("key-check-in")), buttons=((button,),))


def left(told: notices.CheckInLeft, to: Reader) -> Message:
    """The place of a check-out has arrived."""
    return Message("\n".join([to.tr("checkout-place-kept"), _place(told, to), *_marks(told, to)]))


def photo_kept(told: notices.CheckInPhotoKept, to: Reader) -> Message:
    """The photo a duty asks for has arrived."""
    time = to.time(told.in_at)
    if told.words:
        return Message(to.tr("checkin-photo-kept-words", words=quoted(told.words), time=time))
    return Message(to.tr("checkin-photo-kept", time=time))


def went_on(told: notices.CheckInWentOn, to: Reader) -> Message:
    """No check-out came, and the next shift at the same place was planned for."""
    key = "checkin-went-on" if told.is_open else "checkin-went-on-over"
    span = {"start": to.time(told.starts_at), "end": to.time(told.ends_at)}
    return Message(to.tr(key, time=to.time(told.out_at), **span))


def done_for(told: notices.BehalfDone, to: Reader) -> Message:
    """For who acted for another."""
    key = "behalf-done-out" if told.leaves else "behalf-done-in"
    return Message(to.tr(key, name=told.name, time=to.time(told.at)))


def told_of_it(told: notices.BehalfTold, to: Reader) -> Message:
    """For whom it was done: what others write down is never a secret."""
    key = "behalf-told-out" if told.leaves else "behalf-told-in"
    return Message(to.tr(key, by=told.by, time=to.time(told.at)))


def checked_out(told: notices.CheckOutDone, to: Reader) -> Message:
    """When, after how long, and the way back."""
    spent = (told.out_at - told.in_at).total_seconds()
    stay = span_told(max(0, int(spent // 60)), to)
    lines = [to.tr("checkout-done", time=to.time(told.out_at), stay=stay)]
    if told.early_minutes:
        lines.append(to.tr("checkout-early", span=span_told(told.early_minutes, to)))
    if told.needs_place:
        lines.append(to.tr("checkout-ask-place"))
    undo = to.button("checkout-undo-button", f"chk:undo:{told.checkin_id}")
    return Message("\n".join(lines), buttons=((undo,),))


def _shift(told: notices.AboutCheckIn, to: Reader) -> str:
    if not (told.starts_at and told.ends_at):
        return to.tr("checkin-no-shift", duty=told.duty[to.tr.locale])
    times = {"start": to.time(told.starts_at), "end": to.time(told.ends_at)}
    if told.post:
        return to.tr("checkin-shift-post", **times, post=told.post)
    return to.tr("checkin-shift", **times)


def _place(told: notices.AboutCheckIn, to: Reader) -> str:
    if told.scanned:
        return _scanned(told, to)
    if told.evidence in (Evidence.NONE, Evidence.WENT_ON):
        return to.tr("checkin-place-none") if told.place_wanted else ""
    if told.distance is None or told.grade == PlaceGrade.NOT_GRADED:
        return to.tr("checkin-place-not-graded")
    if told.grade == PlaceGrade.ON_SITE:
        return to.tr("checkin-place-on-site", spot=told.spot)
    key = "checkin-place-unsure" if told.grade == PlaceGrade.UNSURE else "checkin-place-off-site"
    return to.tr(key, spot=told.spot, distance=distance_told(told.distance, to))


def _scanned(told: notices.AboutCheckIn, to: Reader) -> str:
    """The code on a wall: of the right post, or of another one."""
    if told.distance is None or told.grade != PlaceGrade.OFF_SITE:
        return to.tr("checkin-place-qr", post=told.scanned)
    distance = distance_told(told.distance, to)
    return to.tr("checkin-place-qr-elsewhere", post=told.scanned, spot=told.spot, distance=distance)


def _once_more(told: notices.AboutCheckIn, to: Reader) -> list[str]:
    """What to do about a place that is far off or not the person's own, for whoever is at the right one.
    Not after a check-out: the key would begin a new duty."""
    doubtful = told.grade in (PlaceGrade.OFF_SITE, PlaceGrade.UNSURE)
    doubtful = doubtful or told.evidence == Evidence.FORWARDED
    if told.scanned or not (doubtful or told.too_fast):
        return []
    return [to.tr("checkin-once-more", key=to.tr.plain("key-check-in"))]


def _marks(told: notices.AboutCheckIn, to: Reader) -> list[str]:
    marks = []
    if told.late_minutes:
        marks.append(to.tr("checkin-late", span=span_told(told.late_minutes, to)))
    if told.evidence == Evidence.FORWARDED:
        marks.append(to.tr("checkin-forwarded"))
    if told.too_fast:
        marks.append(to.tr("checkin-too-fast"))
    if told.photo_wanted:
        marks.append(to.tr("checkin-photo-wanted"))
    return marks
