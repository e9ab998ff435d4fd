"""What is said about attendance: each kind of message, declared once."""

from dataclasses import replace

from bot.features.attendance import missing_reports, not_checked_in
from bot.features.attendance.views import duty_board as duty_board_views
from bot.features.attendance.views import missing_reports as missing_reports_views
from bot.features.attendance.views import not_checked_in as not_checked_in_views
from bot.outbox.notices import REMINDER, URGENT, URGENT_HELD
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("onduty.board", duty_board_views.board),
    DictKind("onduty.gaps", duty_board_views.gaps),
    DictKind("silent.board", missing_reports_views.board, load=missing_reports.load, policy=REMINDER),
    DictKind("silent.list", missing_reports_views.board, load=missing_reports.load),
    DictKind("silent.nudged", missing_reports_views.nudged),
    DictKind(
        "nudge.duty", missing_reports_views.nudge_duty, load=missing_reports.load_nudge, policy=REMINDER
    ),
    DictKind(
        "nudge.households",
        missing_reports_views.nudge_households,
        load=missing_reports.load_nudge,
        policy=REMINDER,
    ),
    DictKind("nudge.off", missing_reports_views.nudge_off),
    DictKind(
        "late.own",
        not_checked_in_views.own,
        load=not_checked_in.load,
        policy=replace(REMINDER, folds=True, retold=True),
    ),
    DictKind("late.own_post", not_checked_in_views.own, load=not_checked_in.load, policy=URGENT),
    DictKind("late.crew", not_checked_in_views.crew, load=not_checked_in.load, policy=URGENT_HELD),
    DictKind("late.crew_post", not_checked_in_views.crew, load=not_checked_in.load, policy=URGENT),
    DictKind("late.names", not_checked_in_views.names, load=not_checked_in.load, policy=URGENT_HELD),
    DictKind("late.names_post", not_checked_in_views.names, load=not_checked_in.load, policy=URGENT),
    DictKind("outage", not_checked_in_views.outage, policy=replace(REMINDER, folds=True, retold=True)),
    DictKind("late.taken", not_checked_in_views.taken),
)
