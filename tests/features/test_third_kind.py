"""A third kind of case, and a kind of message, made up here and driven from end to end: neither needs a line
in a shared file.

What every kind does a new one has already: naming, more time, taking back, lists, ladders, history, buttons.
A real one adds at most eight files: its tables in `models`, with a migration; `repository.py` of its feature
(its life, and who is what to it), `notices.py`, `messages.py`, `views.py`, `export.py`; and a test. Of the
shared ones it touches `bot/features/registry` (a line in `cases`, `messages` and `forms`), its settings, the
texts of each language, and its rows in `bot/access/policy.py`. A kind of message is a class, a view, and a
line in `messages.py`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar

import pytest
from fluent.runtime import FluentResource
from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, select
from sqlmodel import Session, col

from bot import access
from bot.access import OPERATOR, SYSTEM, Relation, Resource, Work, policy
from bot.access.scope import Scope
from bot.base import i18n
from bot.base.errors import Refused
from bot.base.i18n import translator
from bot.features.cases import assignment, cards, escalation, lists, views, workflow
from bot.features.cases import notices as cases
from bot.features.cases.assignment import Candidate
from bot.features.cases.case import CaseKind
from bot.features.cases.export import AREA_COLUMNS, RESPONSIBLE, CaseSheet
from bot.features.cases.life import Board, CaseNotices, CaseTables, Life, Move
from bot.features.cases.lists import Wanted
from bot.features.cases.notices import Family
from bot.features.cases.rows import CaseRow
from bot.features.escalation.climbing import climb
from bot.outbox import outbox
from bot.outbox.notices import POLICIES, URGENT, Notice
from bot.settings import Settings
from bot.settings.cases import CaseCategory, CaseSettings
from bot.storage.database import Database
from bot.views.base import Message, Reader
from bot.views.messages import KINDS, as_facts, declare, loaded, message, render
from bot.words.said import Remark
from models import Card, Ladder, OutboxRow
from models.columns import FACTS, MOMENT
from tests.features.leaving_office import ABOVE, LEADER, NOW, SETTINGS, WORKER, Office

TASKS = Family("T", "task", "tk", "tb", done="done", look="look", list_words=("任务清单",))
CATEGORY = CaseCategory(code="list", zh_CN="清单", en="List", icon="📋")
RULES = CaseSettings[CaseCategory](categories=(CATEGORY,))
LIFE = Life("new", "named", "done", "closed", "withdrawn")
DO = Move("task.do", "done", LIFE.to_do, LIFE.done)
ASK_MORE = Move("task.do", "stuck", LIFE.to_do)
CLOSE = Move("task.look", "closed", (LIFE.done,), LIFE.closed)
# Who may: as of a request.
POLICY = {
    "make": "register", "read": "read", "assign": "assign", "do": "handle", "look": "ask", "extend": "extend",
    "withdraw": "withdraw", "escalate": "escalate", "export": "export",
}  # fmt: skip
TEXTS = """
task-row = { $icon } { $reference } { $kind } { $area } { $time }
task-late-above = 还没办的任务：
task-late-nobody = { $reference } 没派人
task-late-due = { $reference } { $names } 过期 { $time }
task-late-done = { $reference } 办好了
task-moved = { $reference } 在下面
task-step-made = 布置
task-step-assigned = 派给{ $name }
task-step-stuck = 有困难
task-step-wished = 想延到 { $time }
task-step-granted = 同意延到 { $time }
task-step-overdue = 过期
task-step-done = 办好
task-step-closed = 看过
"""
_OWN = MetaData()


def _table(name: str, *columns: Column[object]) -> Table:
    return Table(name, _OWN, Column("id", Integer, primary_key=True), *columns)


def _columns(kind: type, *names: str) -> list[Column[object]]:
    return [Column(name, kind) for name in names]


TABLES = CaseTables(
    _table(
        "task", *_columns(Integer, "year", "number", "area_id", "wished_by", "made_by", "done_by", "version"),
        *_columns(String, "category", "words", "voice", "state"), Column("label", FACTS),
        *(Column(f"{name}_at", MOMENT) for name in ("due", "told_due", "wished_due")),
        *(Column(f"{name}_at", MOMENT) for name in ("closed", "made", "done")),
    ),
    Table("task_count", _OWN, Column("year", Integer, primary_key=True), Column("last", Integer)),
    _table(
        "task_event", *_columns(Integer, "task_id", "person_id", "area_id"), Column("at", MOMENT),
        *_columns(String, "step", "from_state", "to_state", "words", "voice"), Column("facts", FACTS),
    ),
    _table(
        "task_assignee", *_columns(Integer, "task_id", "area_id", "person_id", "named_by"),
        Column("responsible", Boolean), Column("named_at", MOMENT), Column("released_at", MOMENT),
    ),
    key="task_id", begun="made", done="done",
)  # fmt: skip


class OfTask:
    """It is about tasks."""

    __slots__ = ()
    family = TASKS
    task_id: int

    @property
    def case_id(self) -> int:
        return self.task_id


class TaskMoved(OfTask, cases.CaseMoved, kind="task.moved", kw_only=True):
    task_id: int


class TaskAssigned(OfTask, cases.CaseAssigned, kind="task.assigned", kw_only=True):
    task_id: int


class TaskUndone(cases.CaseUndone, kind="task.undone"):
    pass


class TaskVoice(OfTask, cases.CaseVoice, kind="task.voice", kw_only=True):
    task_id: int


class TaskHistory(OfTask, cases.CaseHistory, kind="task.history", kw_only=True):
    task_id: int


class TaskLine(cases.CaseLine, kw_only=True):
    family = TASKS


class TaskWaiting(cases.CaseWaiting, kind="task.waiting"):
    family = TASKS


class LateTask(OfTask, cases.LateCase, kw_only=True):
    task_id: int

    @property
    def unseen(self) -> tuple[str, str]:
        return "task-late-done", ""


class TaskSoon(cases.CasesSoon, kind="task.soon", kw_only=True):
    family = TASKS
    rows: tuple[LateTask, ...] = ()


class TaskLate(cases.CasesLate, kind="task.late", kw_only=True):
    family = TASKS
    rows: tuple[LateTask, ...] = ()


class TaskBoard(cases.CaseBoard, kind="task.board", kw_only=True):
    family = TASKS


class TaskBoardAreas(cases.CaseBoardAreas, kind="task.board_areas", kw_only=True):
    family = TASKS


class TaskCard(Notice, kind="task.card"):
    """The made-up kind of message: what it says is its own facts."""

    task_id: int
    called: str
    until: str


class TaskRow(CaseRow, kw_only=True):
    made_by: int
    made_at: datetime
    done_by: int | None
    done_at: datetime | None
    doer: str | None

    @property
    def begun_by(self) -> int:
        return self.made_by

    @property
    def begun_at(self) -> datetime:
        return self.made_at


class TaskKind(CaseKind[TaskRow]):
    """Given to a unit, done, looked at."""

    family, life, tables, row, line, late = TASKS, LIFE, TABLES, TaskRow, TaskLine, LateTask
    notices = CaseNotices(
        TaskMoved, TaskAssigned, TaskUndone, TaskVoice, TaskHistory, TaskWaiting, TaskSoon, TaskLate,
        TaskBoard, TaskBoardAreas,
    )  # fmt: skip
    boards = (Board("mine"), Board("area", "task.read"), Board("late", "task.read", LIFE.to_do, late=True))
    people: ClassVar = {"doer": "done_by"}
    spoken = ("stuck", "done")
    begin, look, remark = "task.make", "task.look", "task.read"
    said_in = ()

    def settings(self, settings: Settings) -> CaseSettings[CaseCategory]:
        return RULES

    def resource(self, session: Session, row: TaskRow) -> Resource:
        relations = {Relation.SELF: (row.made_by,), Relation.ASSIGNEE: self.hands(session, row.id)}
        return Resource(row.path, relations)

    def to_notify(self, session: Session, row: TaskRow, settings: Settings) -> list[int]:
        around = assignment.level_around(session, row.path, "village")
        return access.nearest_with(session, "task.assign", around)

    def to_look(self, session: Session, row: TaskRow) -> list[int]:
        return [row.made_by]

    def workers(self, session: Session, row: TaskRow) -> list[int]:
        return [row.made_by]

    def card(self, row: TaskRow, own: bool = False) -> TaskCard:
        return TaskCard(row.id, self.reference(row.year, row.number), row.due_at.isoformat())


TASK = TaskKind()
SHEET = CaseSheet(
    TASK,
    {
        "task_number": TABLES.cases.c.number, **AREA_COLUMNS, "task_kind": TABLES.cases.c.label,
        "responsible": RESPONSIBLE, "task_state": TABLES.cases.c.state,
    },
)  # fmt: skip


def said_card(told: TaskCard, to: Reader) -> Message:
    """Its view."""
    return Message(f"{told.called} {to.time(told.until)}")


MESSAGES = (
    message(TaskCard, said_card, policy=URGENT),
    message(TaskMoved, views.moved),
    message(TaskHistory, views.history),
    loaded(TaskLate, partial(escalation.load, TASK), TaskLate, views.late),
)


@pytest.fixture
def office(office_db: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The town with tasks; nothing of them stays."""
    for verb, like in POLICY.items():
        monkeypatch.setitem(policy.POLICY, f"task.{verb}", policy.POLICY[f"request.{like}"])
    before = set(KINDS)
    declare(*MESSAGES)
    for locale in i18n.LOCALES:
        translator(locale)._bundle.add_resource(FluentResource(TEXTS))
    _OWN.create_all(office_db.writer)
    with Session(office_db.writer) as session:
        yield Office(session)
        session.commit()
    _OWN.drop_all(office_db.writer)
    for name in set(KINDS) - before:
        del KINDS[name], POLICIES[name]


