"""What ladders say, as facts."""

from dataclasses import dataclass

from bot.outbox.notices import Notice


@dataclass(frozen=True, slots=True)
class LadderNotice(Notice):
    """What nobody has answered, told at a rung: 0 to the persons, 1 to the leads, 2 to supervisors; `path` is
    that of the first of its subjects. Each kind of ladder has one of its own."""

    level: int
    subjects: tuple[str, ...]
    path: str = ""
