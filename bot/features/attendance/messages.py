"""What is said about attendance: each kind of message, declared once."""

from dataclasses import replace

from bot.features.attendance import missing_reports, not_checked_in
from bot.features.attendance.views import duty_board as duty_board_views
from bot.features.attendance.views import missing_reports as missing_reports_views
from bot.features.attendance.views import not_checked_in as not_checked_in_views
from bot.outbox.notices import REMINDER, URGENT, URGENT_HELD
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("onduty.board", duty_board_views.board),
    MessageKind("onduty.gaps", duty_board_views.gaps),
    MessageKind("silent.board", missing_reports_views.board, load=missing_reports.load, policy=REMINDER),
    MessageKind("silent.list", missing_reports_views.board, load=missing_reports.load),
    MessageKind("silent.nudged", missing_reports_views.nudged),
    MessageKind(
        "nudge.duty", missing_reports_views.nudge_duty, load=missing_reports.load_nudge, policy=REMINDER
    ),
    MessageKind(
        "nudge.households",
        missing_reports_views.nudge_households,
        load=missing_reports.load_nudge,
        policy=REMINDER,
    ),
    MessageKind("nudge.off", missing_reports_views.nudge_off),
    MessageKind(
        "late.own",
        not_checked_in_views.own,
        load=not_checked_in.load,
        policy=replace(REMINDER, folds=True, retold=True),
    ),
    MessageKind("late.own_post", not_checked_in_views.own, load=not_checked_in.load, policy=URGENT),
    MessageKind("late.crew", not_checked_in_views.crew, load=not_checked_in.load, policy=URGENT_HELD),
    MessageKind("late.crew_post", not_checked_in_views.crew, load=not_checked_in.load, policy=URGENT),
    MessageKind("late.names", not_checked_in_views.names, load=not_checked_in.load, policy=URGENT_HELD),
    MessageKind("late.names_post", not_checked_in_views.names, load=not_checked_in.load, policy=URGENT),
    MessageKind("outage", not_checked_in_views.outage, policy=replace(REMINDER, folds=True, retold=True)),
    MessageKind("late.taken", not_checked_in_views.taken),
)
