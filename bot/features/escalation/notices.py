"""What ladders say, as facts."""

from bot.outbox.notices import URGENT, DeliveryPolicy, Notice


class LadderNotice(Notice):
    """What nobody has answered, told at a rung: 0 to the persons, 1 to the leads, 2 to supervisors; `path` is
    that of the first of its subjects. Each kind of ladder has one of its own, or one for each of these rungs.
    `rings`: quiet hours do not hold it."""

    level: int
    subjects: tuple[str, ...]
    path: str = ""
    rings: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """What rings does so at any time."""
        return URGENT if self.rings else usual
