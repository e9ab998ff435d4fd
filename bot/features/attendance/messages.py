"""What is said about attendance: each kind of message, declared once."""

from dataclasses import replace

from bot.features.attendance import missing_reports, not_checked_in, notices
from bot.features.attendance.views import duty_board as duty_board_views
from bot.features.attendance.views import missing_reports as missing_reports_views
from bot.features.attendance.views import not_checked_in as late_views
from bot.outbox.notices import REMINDER, URGENT, URGENT_HELD
from bot.receive.outage_notices import Outage
from bot.views.messages import loaded, message, says

_WITH_OTHERS = replace(REMINDER, folds=True, retold=True)
_CREW, _NAMES = {"late.crew_post": {"rings": True}}, {"late.names_post": {"rings": True}}
_load, _board = missing_reports.load, missing_reports_views.board
_nudge, _late = missing_reports.load_nudge, not_checked_in.load
MESSAGES = (
    message(notices.OnDutyBoard, duty_board_views.board),
    message(notices.OnDutyGaps, duty_board_views.gaps),
    loaded(notices.SilentBoard, _load, notices.ShownBoard, _board, policy=REMINDER),
    loaded(notices.SilentList, _load, notices.ShownBoard, _board),
    message(notices.SilentNudged, missing_reports_views.nudged),
    loaded(notices.NudgeDuty, _nudge, notices.NudgeDuty, missing_reports_views.nudge_duty, policy=REMINDER),
    loaded(
        notices.NudgeHouseholds,
        _nudge,
        notices.NudgeHouseholds,
        missing_reports_views.nudge_households,
        policy=REMINDER,
    ),
    message(notices.NudgeOff, says("nudge-off")),
    loaded(notices.LateOwn, _late, notices.Late, late_views.own, policy=_WITH_OTHERS),
    loaded(notices.LateOwnPost, _late, notices.Late, late_views.own, policy=URGENT),
    loaded(notices.LateCrew, _late, notices.Late, late_views.crew, policy=URGENT_HELD, before=_CREW),
    loaded(notices.LateNames, _late, notices.Late, late_views.names, policy=URGENT_HELD, before=_NAMES),
    message(Outage, says("outage"), policy=_WITH_OTHERS),
    message(notices.LateTaken, says("late-taken")),
)
