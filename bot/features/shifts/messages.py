"""What is said about shifts: each kind of message, declared once."""

from dataclasses import replace

from bot.features.shifts import leave, own_shifts
from bot.features.shifts.views import rotation as rotation_views
from bot.features.shifts.views import shifts as shifts_views
from bot.outbox.notices import NEWS, URGENT, URGENT_HELD
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("rotation.set", rotation_views.set_),
    DictKind("rotation.stopped", rotation_views.stopped),
    DictKind("shifts.list", shifts_views.own),
    DictKind(
        "shifts.changed", shifts_views.changed, load=own_shifts.load_change, policy=replace(NEWS, folds=True)
    ),
    DictKind("shifts.changed_soon", shifts_views.changed, load=own_shifts.load_change, policy=URGENT),
    DictKind("shifts.left", shifts_views.left),
    DictKind("shifts.back", shifts_views.back),
    DictKind("shifts.away", shifts_views.away, load=leave.load_gap, policy=URGENT_HELD),
    DictKind("shifts.away_soon", shifts_views.away, load=leave.load_gap, policy=URGENT),
    DictKind("shifts.choice", shifts_views.choice),
    DictKind("shifts.named", shifts_views.named),
    DictKind("shifts.substitute", shifts_views.substitute, policy=URGENT_HELD),
    DictKind("shifts.substitute_soon", shifts_views.substitute, policy=URGENT),
    DictKind("shifts.stood_in", shifts_views.stood_in, policy=replace(NEWS, folds=True)),
)
