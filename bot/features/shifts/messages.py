"""What is said about shifts: each kind of message, declared once."""

from dataclasses import replace

from bot.features.shifts import leave, own_shifts
from bot.features.shifts.views import rotation as rotation_views
from bot.features.shifts.views import shifts as shifts_views
from bot.outbox.notices import NEWS, URGENT, URGENT_HELD
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("rotation.set", rotation_views.set_),
    MessageKind("rotation.stopped", rotation_views.stopped),
    MessageKind("shifts.list", shifts_views.own),
    MessageKind(
        "shifts.changed", shifts_views.changed, load=own_shifts.load_change, policy=replace(NEWS, folds=True)
    ),
    MessageKind("shifts.changed_soon", shifts_views.changed, load=own_shifts.load_change, policy=URGENT),
    MessageKind("shifts.left", shifts_views.left),
    MessageKind("shifts.back", shifts_views.back),
    MessageKind("shifts.away", shifts_views.away, load=leave.load_gap, policy=URGENT_HELD),
    MessageKind("shifts.away_soon", shifts_views.away, load=leave.load_gap, policy=URGENT),
    MessageKind("shifts.choice", shifts_views.choice),
    MessageKind("shifts.named", shifts_views.named),
    MessageKind("shifts.substitute", shifts_views.substitute, policy=URGENT_HELD),
    MessageKind("shifts.substitute_soon", shifts_views.substitute, policy=URGENT),
    MessageKind("shifts.stood_in", shifts_views.stood_in, policy=replace(NEWS, folds=True)),
)
