"""排班: at which post, in which pattern, from what time, which crews, from which day; then it is planned."""

from dataclasses import replace
from datetime import time, timedelta

from bot.base.errors import Refused
from bot.features.shifts import rotations
from bot.features.shifts.notices import RotationSet
from bot.features.shifts.rotation_pattern import (
    MOST_MINUTES,
    in_turn,
    minutes_a_day,
    pattern_spans,
    read_spans,
)
from bot.features.shifts.rotations import RotationPlan, RotationPost
from bot.forms.given import Given
from bot.forms.steps import ChoiceStep, Filling, Form, Option, Phrase, WordsStep
from models import Pattern

MOST_CHARACTERS = 800
# When the first turn of a day usually starts.
STARTS = (time(8), time(7), time(6), time(9), time(0))
_PATTERN_KEYS = {
    Pattern.THREE_EIGHT: "rotation-pattern-3x8",
    Pattern.TWO_TWELVE: "rotation-pattern-2x12",
    Pattern.DAY_AND_TWO_OFF: "rotation-pattern-24-48",
    Pattern.CUSTOM: "rotation-pattern-custom",
}
# A sensible number of crews to propose, by pattern.
_CREWS = {Pattern.THREE_EIGHT: 4, Pattern.TWO_TWELVE: 3, Pattern.DAY_AND_TWO_OFF: 3, Pattern.CUSTOM: 3}


def _posts(filling: Filling) -> list[Option]:
    return [
        Option(Phrase("rotation-post", {"post": row.name, "area": row.area}), {"words": row.code})
        for row in rotations.posts(filling.work)
    ]


def _post(filling: Filling) -> RotationPost:
    """The post that words name."""
    named = filling.given.said("post").words
    found = rotations.posts(filling.work, named) if named else []
    if len(found) > 1:
        raise Refused("rotation-post-many", name=named, posts="、".join(row.name for row in found[:6]))
    if not found:
        raise Refused("rotation-post-unknown")
    return found[0]


def _patterns(_: Filling) -> list[Option]:
    return [Option(Phrase(key), {"words": pattern}) for pattern, key in _PATTERN_KEYS.items()]


def _pattern(given: Given) -> Pattern:
    return Pattern(given.said("pattern").words)


def _times_question(filling: Filling) -> Phrase:
    custom = _pattern(filling.given) is Pattern.CUSTOM
    return Phrase("rotation-times-custom" if custom else "rotation-times")


def _times(filling: Filling) -> list[Option]:
    if _pattern(filling.given) is Pattern.CUSTOM:
        return []
    return [Option(Phrase("rotation-time", {"time": f"{t:%H:%M}"}), {"words": f"{t:%H:%M}"}) for t in STARTS]


def _spans(given: Given) -> list[tuple[time, time]]:
    words, pattern = given.said("times").words, _pattern(given)
    if pattern is Pattern.CUSTOM:
        spans = read_spans(words)
        if spans is None:
            raise Refused("rotation-times-unread")
        return spans
    # The start alone is enough: the pattern knows the rest.
    start = read_spans(f"{words}-24")
    if start is None:
        raise Refused("rotation-time-unread")
    return pattern_spans(pattern, start[0][0])


def _crews_question(filling: Filling) -> Phrase:
    proposed = _proposed(filling)
    facts = {"number": str(_CREWS[_pattern(filling.given)]), "crews": proposed}
    return Phrase("rotation-crews-proposed" if proposed else "rotation-crews", facts)


def _crews(filling: Filling) -> list[Option]:
    proposed = _proposed(filling)
    return [Option(Phrase("rotation-crews-as-proposed"), {"words": proposed})] if proposed else []


def _proposed(filling: Filling) -> str:
    """Those who usually keep duty at the post, dealt out so that titles are spread; empty where they are
    too few."""
    post = _post(filling)
    people = rotations.usual_people(filling.work, post.id)
    number = _CREWS[_pattern(filling.given)]
    if len(people) < number:
        return ""
    dealt = sorted(people, key=lambda person: person.titles)
    written = rotations.typed_names(filling.work, post.id)
    told = [written[person.id] for person in dealt]
    return "\n".join("、".join(told[at::number]) for at in range(number))


def _people(filling: Filling) -> list[list[int]]:
    """The crews that are written. One alone cannot keep duty round the clock."""
    people = rotations.read_crews(filling.work, _post(filling).id, filling.given.said("crews").words)
    if len(people) < 2 and minutes_a_day(_spans(filling.given)) > MOST_MINUTES:
        raise Refused("rotation-crews-too-few", needed=2, given=len(people))
    return people


def _days(filling: Filling) -> list[Option]:
    """Today, tomorrow, and the next Monday."""
    today = filling.now.astimezone(filling.settings.work.zone).date()
    monday = today + timedelta(days=7 - today.weekday())
    days = {
        "rotation-today": today,
        "rotation-tomorrow": today + timedelta(days=1),
        "rotation-monday": monday,
    }
    return [
        Option(Phrase(key, {"month": str(day.month), "day": str(day.day)}), day.isoformat())
        for key, day in days.items()
    ]


def _end(filling: Filling) -> RotationSet:
    given, people, spans = filling.given, _people(filling), _spans(filling.given)
    plan = RotationPlan(_pattern(given), in_turn(spans, len(people)), people, given.day("day"))
    done = rotations.set_rotation(filling.work, _post(filling).id, plan)
    return replace(done, spans=[f"{start:%H:%M}–{end:%H:%M}" for start, end in spans])


FORM = Form(
    id="rotation",
    steps=(
        WordsStep(name="post", ask="rotation-which-post", options=_posts, check=_post, most=40),
        ChoiceStep(name="pattern", ask="rotation-which-pattern", options=_patterns),
        WordsStep(
            name="times", ask=_times_question, options=_times, check=lambda it: _spans(it.given), most=200
        ),
        WordsStep(name="crews", ask=_crews_question, options=_crews, check=_people, most=MOST_CHARACTERS),
        ChoiceStep(name="day", ask="rotation-first-day", options=_days),
    ),
    gate=lambda filling: rotations.require_may(filling.work),
    end=_end,
    command="rotation",
)
