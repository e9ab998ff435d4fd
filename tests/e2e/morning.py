"""A night and a morning at a township of which everything is known: who came, who did not, and why."""

from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select, update
from sqlmodel import col

from bot.playground.people import Person as Phone
from bot.playground.people import Place
from bot.storage.values import raise_roster_version
from models import (
    Account,
    Area,
    HouseholdCluster,
    MemberState,
    Person,
    PersonPost,
    Role,
    RoleName,
    ShiftMember,
)
from tests.e2e.test_hazard_boards import told as tell_of_hazard
from tests.e2e.town import Town
from tests.e2e.walks import lay_down
from tests.waiting import until

AT_POST = Place(24.4001, 98.5501, accuracy=15)
AT_GRID = Place(24.4060, 98.5570, accuracy=15)
BRIDGE = Place(24.4200, 98.5700, accuracy=15)
FAR_AWAY = Place(24.4200, 98.5700, accuracy=15)
# Who is there besides those of the town: code, name, area, role, posts, households.
_MORE: tuple[tuple[str, str, str, RoleName, tuple[str, ...], int], ...] = (
    ("G1", "波罕", "DH-MS-1-1-02", RoleName.GRID_WORKER, (), 0),
    ("G2", "罗小保", "DH-MS-1-1-02", RoleName.GRID_WORKER, (), 0),
    ("G3", "线相", "DH-MS-1-1-01", RoleName.GRID_WORKER, (), 0),
    ("G4", "帅罕", "DH-MS-1-1-01", RoleName.GRID_WORKER, (), 0),
    ("K1", "尚国", "DH-MS-1-1", RoleName.CREW_MEMBER, ("P-MANGLI",), 0),
    ("K2", "杨发", "DH-MS-1-1", RoleName.CREW_MEMBER, ("P-MANGLI",), 0),
    ("K3", "孟勇", "DH-MS-1-1", RoleName.CREW_MEMBER, ("P-MANGLI",), 0),
    ("K4", "金所", "DH-MS-1-1", RoleName.CREW_MEMBER, ("P-DAQIAO",), 0),
    ("K5", "何二", "DH-MS-1-1", RoleName.CREW_MEMBER, ("P-DAQIAO",), 0),
    ("H2", "咩罕", "DH-MS-1-1-02", RoleName.HOUSEHOLD_HEAD, (), 6),
    ("H3", "赵桂", "DH-MS-1-1-02", RoleName.HOUSEHOLD_HEAD, (), 5),
)
_TOWN = ("岩罕", "玉香", "排勒", "咩巴", "刀建国", "方志强", "李雪梅", "赵敏", "王芳", "段平")
EVENING, MORNING = date(2026, 11, 23), date(2026, 11, 24)


def at(clock: str, day: date = MORNING) -> datetime:
    """A moment of the night, as the clock on the wall says."""
    return datetime.fromisoformat(f"{day}T{clock}:05+08:00")


def settle_more(town: Town) -> None:
    """Write the further people of the night into the roster."""
    with town.db.write_now() as session:
        areas = {code: number or 0 for code, number in session.execute(select(col(Area.code), col(Area.id)))}
        for number, (code, name, area, role, posts, households) in enumerate(_MORE):
            person = Person(code=code, name=name, phone=f"+86138000002{number:02d}", area_id=areas[area])
            session.add(person)
            session.flush()
            own = person.id or 0
            session.add(Role(person_id=own, role=role, area_id=areas[area]))
            session.add_all(PersonPost(person_id=own, post_id=town.post(post)) for post in posts)
            if households:
                session.add(HouseholdCluster(head_id=own, area_id=areas[area], count=households))
        raise_roster_version(session)


def joined(town: Town, name: str, when: datetime) -> None:
    """Let this person have joined then."""
    mine = update(Account).where(col(Account.person_id) == town.id(name))
    with town.db.write_now() as session:
        session.execute(mine.values(joined_at=when))


