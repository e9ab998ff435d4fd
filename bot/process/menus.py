"""The menu of commands: which ones a person sees, by role and language."""

from bot.access import ON_DUTY, OVERSEERS, SUPERVISORS
from models import RoleName

# Command → roles that see it; an empty set: everyone who has joined.
COMMANDS: dict[str, frozenset[str]] = {
    "help": frozenset(),
    # Whoever only receives keeps no record.
    "my": frozenset(RoleName) - {RoleName.MEMBER},
    "hazard": ON_DUTY | {RoleName.HOUSEHOLD_HEAD},
    "h": ON_DUTY | SUPERVISORS,
    "hazards": ON_DUTY | SUPERVISORS,
    "request": ON_DUTY | {RoleName.HOUSEHOLD_HEAD},
    "r": ON_DUTY | SUPERVISORS | {RoleName.HOUSEHOLD_HEAD},
    "requests": ON_DUTY | SUPERVISORS,
    "swap": ON_DUTY | SUPERVISORS,
    "handover": ON_DUTY | SUPERVISORS,
    "shifts": ON_DUTY,
    "patrol": ON_DUTY,
    "patrols": ON_DUTY | SUPERVISORS,
    "onduty": OVERSEERS,
    "summary": OVERSEERS,
    "calls": SUPERVISORS,
    "bind": SUPERVISORS,
    "rotation": SUPERVISORS,
    "missing": OVERSEERS,
    "for": SUPERVISORS,
    "export": OVERSEERS,
    "ledger": SUPERVISORS,
    "equipment": SUPERVISORS,
    "reminders": SUPERVISORS,
    "households": frozenset({RoleName.HOUSEHOLD_HEAD}),
    "mydata": frozenset(),
    "language": frozenset(),
    "feedback": frozenset(),
    "cancel": frozenset(),
    "stop": frozenset(),
    "corrections": SUPERVISORS,
}
