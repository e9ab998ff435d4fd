"""What is said about shifts: each kind of message, declared once."""

from dataclasses import replace

from bot.features.shifts import leave, own_shifts
from bot.features.shifts.notices import (
    RotationSet,
    RotationStopped,
    ShiftsAway,
    ShiftsBack,
    ShiftsChanged,
    ShiftsChoice,
    ShiftsLeft,
    ShiftsList,
    ShiftsNamed,
    ShiftsStoodIn,
    ShiftsSubstitute,
)
from bot.features.shifts.views import rotation as rotation_views
from bot.features.shifts.views import shifts as views
from bot.outbox.notices import NEWS, URGENT_HELD
from bot.views.messages import loaded, message

_FOLDS = replace(NEWS, folds=True)
_SOON = {"soon": True}
MESSAGES = (
    message(RotationSet, rotation_views.set_),
    message(RotationStopped, rotation_views.stopped),
    message(ShiftsList, views.own),
    loaded(
        ShiftsChanged, own_shifts.load_change, ShiftsChanged, views.changed,
        policy=_FOLDS, before={"shifts.changed_soon": _SOON},
    ),
    message(ShiftsLeft, views.left),
    message(ShiftsBack, views.back),
    loaded(
        ShiftsAway, leave.load_gap, ShiftsAway, views.away,
        policy=URGENT_HELD, before={"shifts.away_soon": _SOON},
    ),
    message(ShiftsChoice, views.choice),
    message(ShiftsNamed, views.named),
    message(ShiftsSubstitute, views.substitute, policy=URGENT_HELD, before={"shifts.substitute_soon": _SOON}),
    message(ShiftsStoodIn, views.stood_in, policy=_FOLDS),
)  # fmt: skip
