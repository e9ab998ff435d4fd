"""The little township of the end-to-end tests: its roster, its bot, its people's phones."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Executable, bindparam, select, text
from sqlmodel import Session, col

from bot.base.clock import Clock
from bot.base.i18n import locale_of
from bot.playground.people import Message
from bot.playground.people import Person as Phone
from bot.playground.runner import Playground
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.values import raise_roster_version
from models import (
    Account,
    Area,
    AreaKind,
    DefenceLine,
    HouseholdCluster,
    Person,
    PersonPost,
    Post,
    Role,
    RoleName,
    Shift,
    ShiftMember,
)
from models.columns import MOMENT
from tests.e2e.duty_bot import DutyBot
from tests.waiting import until

# A Monday, two minutes before the day's first shift.
MORNING = datetime.fromisoformat("2026-11-23T07:58:00+08:00")

_AREAS: tuple[tuple[str, str, str, AreaKind, float | None, float | None], ...] = (
    ("DH", "", "德宏州", AreaKind.PREFECTURE, None, None),
    ("DH-MS", "DH", "芒市", AreaKind.COUNTY, None, None),
    ("DH-MS-1", "DH-MS", "风平镇", AreaKind.TOWNSHIP, None, None),
    ("DH-MS-10", "DH-MS", "遮放镇", AreaKind.TOWNSHIP, None, None),
    ("DH-MS-1-1", "DH-MS-1", "芒里村", AreaKind.VILLAGE, 24.4000, 98.5500),
    ("DH-MS-1-2", "DH-MS-1", "那目村", AreaKind.VILLAGE, 24.4300, 98.5900),
    ("DH-MS-10-1", "DH-MS-10", "户弄村", AreaKind.VILLAGE, 24.2500, 98.3000),
    ("DH-MS-1-1-01", "DH-MS-1-1", "芒里第一网格", AreaKind.GRID, 24.4010, 98.5510),
    ("DH-MS-1-1-02", "DH-MS-1-1", "芒里第二网格", AreaKind.GRID, 24.4060, 98.5570),
    ("DH-MS-1-2-01", "DH-MS-1-2", "那目第一网格", AreaKind.GRID, 24.4300, 98.5900),
    ("DH-MS-10-1-01", "DH-MS-10-1", "户弄第一网格", AreaKind.GRID, 24.2510, 98.3010),
)
_POSTS = (
    ("P-MANGLI", "芒里卡点", "DH-MS-1-1", DefenceLine.BORDER, 24.4000, 98.5500, "qr-mangli-7f3k"),
    ("P-DAQIAO", "大桥执勤点", "DH-MS-1-1", DefenceLine.ROAD, 24.4200, 98.5700, "qr-daqiao-9x2m"),
)
_PEOPLE: tuple[tuple[str, str, str | None, str, RoleName, tuple[str, ...]], ...] = (
    ("W1", "岩罕", "+8613800000001", "DH-MS-1-1-01", RoleName.GRID_WORKER, ("P-MANGLI", "P-DAQIAO")),
    ("W2", "玉香", "+8613800000002", "DH-MS-1-1-02", RoleName.GRID_WORKER, ()),
    ("W3", "阿昌", None, "DH-MS-1-2-01", RoleName.GRID_WORKER, ()),
    ("C1", "排勒", "+8613800000004", "DH-MS-1-1", RoleName.CREW_MEMBER, ("P-MANGLI",)),
    ("H1", "咩巴", "+8613800000005", "DH-MS-1-1-01", RoleName.HOUSEHOLD_HEAD, ()),
    ("S1", "刀建国", "+8613800000006", "DH-MS-1-1", RoleName.SUPERVISOR, ()),
    ("S2", "方志强", "+8613800000007", "DH-MS-1", RoleName.SUPERVISOR, ()),
    ("S3", "李雪梅", "+8613800000008", "DH-MS", RoleName.SUPERVISOR, ()),
    ("D1", "赵敏", "+8613800000009", "DH-MS-1", RoleName.DISPATCHER, ()),
    ("A1", "孙工", "+8613800000010", "DH", RoleName.ADMIN, ()),
    ("M1", "早么", "+8613800000011", "DH-MS-1-1", RoleName.MEMBER, ()),
    ("X1", "王芳", "+8613800000012", "DH-MS-10-1-01", RoleName.GRID_WORKER, ()),
    ("X2", "段平", "+8613800000013", "DH-MS-10-1", RoleName.SUPERVISOR, ()),
)


def settle_in(session: Session) -> None:
    """Write the township's roster: areas, posts, people, their roles and posts."""
    areas: dict[str, Area] = {}
    for position, (code, parent, name, kind, latitude, longitude) in enumerate(_AREAS):
        above = areas.get(parent)
        areas[code] = Area(
            code=code, name=name, kind=kind, parent_id=above.id if above else None, position=position,
            path=(above.path if above else "") + code + "/", latitude=latitude, longitude=longitude,
        )  # fmt: skip
        session.add(areas[code])
        session.flush()
    posts = {
        code: Post(
            code=code, name=name, area_id=areas[area].id or 0, line=line, latitude=north, longitude=east,
            qr_code=qr,
        )
        for code, name, area, line, north, east, qr in _POSTS
    }  # fmt: skip
    session.add_all(posts.values())
    session.flush()
    for code, name, phone, area, role, own_posts in _PEOPLE:
        person = Person(code=code, name=name, phone=phone, area_id=areas[area].id or 0)
        session.add(person)
        session.flush()
        session.add(Role(person_id=person.id or 0, role=role, area_id=person.area_id))
        session.add_all(PersonPost(person_id=person.id or 0, post_id=posts[p].id or 0) for p in own_posts)
        if role is RoleName.HOUSEHOLD_HEAD:
            session.add(HouseholdCluster(head_id=person.id or 0, area_id=person.area_id, count=10))


