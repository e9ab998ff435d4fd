"""What is said about shifts: each kind of message, declared once."""

from dataclasses import replace

from bot.features.shifts import leave, notices, own_shifts
from bot.features.shifts.views import rotation as rotation_views
from bot.features.shifts.views import shifts as views
from bot.outbox.notices import NEWS, URGENT_HELD
from bot.views.messages import loaded, message, says

_FOLDS = replace(NEWS, folds=True)
_SOON = {"soon": True}
MESSAGES = (
    message(notices.RotationSet, rotation_views.set_),
    message(notices.RotationStopped, says("rotation-stopped")),
    message(notices.ShiftsList, views.own),
    loaded(
        notices.ShiftsChanged, own_shifts.load_change, notices.ShiftsChanged, views.changed,
        policy=_FOLDS, before={"shifts.changed_soon": _SOON},
    ),
    message(notices.ShiftsLeft, views.left),
    message(notices.ShiftsBack, views.back),
    loaded(
        notices.ShiftsAway, leave.load_gap, notices.ShiftsAway, views.away,
        policy=URGENT_HELD, before={"shifts.away_soon": _SOON},
    ),
    message(notices.ShiftsChoice, views.choice),
    message(notices.ShiftsNamed, views.named),
    message(
        notices.ShiftsSubstitute, views.substitute,
        policy=URGENT_HELD, before={"shifts.substitute_soon": _SOON},
    ),
    message(notices.ShiftsStoodIn, views.stood_in, policy=_FOLDS),
)  # fmt: skip