def go(town: Town, clock: str, day: date = MORNING) -> None:
    """Let it be this time, and all that is due by then be done and sent."""
    # A minute's work looks back an hour at the most.
    while town.clock.now() < at(clock, day):
        town.clock.set(min(at(clock, day), town.clock.now() + timedelta(minutes=50)))
        occasion = town.clock.now().astimezone(town.settings.work.zone).strftime("%Y-%m-%dT%H:%M")
        until(partial(town.count, "slot", f"rule = 'roll_up' AND state = 'done' AND occasion = '{occasion}'"))
        town.settle()


def come(town: Town, phones: dict[str, Phone], name: str, place: Place) -> None:
    """Check in."""
    phones[name].tap("上岗", location=place)
    phones[name].wait_for("已上岗")


def leave(town: Town, phones: dict[str, Phone], name: str) -> None:
    """Check out."""
    phones[name].tap("下班")
    phones[name].wait_for("已下班")


def plan(town: Town) -> None:
    """Four shifts at two posts, one on leave; 岩罕 has two in a row, 王芳 is from elsewhere."""
    one, nine, five = o_clock("01:00"), o_clock("09:00"), o_clock("17:00")
    town.shift("岩罕", "排勒", lead="岩罕", starts_at=one, ends_at=nine)
    town.shift("岩罕", "尚国", "杨发", "孟勇", lead="岩罕", starts_at=nine, ends_at=five)
    half = o_clock("20:00", EVENING), o_clock("08:00"), o_clock("20:00")
    town.shift("金所", "何二", "王芳", starts_at=half[0], ends_at=half[1], lead="金所", post="P-DAQIAO")
    town.shift("金所", "王芳", starts_at=half[1], ends_at=half[2], lead="金所", post="P-DAQIAO")
    away = {"state": MemberState.AWAY, "away_kind": "leave", "away_at": town.clock.now()}
    with town.db.write_now() as session:
        session.execute(
            update(ShiftMember).where(col(ShiftMember.person_id) == town.id("孟勇")).values(**away)
        )


def o_clock(clock: str, day: date = MORNING) -> datetime:
    """A full minute of the night."""
    return at(clock, day).replace(second=0)


def evening(town: Town, phones: dict[str, Phone]) -> None:
    """Of three heads one says that all is well, one that a household needs help, one nothing."""
    go(town, "19:00", EVENING)
    phones["咩巴"].click("全部平安", phones["咩巴"].wait_for("10 户"))
    head = phones["赵桂"]
    head.click("哪户有事", head.wait_for("5 户"))
    head.click("3", head.wait_for("哪户有事？"))
    head.click("要帮忙", head.wait_for("第 3 户有什么事"))
    head.wait_for("第 3 户记下了")
    go(town, "19:55", EVENING)
    come(town, phones, "金所", BRIDGE)
    come(town, phones, "何二", BRIDGE)
    go(town, "21:00", EVENING)


def dawn(town: Town, phones: dict[str, Phone]) -> None:
    """A patrol not handed in, a hazard told of without a check-in, one who comes late, one who joins."""
    go(town, "00:50")
    come(town, phones, "岩罕", AT_POST)
    come(town, phones, "排勒", AT_POST)
    go(town, "03:00")
    phones["岩罕"].send("/patrol")
    phones["岩罕"].wait_for("开始巡逻")
    go(town, "08:05")
    tell_of_hazard(town, phones["玉香"], area="DH-MS-1-1-02")
    leave(town, phones, "何二")
    joined(town, "线相", at("08:00"))
    come(town, phones, "波罕", AT_GRID)
    go(town, "09:03")
    leave(town, phones, "排勒")
    go(town, "09:20")
    come(town, phones, "杨发", FAR_AWAY)
    go(town, "10:01")


def begin(town: Town) -> dict[str, Phone]:
    """Everybody's phone, and all that is planned; 帅罕 and 阿昌 have never joined."""
    settle_more(town)
    lay_down(town)
    more = [name for _, name, *_ in _MORE if name != "帅罕"]
    phones = {name: town.join(name) for name in (*_TOWN, *more)}
    joined(town, "罗小保", at("18:00", EVENING))
    plan(town)
    return phones
