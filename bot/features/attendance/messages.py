"""What is said about attendance: each kind of message, declared once."""

from dataclasses import replace

from bot.features.attendance import missing_reports, not_checked_in
from bot.features.attendance.notices import (
    Late,
    LateCrew,
    LateNames,
    LateOwn,
    LateOwnPost,
    LateTaken,
    NudgeDuty,
    NudgeHouseholds,
    NudgeOff,
    OnDutyBoard,
    OnDutyGaps,
    ShownBoard,
    SilentBoard,
    SilentList,
    SilentNudged,
)
from bot.features.attendance.views import duty_board as duty_board_views
from bot.features.attendance.views import missing_reports as missing_reports_views
from bot.features.attendance.views import not_checked_in as late_views
from bot.outbox.notices import REMINDER, URGENT, URGENT_HELD
from bot.receive.outage_notices import Outage
from bot.views.messages import loaded, message

_WITH_OTHERS = replace(REMINDER, folds=True, retold=True)
_CREW, _NAMES = {"late.crew_post": {"rings": True}}, {"late.names_post": {"rings": True}}
_load, _board = missing_reports.load, missing_reports_views.board
_nudge, _late = missing_reports.load_nudge, not_checked_in.load
MESSAGES = (
    message(OnDutyBoard, duty_board_views.board),
    message(OnDutyGaps, duty_board_views.gaps),
    loaded(SilentBoard, _load, ShownBoard, _board, policy=REMINDER),
    loaded(SilentList, _load, ShownBoard, _board),
    message(SilentNudged, missing_reports_views.nudged),
    loaded(NudgeDuty, _nudge, NudgeDuty, missing_reports_views.nudge_duty, policy=REMINDER),
    loaded(NudgeHouseholds, _nudge, NudgeHouseholds, missing_reports_views.nudge_households, policy=REMINDER),
    message(NudgeOff, missing_reports_views.nudge_off),
    loaded(LateOwn, _late, Late, late_views.own, policy=_WITH_OTHERS),
    loaded(LateOwnPost, _late, Late, late_views.own, policy=URGENT),
    loaded(LateCrew, _late, Late, late_views.crew, policy=URGENT_HELD, before=_CREW),
    loaded(LateNames, _late, Late, late_views.names, policy=URGENT_HELD, before=_NAMES),
    message(Outage, late_views.outage, policy=_WITH_OTHERS),
    message(LateTaken, late_views.taken),
)