def make(work: Work, area_id: int) -> int:
    """The one thing that is the kind's own: what it begins with."""
    row = TASK.add(
        work.session, year=2026, number=TASK.next_number(work.session, 2026), area_id=area_id,
        category="list", label=CATEGORY.label, words="打扫卫生", voice="", state=LIFE.new,
        made_by=work.actor.person_id, made_at=work.now, due_at=work.now + timedelta(days=2), version=1,
    )  # fmt: skip
    TASK.note(work, row, "made", Remark(row.words))
    cards.show_new(work, TASK, row)
    escalation.start_new(work, TASK, row)
    return row.id


def works(office: Office, name: str) -> Work:
    """Somebody at work."""
    return Work(office.session, office.actor(name), NOW, SETTINGS)


def test_a_third_kind_of_case_lives_as_the_others_do(office: Office) -> None:
    worker, leader, above = (works(office, name) for name in (WORKER, LEADER, ABOVE))
    number = make(worker, office.area("DH-MS-1-1-01"))
    assert [each.id for each in workflow.waiting(leader, TASK).rows] == [number]
    workflow.assign(leader, TASK, number, Candidate(worker.actor.area_id, worker.actor.person_id, WORKER))
    with pytest.raises(Refused):
        workflow.withdraw(worker, TASK, number)

    row = workflow.held(worker, TASK, number, ASK_MORE)
    wished = workflow.wished(worker, TASK, row, 3)
    workflow.take(worker, TASK, row, ASK_MORE, Remark("缺人手"), **wished)
    workflow.note_wish(worker, TASK, row, wished)
    asked = TASK.get(office.session, number)
    workflow.decide_more_time(above, TASK, number, asked.version, True)
    assert TASK.get(office.session, number).due_at == asked.wished_due_at

    row = workflow.held(worker, TASK, number, DO)
    workflow.take(worker, TASK, row, DO, done_by=worker.actor.person_id, done_at=NOW)
    escalation.start_look(worker, TASK, number)
    row = workflow.held(leader, TASK, number, CLOSE)
    workflow.take(leader, TASK, row, CLOSE, closed_at=NOW)
    cards.show_changed(leader, TASK, number, rings=[row.made_by], by=leader.actor)

    assert workflow.find(worker, TASK, "T-2026-000001") == number
    told = workflow.history(worker, TASK, number)
    steps = ["made", "assigned", "stuck", "wished", "granted", "done", "closed"]
    assert [each.step for each in told.events] == steps
    read = render("task.history", as_facts(told), reader()).text
    assert "派给岩罕" in read
    assert "缺人手" in read
    scope = Scope("DH/", NOW.date(), NOW.date())
    ((*known, days, late, at, happened),) = SHEET.rows(Work(office.session, OPERATOR, NOW, SETTINGS), scope)
    assert known[0] == "T-2026-000001"
    assert known[3:] == ["清单", WORKER, LIFE.closed]
    assert (days, late, at) == (1, 0, NOW)
    assert len(happened.splitlines()) == len(steps)


