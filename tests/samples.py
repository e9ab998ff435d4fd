"""A sample of every kind of message, with facts as the township's days bring them.

`samples.json` holds them by kind, each with the moment at which it is read; `OWN` are made by hand. They are
for tests of what people read, one of which fails for a kind without a sample.
"""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.base.facts import Facts
from bot.base.i18n import translator
from bot.views.base import Message, Reader
from bot.views.messages import render

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)
_RECORDED = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))

_WORKER: Facts = {
    "name": "岩温罕",
    "area": "芒恩第一网格",
    "roles": ["grid_worker"],
    "days": 30,
    "on_duty": True,
    "place": True,
    "heads": False,
    "patrols": True,
}
_SUPERVISOR = _WORKER | {"name": "刀安保", "area": "芒恩村", "roles": ["supervisor"]}
_DISPATCHER = _WORKER | {"name": "方志强", "area": "清溪县", "roles": ["dispatcher"]}
_HEAD = _WORKER | {
    "name": "咩相",
    "roles": ["household_head"],
    "on_duty": False,
    "place": False,
    "heads": True,
    "patrols": False,
}
_MEMBER = _HEAD | {"name": "早么", "area": "芒恩村", "roles": ["member"], "heads": False}


_CALL: Facts = {
    "call_id": 1,
    "label": {"zh_CN": "动员报名", "en": "Call-up", "icon": "🙋"},
    "area": "芒恩村",
    "sender": "刀安保",
    "asked": "choice",
    "state": "open",
    "words": "河堤要 20 人，带雨衣，两点到桥头。",
    "photo": None,
    "media": "",
    "file_id": "",
    "choices": [
        {"code": "come", "zh_CN": "🙋 我报名", "en": "🙋 I’m in", "most": 20, "count": 12},
        {"code": "not", "zh_CN": "来不了", "en": "I can’t", "most": None, "count": 4},
    ],
    "deadline": "2026-11-24T11:00:00+08:00",
}
_CALL_CARD: Facts = {
    **{name: _CALL[name] for name in ("call_id", "label", "area", "sender", "asked", "state", "words")},
    **{name: _CALL[name] for name in ("choices", "deadline")},
    "total": 56,
    "reachable": 51,
    "names": ["岩温罕", "咩相", "早么"],
    "calls": 1,
    "agreed": True,
    "led": True,
    "states": {"answered": 31, "silent": 18, "on_the_way": 2, "never_joined": 4, "blocked": 1},
}


def _entry(day: int, **more: object) -> Facts:
    return {
        "in_at": f"2026-11-{day:02}T07:48:00+08:00",
        "out_at": f"2026-11-{day:02}T20:05:00+08:00",
        "post": "芒恩边境卡点",
        "late_minutes": 0,
        "early_minutes": 0,
        "grade": "on_site",
        "distance": 12,
        "evidence": "pin",
        "too_fast": False,
        "made_by_other": False,
        "corrected": False,
        "closed_by_system": False,
        "remark": "",
        **more,
    }


_APPEAL: Facts = {
    "appeal_id": 1,
    "name": "岩温罕",
    "area": "芒恩第一网格",
    "at": "2026-11-23T11:58:00+08:00",
    "urgent": True,
    "words": "路断了，车过不去，要人来",
    "voice": False,
    "phone": "13800000000",
    "taken_by": "",
    "taken_at": None,
    "answer": "",
    "own": False,
    "by": "刀安保",
}
_TOLD: Facts = {"by": "刀安保", "words": "马上派人过去", "voice": "", "about": "路断了，车过不去，要人来"}
_SPAN: Facts = {
    "starts_at": "2026-11-23T12:00:00+08:00",
    "ends_at": "2026-11-23T20:00:00+08:00",
    "out_at": "2026-11-23T08:00:00+08:00",
}
_REMINDER: Facts = {
    "zh_CN": "🏁 {place}这一班 {end} 结束，辛苦了。",
    "en": "",
    "place": "芒恩边境卡点",
    "end": NOON.isoformat(),
}

