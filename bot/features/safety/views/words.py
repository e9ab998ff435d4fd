"""Words that belong to nothing yet and what may become of them, changed words, and what cannot be taken."""

from bot.base.facts import Facts
from bot.base.lengths import cut, quoted
from bot.views.base import Button, Message, Reader

SHOWN = 1500
_LABELS = {
    "hazard": "words-as-hazard", "request": "words-as-request", "house": "words-for-households",
    "tell": "words-to-supervisor", "drop": "words-drop",
}  # fmt: skip


def unplaced(facts: Facts, to: Reader) -> Message:
    """They are kept: what are they? Once that is said, it stands here."""
    words = quoted(facts["words"], 120)
    if state := facts["state"]:
        told = to.tr.plain("list-comma").join(facts["told"])
        nobody = "-nobody" if state == "told" and not told else ""
        return Message(
            to.tr(f"words-placed-{state}{nobody}", words=words or to.tr.plain("words-spoken"), names=told)
        )
    head = to.tr("words-unplaced", words=words) if words else to.tr("words-unplaced-voice")
    data = {"house": facts["house"]}
    keys = [
        Button(to.tr.plain(_LABELS[each]), data.get(each) or f"w:{each}:{facts['said_id']}")
        for each in facts["offers"]
    ]
    return Message(head, buttons=tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2)))


def courtesy(facts: Facts, to: Reader) -> Message:
    """Thanks, or a greeting."""
    return Message(to.tr("words-courtesy"))


def changed(facts: Facts, to: Reader) -> Message:
    """Somebody has changed what was said about something the reader sees to."""
    what = to.tr.plain(f"words-of-{facts['what']}")
    lines = [to.tr("words-changed", name=facts["name"], what=what, new=cut(facts["new"], SHOWN))]
    if facts["old"]:
        lines.append(to.tr("words-changed-old", old=cut(facts["old"], SHOWN)))
    return Message("\n".join(lines))


def reworded(facts: Facts, to: Reader) -> Message:
    """To whoever changed a message: what came of it."""
    if facts["told"] is None:
        return Message(to.tr("words-reworded-late"))
    if not facts["told"]:
        return Message(to.tr("words-reworded"))
    return Message(to.tr("words-reworded-told", names=to.tr.plain("list-comma").join(facts["told"])))


def not_taken(facts: Facts, to: Reader) -> Message:
    """A kind of message that is of no use here: what to send instead."""
    return Message(to.tr(f"media-{facts['kind']}"))
