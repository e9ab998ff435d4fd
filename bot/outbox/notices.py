"""Notices: what is to be said, as facts; how each kind travels.

A notice holds ids, text, numbers and times only. Its words are found when it is sent.
"""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from bot.base.facts import Facts


class Lane(IntEnum):
    """Who goes first when there are more messages than Telegram takes (low first)."""

    SOS = 0
    REPLY = 1
    URGENT = 2
    REMINDER = 3
    BROADCAST = 4


class Quiet(StrEnum):
    """What quiet hours do with a notice."""

    HELD = "held"
    THROUGH = "through"


@dataclass(frozen=True, slots=True)
class MessageKind:
    """How a kind of notice travels.

    `repeat`: whether it may be sent again when it is unknown if it arrived.
    """

    lane: Lane = Lane.REPLY
    quiet: Quiet = Quiet.THROUGH
    repeat: bool = True


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to say: its kind (see KINDS) and the facts its view needs."""

    kind: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Living(Notice):
    """A notice that the chat's living message about a subject shows; `last`: for good, as the next one about
    the subject is sent anew."""

    subject: str = ""
    last: bool = False


REPLY = MessageKind()
URGENT = MessageKind(lane=Lane.URGENT)
REMINDER = MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=False)

# Answers to the person who acted are not listed: an unlisted kind is a REPLY.
KINDS: dict[str, MessageKind] = {
    "correction.asked": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "correction.decided": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "shifts.changed": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "shifts.changed_soon": URGENT,
    "shifts.away": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "shifts.away_soon": URGENT,
    "shifts.substitute": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "shifts.substitute_soon": URGENT,
    "shifts.stood_in": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "swap.offered": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "swap.offered_soon": URGENT,
    "swap.to_decide": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "swap.to_decide_soon": URGENT,
    "swap.news": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "swap.news_soon": URGENT,
    "account.role_changed": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "handover.card": URGENT,
    "handover.moved": URGENT,
    "handover.card_above": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "handover.differs": URGENT,
    "handover.wait": URGENT,
    "handover.late": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "silent.board": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=False),
    "nudge.duty": REMINDER,
    "nudge.households": REMINDER,
    "hazard.card": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "hazard.card_soon": URGENT,
    "hazard.soon": REMINDER,
    "hazard.late_own": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "hazard.late_own_soon": URGENT,
    "hazard.late_above": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "hazard.late_above_soon": URGENT,
    "request.card": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "request.soon": REMINDER,
    "request.late_own": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "request.late_above": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "dispute.said": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "dispute.answered": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "merit.written": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "household.day": REMINDER,
    # The second asking, where nobody knows whether the first arrived: sent until it has.
    "household.day_sure": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD),
    "household.help": URGENT,
    "household.told": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "household.taken": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "household.outcome": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "join.second_account_asked": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "join.second_account_decided": MessageKind(lane=Lane.URGENT),
    "join.second_account_added": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "checkin.closed_by_system": REMINDER,
    "checkin.went_on": REMINDER,
    "behalf.told": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "summary.scheduled": REMINDER,
    "summary.group": REMINDER,
    "reminder.reminder_held": REMINDER,
    "reminder.reminder_through": MessageKind(lane=Lane.REMINDER, repeat=False),
    "reminder.urgent_held": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "reminder.urgent_through": URGENT,
    "group.taken": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "group.topic_gone": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "outage": REMINDER,
    "folded": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "digest": REMINDER,
    # What somebody who left had in hand, and is this one's now.
    "left.behind": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "left.behind_soon": URGENT,
    "late.own": REMINDER,
    "late.own_post": URGENT,
    "late.crew": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "late.crew_post": URGENT,
    "late.names": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "late.names_post": URGENT,
    "patrol.report": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    # Who leads the watch is awake; the village hears in the morning.
    "patrol.due_crew": URGENT,
    "patrol.due_names": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "patrol.closed": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "appeal.urgent": MessageKind(lane=Lane.SOS),
    "appeal.taken_now": URGENT,
    "appeal.answered_now": URGENT,
    "appeal.card": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "appeal.taken": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=True),
    "appeal.answered": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "words.changed": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "admin.handler_failed": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "admin.job_failed": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    # What only tidies up a message goes after whatever somebody waits for.
    "form.closed": MessageKind(lane=Lane.REMINDER),
    "keys.gone": MessageKind(lane=Lane.REMINDER),
    "admin.trouble": MessageKind(lane=Lane.URGENT, quiet=Quiet.HELD),
    "feedback.received": MessageKind(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=False),
}


# What may go in one message in the morning, if quiet hours held several: short words without pictures.
FOLDED = frozenset(
    {
        "correction.decided", "shifts.changed", "shifts.stood_in", "swap.news", "household.taken",
        "household.outcome", "checkin.closed_by_system", "checkin.went_on", "outage", "late.own",
    }
)  # fmt: skip

# Of what may not be sent twice: what is told with the rest in the morning, where nobody knows whether it
# arrived. All others are followed by a step of their own: a second asking, a ladder, the next list.
UNSURE = frozenset(
    {
        "reminder.reminder_held", "reminder.reminder_through", "hazard.soon", "checkin.closed_by_system",
        "checkin.went_on", "outage", "feedback.received", "late.own",
    }
)  # fmt: skip


def kind_of(name: str) -> MessageKind:
    """How notices of this name travel."""
    return KINDS.get(name, REPLY)