@dataclass
class Town:
    """A town whose bot is running. `clock` moves the bot and the messages' dates alike."""

    playground: Playground
    bot: DutyBot
    clock: Clock
    settings: Settings
    phones: dict[str, Phone] = field(default_factory=dict)

    @property
    def db(self) -> Database:
        """The tests' own way into the database."""
        return self.bot.db

    def id(self, name: str) -> int:
        """The number of the person with this name."""
        return self._one(select(col(Person.id)).where(col(Person.name) == name))

    def area(self, code: str) -> int:
        """The number of the area with this code."""
        return self._one(select(col(Area.id)).where(col(Area.code) == code))

    def post(self, code: str) -> int:
        """The number of the post with this code."""
        return self._one(select(col(Post.id)).where(col(Post.code) == code))

    def count(self, table: str, where: str = "1 = 1") -> int:
        """How many rows of a table fulfil the SQL condition."""
        return self._one(text(f"SELECT count(*) FROM {table} WHERE {where}"))

    def _one(self, statement: Executable) -> int:
        with self.db.read() as session:
            return int(session.execute(statement).scalar_one())

    def stranger(self, name: str = "路人", phone: str = "+8613900000099", language: str = "zh-hans") -> Phone:
        """Somebody's phone, bound to nobody, that has not opened the bot."""
        return self.playground.person(name, phone=phone, language_code=language)

    def bind(self, name: str, language: str = "zh-hans") -> Phone:
        """The phone of someone on the roster, bound without a word, for those who only read."""
        with self.db.read() as session:
            phone = session.execute(select(col(Person.phone)).where(col(Person.name) == name)).scalar_one()
        own = self.playground.person(name, phone=phone or "+8613900000001", language_code=language)
        with self.playground.world.lock:
            own.phone.private.started = True
        account = Account(
            bot=self.settings.bot_id, user_id=own.id, chat_id=own.id, person_id=self.id(name),
            # Due from the day after joining.
            joined_at=self.clock.now() - timedelta(days=1), language=locale_of(language),
        )  # fmt: skip
        with self.db.write_now() as session:
            session.add(account)
        self.phones[name] = own
        return own

    def join(self, name: str, language: str = "zh-hans") -> Phone:
        """The same, with the bot opened, so that the main keyboard is there; taps count from here."""
        own = self.bind(name, language)
        own.start()
        own.wait_for()
        own.reset_taps()
        return own

    def shift(
        self,
        *crew: str,
        starts_at: datetime,
        ends_at: datetime,
        post: str | None = "P-MANGLI",
        area: str = "DH-MS-1-1",
        duty_type: str = "border",
        lead: str | None = None,
    ) -> int:
        """Put people on a shift; its number."""
        with self.db.write_now() as session:
            shift = Shift(
                code=f"T-{starts_at:%m%d%H%M}-{post}-{'-'.join(crew)}", area_id=self.area(area),
                post_id=self.post(post) if post else None, duty_type=duty_type, starts_at=starts_at,
                ends_at=ends_at,
            )  # fmt: skip
            session.add(shift)
            session.flush()
            number = shift.id or 0
            session.add_all(
                ShiftMember(shift_id=number, person_id=self.id(name), is_lead=name == lead) for name in crew
            )
            raise_roster_version(session)
        return number

    def settle(self) -> None:
        """Wait until every update is taken and handled, and all that is due is sent."""
        until(self._is_settled, what="the bot did not come to rest")

    def until_done(self, job: str, occasion: str) -> None:
        """Wait until a job has done its slot of this occasion, and all that came of it is sent."""
        slot = f"rule = '{job}' AND state = 'done' AND occasion = '{occasion}'"
        until(lambda: self.count("slot", slot), what=f"{job} did nothing at {occasion}")
        self.settle()

    def _is_settled(self) -> bool:
        with self.playground.world.lock:
            if self.playground.bot.updates.pending:
                return False
        open_rows = text(
            "SELECT (SELECT count(*) FROM inbox WHERE state = 'pending')"
            " + (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending'))"
            " + (SELECT count(*) FROM card WHERE wanted > shown AND due_at <= :now)"
        ).bindparams(bindparam("now", self.clock.now(), type_=MOMENT))
        return self._one(open_rows) == 0


def living(person: Phone, text: str) -> Message:
    """The living message of a hazard or request, once it says this."""
    found: list[Message] = []

    def told() -> bool:
        found[:] = [m for m in person.received if any("经过" in button.text for button in m.buttons)][-1:]
        return bool(found) and text in found[0].text

    until(told, what=person)
    return found[0]