_HAZARD: Facts = {
    "hazard_id": 2,
    "year": 2026,
    "number": 2,
    "label": {"zh_CN": "火灾隐患", "en": "Fire", "icon": "🔥"},
    "due_at": "2026-12-02T18:00:00+08:00",
    "told": ["刀安保"],
    "undo": True,
    "urgent": False,
    "held_until": "2026-11-24T06:00:00+08:00",
}
_SUMMARY: Facts = _RECORDED["summary"]["facts"]
_STEPS: Facts = _RECORDED["hazard.history"]["facts"]
_HANDOVER: Facts = {
    "handover_id": 1,
    "page": "",
    "place": "芒恩边境卡点",
    "area": "芒恩村",
    "state": "open",
    "gives": True,
    "takes": False,
    "due_at": "2026-11-23T08:00:00+08:00",
    "giver": "",
    "given_at": None,
    "taker": "",
    "taken_at": None,
    "differs": False,
    "late": False,
    "hazards": [],
    "outgoing": {
        "starts_at": "2026-11-22T20:05:00+08:00",
        "ends_at": "2026-11-23T08:05:00+08:00",
        "crew": [{"name": name, "lead": name == "何木果"} for name in ("何木果", "咪木", "排勒", "阿昌")],
    },
    "incoming": {
        "starts_at": "2026-11-23T08:05:00+08:00",
        "ends_at": "2026-11-23T20:05:00+08:00",
        "crew": [{"name": name, "lead": name == "岩温罕"} for name in ("岩温罕", "玉喊", "玉香", "早么")],
    },
    "matters": [
        {
            "id": 1,
            "kind": "said",
            "words": "东边围栏有个洞",
            "voice": False,
            "told_at": "2026-11-23T07:59:00+08:00",
            "teller": "何木果",
            "closer": "",
            "section": "",
            "missed": [],
            "unfinished": False,
        }
    ],
    "things": [
        {"code": code, "zh_CN": name, "en": code, "count": 1, "given": "there", "found": None}
        for code, name in (("radio", "对讲机"), ("torch", "强光手电"), ("keys", "钥匙"))
    ],
}

