"""Words that belong to nothing yet and what may become of them, changed words, and what cannot be taken."""

from bot.base.lengths import cut, quoted
from bot.features.safety.notices import (
    MediaNotTaken,
    WordsChanged,
    WordsCourtesy,
    WordsReworded,
    WordsUnplaced,
)
from bot.views.base import Button, Message, Reader

SHOWN = 1500
_LABELS = {
    "hazard": "words-as-hazard", "request": "words-as-request", "house": "words-for-households",
    "tell": "words-to-supervisor", "drop": "words-drop",
}  # fmt: skip


def unplaced(notice: WordsUnplaced, to: Reader) -> Message:
    """They are kept: what are they? Once that is said, it stands here."""
    words = quoted(notice.words, 120)
    if state := notice.state:
        told = to.tr.plain("list-comma").join(notice.told)
        nobody = "-nobody" if state == "told" and not told else ""
        return Message(
            to.tr(f"words-placed-{state}{nobody}", words=words or to.tr.plain("words-spoken"), names=told)
        )
    head = to.tr("words-unplaced", words=words) if words else to.tr("words-unplaced-voice")
    data = {"house": notice.house}
    keys = [
        Button(to.tr.plain(_LABELS[each]), data.get(each) or f"w:{each}:{notice.said_id}")
        for each in notice.offers
    ]
    return Message(head, buttons=tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2)))


def courtesy(told: WordsCourtesy, to: Reader) -> Message:
    """Thanks, or a greeting."""
    return Message(to.tr("words-courtesy"))


def changed(told: WordsChanged, to: Reader) -> Message:
    """Somebody has changed what was said about something the reader sees to."""
    what = to.tr.plain(f"words-of-{told.what}")
    lines = [to.tr("words-changed", name=told.name, what=what, new=cut(told.new, SHOWN))]
    if told.old:
        lines.append(to.tr("words-changed-old", old=cut(told.old, SHOWN)))
    return Message("\n".join(lines))


def reworded(notice: WordsReworded, to: Reader) -> Message:
    """To whoever changed a message: what came of it."""
    if notice.told is None:
        return Message(to.tr("words-reworded-late"))
    if not notice.told:
        return Message(to.tr("words-reworded"))
    return Message(to.tr("words-reworded-told", names=to.tr.plain("list-comma").join(notice.told)))


def not_taken(told: MediaNotTaken, to: Reader) -> Message:
    """A kind of message that is of no use here: what to send instead."""
    return Message(to.tr(f"media-{told.what}"))
