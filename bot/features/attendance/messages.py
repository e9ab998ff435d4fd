"""What is said about attendance: each kind of message, declared once."""

from dataclasses import replace

from bot.features.attendance import missing_reports, not_checked_in, notices
from bot.features.attendance.views import duty_board as duty_board_views
from bot.features.attendance.views import missing_reports as missing_reports_views
from bot.features.attendance.views import not_checked_in as late_views
from bot.outbox.notices import REMINDER, URGENT_HELD
from bot.receive.outage_notices import Outage
from bot.views.messages import loaded, message, says

_WITH_OTHERS = replace(REMINDER, folds=True, retold=True)
_POST = {"rings": True}
_nudge, _late = missing_reports.load_nudge, not_checked_in.load
MESSAGES = (
    message(notices.OnDutyBoard, duty_board_views.board),
    message(notices.OnDutyGaps, duty_board_views.gaps),
    loaded(
        notices.SilentBoard, missing_reports.load, notices.ShownBoard, missing_reports_views.board,
        policy=REMINDER, before={"silent.list": {"answers": True}},
    ),
    message(notices.SilentNudged, missing_reports_views.nudged),
    loaded(notices.NudgeDuty, _nudge, notices.NudgeDuty, missing_reports_views.nudge_duty, policy=REMINDER),
    loaded(
        notices.NudgeHouseholds, _nudge, notices.NudgeHouseholds, missing_reports_views.nudge_households,
        policy=REMINDER,
    ),
    message(notices.NudgeOff, says("nudge-off")),
    loaded(
        notices.LateOwn, _late, notices.Late, late_views.own, policy=_WITH_OTHERS,
        before={"late.own_post": _POST},
    ),
    loaded(
        notices.LateCrew, _late, notices.Late, late_views.crew, policy=URGENT_HELD,
        before={"late.crew_post": _POST},
    ),
    loaded(
        notices.LateNames, _late, notices.Late, late_views.names, policy=URGENT_HELD,
        before={"late.names_post": _POST},
    ),
    message(Outage, says("outage"), policy=_WITH_OTHERS),
    message(notices.LateTaken, says("late-taken")),
)  # fmt: skip