# By a name of their own: the kind, and the facts.
_LEFT: Facts = {
    "names": ["岩罕", "玉香", "刀建国", "方志强"],
    "items": [
        {
            "subject": f"hazard:{number}",
            "kind": "hazard",
            "who": "桥头",
            "what": "芒恩第二网格",
            "at": "2026-12-03T18:00:00+08:00",
            "about": 1,
            "number": number,
            "label": {"zh_CN": "火灾隐患", "en": "Fire", "icon": "🔥"},
            "unnamed": True,
        }
        for number in range(12, 15)
    ],
}
OWN: dict[str, tuple[str, Facts]] = {
    "help of a grid worker": ("help", _WORKER),
    "help of a supervisor": ("help", _SUPERVISOR),
    "help of a dispatcher": ("help", _DISPATCHER),
    "help of a household head": ("help", _HEAD),
    "help of a head who keeps duty": (
        "help",
        _WORKER | {"roles": ["grid_worker", "household_head"], "heads": True},
    ),
    "help of a member": ("help", _MEMBER),
    "welcome of a grid worker": ("join.welcome", _WORKER),
    "welcome of a household head": ("join.welcome", _HEAD),
    "welcome of a member": ("join.welcome", _MEMBER),
    "the own month": (
        "my",
        {
            "month": 11,
            "checkins": 8,
            "minutes": 5900,
            "late": 1,
            "corrections": 2,
            "corrections_open": 1,
            "entries": [_entry(23), _entry(22, late_minutes=12), *(_entry(day) for day in range(21, 17, -1))],
            "older": 7,
        },
    ),
    "how much is kept of a head who keeps duty": (
        "mydata.overview",
        {
            "at": "2026-11-23T12:00:00+08:00",
            "location_days": 30,
            "payload_days": 7,
            "totals": {
                "checkins": 212,
                "corrections": 3,
                "patrols": 48,
                "hazards": 12,
                "requests": 7,
                "photos": 64,
                "places": 158,
                "household_days": 96,
                "seen": 31,
            },
        },
    ),
    "other role": ("account.role_changed", _SUPERVISOR),
    "a bug": ("admin.handler_failed", {"error": "ValueError: 3", "seq": 1200}),
    "a job that failed": ("admin.job_failed", {"job": "summary_daily", "occasion": "2026-11-23"}),
    "trouble": ("admin.trouble", {"part": "deliver", "what": "sendMessage: no result"}),
    "an answer": ("appeal.answered", _TOLD),
    "an answer at once": ("appeal.answered_now", _TOLD),
    "an appeal": ("appeal.card", _APPEAL | {"urgent": False}),
    "an urgent appeal": ("appeal.urgent", _APPEAL),
    "an appeal taken": ("appeal.taken", _APPEAL | {"urgent": False}),
    "an urgent appeal taken": ("appeal.taken_now", _APPEAL),
    "a spoken appeal": ("appeal.voice", _APPEAL | {"voice": "file"}),
    "done for somebody": ("behalf.done", {"name": "排勒", "leaves": False, "at": NOON.isoformat()}),
    "told of it": ("behalf.told", {"by": "刀安保", "leaves": False, "at": NOON.isoformat()}),
    "gone on": ("checkin.went_on", _SPAN | {"is_open": True}),
    "gone on and over": ("checkin.went_on", _SPAN | {"is_open": False}),
    "danger": ("danger.first", {"message_id": 7}),
    "danger, called": ("danger.called", {"told": ["刀安保", "方志强"]}),
    "a spoken dispute": ("dispute.voice", {"name": "岩温罕", "voice": "file"}),
    "failed": ("failed", {}),
    "an outdated form": ("form.outdated", {}),
    "photos": ("form.photos", {"most": 10, "buttons": [], "controls": []}),
    "enough photos": ("form.photos_full", {"most": 10}),
    "what came of a household": (
        "household.outcome",
        {"by": "刀安保", "outcome": "not_needed", "number": 3, "area": ""},
    ),
    "a voice note of a head": ("household.voice", {"name": "咩相", "number": 3, "voice": "file"}),
    "a broken photo": ("photo.broken", {"sent_at": NOON.isoformat()}),
    "an urgent reminder": ("reminder.urgent_through", _REMINDER),
    "an urgent reminder held": ("reminder.urgent_held", _REMINDER),
    "edited words": (
        "words.changed",
        {"what": "matter", "name": "岩温罕", "new": "路断了，过不去", "old": "路断了"},
    ),
    "thanks": ("words.courtesy", {}),
    "words of no place": (
        "words.unplaced",
        {
            "words": "路断了",
            "state": "",
            "told": [],
            "offers": ["hazard", "request", "tell", "drop"],
            "said_id": 1,
            "house": "",
        },
    ),
    "a video": ("media.not_taken", {"kind": "video"}),
    "a card of somebody": ("media.not_taken", {"kind": "contact"}),
    "words put right": ("words.reworded", {"told": ["刀安保"]}),
    "a hazard sent at night": ("hazard.sent", _HAZARD),
    "a hazard near another one": (
        "form.ask",
        {
            "text": {
                "key": "hazard-send-near",
                "facts": {"icon": "🔥", "name": "火灾隐患", "reference": "H-2026-000012"},
                "times": {"time": "2026-11-22T20:00:00+08:00"},
            },
            "buttons": [],
        },
    ),
    "a handover": ("handover.card", _HANDOVER),
    "a handover that moved down": ("handover.moved", _HANDOVER),
    "a patrol begun": ("patrol.started", {"section": "界河一段", "stops": 3, "on_duty": True}),
    "work added": ("hazard.work_added", _HAZARD | {"count": 2, "photo": 3}),
    "earlier days": ("my.older", {"entries": [_entry(day) for day in range(12, 6, -1)], "older": 3}),
    "steps of a request": (
        "request.history",
        _STEPS | {"events": [event | {"step": "registered"} for event in _STEPS["events"]]},
    ),
    "left behind": ("left.behind", _LEFT),
    "left behind, urgent": ("left.behind_soon", _LEFT | {"names": []}),
    "further keys of a summary": ("summary.more", _SUMMARY),
    "areas below": ("summary.below", _SUMMARY | {"areas": _SUMMARY["below"], "offset": 0}),
    "a summary to calculate with": (
        "summary.sheet",
        _SUMMARY | {"figures": ["late"], "rows": [{"name": "芒恩村", "code": "M1", "counts": {"late": 3}}]},
    ),
    "a call": ("call.message", _CALL),
    "a call that is answered": ("call.message", _CALL | {"answered": True, "mine": "come"}),
    "a call, in line": ("call.message", _CALL | {"answered": True, "mine": "come", "place": 3}),
    "a call once more": ("call.reminder", _CALL),
    "a free place": ("call.moved_up", _CALL | {"answered": True, "mine": "come"}),
    "a call as it will arrive": ("call.preview", _CALL),
    "a word to a call": ("call.noted", {"call_id": 1}),
    "a call's card": ("call.overview", _CALL_CARD),
    "a call's card before it goes": ("call.overview", _CALL_CARD | {"state": "draft", "states": {}}),
    "a call to agree to": ("call.to_agree", _CALL_CARD | {"state": "waiting", "states": {}}),
    "what else a call's sender may do": ("call.more", {"call_id": 1}),
    "names behind a call": (
        "call.people",
        {
            "call_id": 1,
            "group": "silent",
            "offset": 0,
            "total": 1,
            "choices": [],
            "rows": [
                {
                    "name": "岩温罕",
                    "area": "芒恩第一网格",
                    "state": "silent",
                    "choice": "",
                    "number": None,
                    "words": "",
                    "place": 0,
                },
            ],
        },
    ),
    "a call as text": (
        "call.text",
        {"overview": _CALL_CARD, "silent": ["岩温罕", "咩相"], "unreached": ["早么"], "left_out": 0},
    ),
    "a call as a spreadsheet": (
        "call.sheet",
        {
            "overview": _CALL_CARD,
            "rows": [
                {
                    "name": "岩温罕",
                    "area": "芒恩第一网格",
                    "state": "silent",
                    "choice": "",
                    "number": None,
                    "words": "",
                    "place": 0,
                    "phone": "+8613800000001",
                },
            ],
        },
    ),
    "calls": (
        "call.list",
        {
            "rows": [
                {
                    "id": 1,
                    "label": _CALL["label"],
                    "state": "open",
                    "words": "河堤要 20 人",
                    "sent_at": "2026-11-23T11:00:00+08:00",
                    "size": 56,
                    "answered": 31,
                    "asked": "choice",
                },
            ],
            "starts": [{"code": "call_up", "label": _CALL["label"]}],
            "offset": 0,
            "more": False,
        },
    ),
    "told at night": (
        "household.marked",
        {
            "day": "2026-11-23",
            "number": 13,
            "inside": 3,
            "area": "芒恩第二网格",
            "kind": "hazard",
            "told": ["刀安保", "方志强"],
            "told_at": "2026-11-24T06:00:00+08:00",
        },
    ),
}


def samples() -> dict[str, tuple[str, Facts, datetime]]:
    """Every sample by its name (that of the kind, where it is recorded): kind, facts, and when it is read."""
    recorded = {
        kind: (kind, sample["facts"], datetime.fromisoformat(sample["now"]))
        for kind, sample in _RECORDED.items()
    }
    return recorded | {name: (kind, facts, NOON) for name, (kind, facts) in OWN.items()}


def said(name: str, locale: str = "zh_CN") -> Message:
    """What is read of a sample."""
    kind, facts, now = samples()[name]
    return render(kind, facts, Reader(translator(locale), ZONE, now))
