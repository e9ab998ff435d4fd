"""What one post hands over besides what all do: which post, and the list in whole."""

import re

from bot.base.errors import Refused
from bot.features.handover import equipment
from bot.forms.notices import FormDone
from bot.forms.steps import ChoiceStep, Filling, Form, Option, Phrase, WordsStep
from bot.outbox.notices import Notice

MOST, MOST_CHARACTERS, MOST_PIECES = 12, 400, 999
_NOTHING = frozenset({"没有", "无", "none", "nothing"})
_LINE = re.compile(r"(.{1,20}?)\s*[×xX*]?\s*(\d{1,3})?\s*[个台把本只件部套]?")


def _posts(filling: Filling) -> list[Option]:
    return [
        Option(Phrase("rotation-post", {"post": row.name, "area": row.area}), row.id)
        for row in equipment.posts(filling.work)
    ]


def read_things(words: str) -> dict[str, int] | None:
    """Names and numbers as people write them, a line each; None where that is not what it is."""
    if words.strip().casefold() in _NOTHING:
        return {}
    things: dict[str, int] = {}
    for line in filter(None, (line.strip() for line in re.split(r"[\n;；，,、]", words))):
        found = _LINE.fullmatch(line)
        if found is None or found[2] == "0":
            return None
        things[found[1]] = int(found[2] or 1)
    return things if 0 < len(things) <= MOST else None


def _things(filling: Filling) -> dict[str, int]:
    things = read_things(filling.given.said("things").words)
    if things is None:
        raise Refused("equipment-unread", most=str(MOST))
    return things


def _end(filling: Filling) -> Notice:
    things = _things(filling)
    post = equipment.set_things(filling.work, filling.given["post"], things)
    told = "、".join(f"{name}×{count}" for name, count in things.items())
    kept = Phrase("equipment-set", {"post": post, "things": told})
    return FormDone(kept if things else Phrase("equipment-none", {"post": post}))


FORM = Form(
    id="equipment",
    steps=(
        ChoiceStep(name="post", ask="equipment-which-post", options=_posts),
        WordsStep(name="things", ask="equipment-list", most=MOST_CHARACTERS, check=_things),
    ),
    gate=lambda filling: equipment.require_may(filling.work),
    end=_end,
    command="equipment",
)