def test_its_list_and_its_ladder_tell_what_nobody_sees_to(office: Office) -> None:
    worker, leader = works(office, WORKER), works(office, LEADER)
    number = make(worker, office.area("DH-MS-1-1-01"))
    page = lists.page(leader, TASK, Wanted("area"))
    assert (page.total, [each.case_id for each in page.rows]) == (1, [number])
    assert "T-2026-" in views.line(page.rows[0], reader())
    assert lists.page(leader, TASK, Wanted("late")).total == 0
    assert sum(each.count for each in lists.below(leader, TASK, Wanted("area")).areas) == 1

    late = Work(office.session, SYSTEM, NOW + timedelta(days=9), SETTINGS)
    assert escalation.begin_due(late, TASK, 9) == 1
    assert escalation.begin_due(late, TASK, 9) == 0
    kinds = escalation.kinds(TASK)
    assert set(kinds) == {"task_new", "task_due", "task_look"}
    for hours in range(0, 24 * 30, 12):
        climb(late.at(late.now + timedelta(hours=hours)), kinds, 99)
    subjects = set(office.session.execute(select(col(Ladder.subject))).scalars())
    assert any(subject.startswith(f"task_due:{number}:") for subject in subjects)
    told = select(col(Card.facts)).where(col(Card.kind) == "task.late")
    facts = office.session.execute(told).scalars().first()
    assert facts is not None
    shown = escalation.load(TASK, office.session, leader.actor, TaskLate(**facts))
    assert shown is not None
    assert "还没办的任务" in views.late(shown, reader()).text
    assert workflow.withdraw(worker, TASK, number).startswith("T-2026-")
    assert lists.page(leader, TASK, Wanted("area")).total == 0


def test_a_message_of_a_made_up_kind_is_read_from_its_row(office: Office) -> None:
    work = works(office, WORKER)
    outbox.enqueue(
        work, TaskCard(7, "T-2026-000007", NOW.isoformat()), outbox.recipient_of(work.actor), "once"
    )
    office.session.commit()
    row = office.session.execute(select(OutboxRow).where(col(OutboxRow.key) == "once")).scalar_one()
    assert (row.kind, row.lane) == ("task.card", int(URGENT.lane))
    assert render(row.kind, row.facts, reader()).text == "T-2026-000007 10:00"


def reader() -> Reader:
    """Somebody who reads Chinese, in the town's zone."""
    return Reader(translator("zh_CN"), SETTINGS.work.zone, NOW)
