"""The made-up township of the demo: its areas, posts and people, and how they get their phones.

Nothing here is real: the names are invented, the phone numbers start with 104, which no mobile number in
China does, and the coordinates lie in the open country.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import cos, radians

from sqlmodel import Session

from bot import access
from bot.access import SYSTEM, Work
from bot.base.facts import Struct
from bot.base.i18n import locale_of
from bot.features.figures import daily_workers
from bot.features.requests import registering
from bot.features.requests.registering import NewRequest
from bot.playground import rota, rounds
from bot.playground.people import Person as Phone
from bot.playground.runner import Playground
from bot.settings import Settings
from bot.storage.values import raise_roster_version
from models import (
    Account,
    Area,
    AreaKind,
    DefenceLine,
    HouseholdCluster,
    Invite,
    Person,
    PersonPost,
    Post,
    RequestMode,
    Role,
    RoleName,
    code_hash,
)

_DEGREE = 111_195  # metres of a degree of latitude
_ELSEWHERE = (25.31, 100.42)  # the county town, a long way from every post

# Code, code above, name, kind, latitude, longitude.
_AREAS: tuple[tuple[str, str, str, AreaKind, float | None, float | None], ...] = (
    ("YC", "", "云川州", AreaKind.PREFECTURE, None, None),
    ("YC-QX", "YC", "清溪县", AreaKind.COUNTY, None, None),
    ("YC-QX-1", "YC-QX", "勐溪镇", AreaKind.TOWNSHIP, 25.0400, 100.1000),
    ("YC-QX-1-1", "YC-QX-1", "芒恩村", AreaKind.VILLAGE, 25.0200, 100.0800),
    ("YC-QX-1-2", "YC-QX-1", "弄喊村", AreaKind.VILLAGE, 25.0600, 100.1300),
    ("YC-QX-1-1-01", "YC-QX-1-1", "芒恩第一网格", AreaKind.GRID, 25.0210, 100.0810),
    ("YC-QX-1-1-02", "YC-QX-1-1", "芒恩第二网格", AreaKind.GRID, 25.0260, 100.0880),
    ("YC-QX-1-1-03", "YC-QX-1-1", "芒恩第三网格", AreaKind.GRID, 25.0150, 100.0730),
    ("YC-QX-1-2-01", "YC-QX-1-2", "弄喊第一网格", AreaKind.GRID, 25.0610, 100.1310),
    ("YC-QX-1-2-02", "YC-QX-1-2", "弄喊第二网格", AreaKind.GRID, 25.0670, 100.1390),
)
# Code, name, area, line of defence, latitude, longitude.
_POSTS = (
    (rota.BORDER_POST, "芒恩边境卡点", "YC-QX-1-1", DefenceLine.BORDER, 25.0120, 100.0700),
    (rota.TOWN_POST, "街心执勤点", "YC-QX-1-2", DefenceLine.TOWN, 25.0625, 100.1330),
)


class _Figure(Struct):
    """A person of the demo. `households`: linked to a household head. `joins`: has yet to join."""

    code: str
    name: str
    area: str
    role: RoleName
    posts: tuple[str, ...] = ()
    titles: str = ""
    households: int = 0
    joins: bool = False


_FIGURES = (
    _Figure("W1", "岩温罕", "YC-QX-1-1-01", RoleName.GRID_WORKER, (rota.BORDER_POST,), "巡防员、信息员"),
    _Figure("W2", "玉喊", "YC-QX-1-1-02", RoleName.GRID_WORKER, (), "宣传员、调解员"),
    _Figure("W3", "排麻干", "YC-QX-1-2-01", RoleName.GRID_WORKER, (rota.TOWN_POST,), "巡防员"),
    _Figure("W4", "李春梅", "YC-QX-1-2-02", RoleName.GRID_WORKER, (), "信息员", joins=True),
    _Figure("C1", "何木果", "YC-QX-1-1", RoleName.CREW_MEMBER, (rota.BORDER_POST,), "民兵"),
    _Figure("C2", "杨志勇", "YC-QX-1-2", RoleName.CREW_MEMBER, (rota.TOWN_POST,), "护村队员"),
    _Figure("C3", "罕玉保", "YC-QX-1-1", RoleName.CREW_MEMBER, (rota.BORDER_POST,), "志愿者"),
    _Figure("H1", "咩相", "YC-QX-1-1-01", RoleName.HOUSEHOLD_HEAD, households=10),
    _Figure("H2", "赵桂兰", "YC-QX-1-2-01", RoleName.HOUSEHOLD_HEAD, households=5),
    _Figure("S1", "刀安保", "YC-QX-1-1", RoleName.SUPERVISOR, (), "村书记"),
    _Figure("S4", "金小团", "YC-QX-1-2", RoleName.SUPERVISOR, (), "村书记"),
    _Figure("S2", "王建平", "YC-QX-1", RoleName.SUPERVISOR, (), "镇网格化中心主任"),
    _Figure("S3", "段云峰", "YC-QX", RoleName.SUPERVISOR),
    _Figure("D1", "周敏", "YC-QX-1", RoleName.DISPATCHER),
    _Figure("A1", "林静", "YC", RoleName.ADMIN),
    _Figure("C4", "勒干", "YC-QX-1-1", RoleName.CREW_MEMBER, (rota.BORDER_POST,), "护边员"),
    _Figure("C5", "玉应", "YC-QX-1-1", RoleName.CREW_MEMBER, (rota.BORDER_POST,), "护村队员"),
    _Figure("C6", "张学军", "YC-QX-1-1", RoleName.CREW_MEMBER, (rota.BORDER_POST,), "民兵"),
    _Figure("C7", "线喊果", "YC-QX-1-1", RoleName.CREW_MEMBER, (rota.BORDER_POST,), "护边员"),
    _Figure("C8", "尹德昌", "YC-QX-1-1", RoleName.CREW_MEMBER, (rota.BORDER_POST,), "志愿者"),
)


class Spot(Struct):
    """A place that can be sent from the page; `kind` names it, `name` tells of what."""

    kind: str
    name: str
    latitude: float
    longitude: float
    accuracy: float


class Member(Struct):
    """A person of the demo as the page shows them. `invite` is the start payload of who has yet to join."""

    id: int
    name: str
    role: str
    area: str
    titles: str
    phone: str
    spots: tuple[Spot, ...]
    invite: str = ""


@dataclass(slots=True)
class Township:
    """Who lives in the demo, and the start payloads of the QR codes on the spot by their names."""

    members: list[Member] = field(default_factory=list)
    posts: dict[str, str] = field(default_factory=dict)


def sample_names() -> list[str]:
    """What things and people of the demo are called, in Chinese."""
    figures = [name for figure in _FIGURES for name in (figure.name, figure.titles) if name]
    return [*figures, *(area[2] for area in _AREAS), *(post[1] for post in _POSTS), *rounds.names()]


def settle(session: Session, playground: Playground, settings: Settings, now: datetime) -> Township:
    """Write roster, rota and past into an empty database, and give everyone a phone."""
    areas, township = _add_areas(session), Township()
    posts, people = _add_posts(session, areas), {}
    township.posts.update((post.name, f"p_{post.qr_code}") for post in posts.values())
    laid = rounds.lay_down(session, areas, posts)
    township.posts.update(laid.payloads)
    for number, figure in enumerate(_FIGURES, start=1):
        area, own = areas[figure.area], [posts[code] for code in figure.posts]
        person = people[figure.code] = _add_person(session, figure, f"+86104{number:08d}", area, own)
        phone = playground.person(figure.name, phone=person.phone)
        invite = _hand_over(session, figure, person, phone, settings, now)
        spots = tuple(_spots(area, own, laid.around(figure.posts, figure.area)))
        township.members.append(
            Member(phone.id, figure.name, figure.role, area.name, figure.titles, person.phone or "", spots,
                   invite)
        )  # fmt: skip
    rota.plan(session, people, posts, settings, now)
    raise_roster_version(session)
    session.flush()
    _begin_days(session, settings, now)
    _ask(session, next(each.id for each in township.members if each.name == "玉喊"), settings, now)
    return township


def _begin_days(session: Session, settings: Settings, now: datetime) -> None:
    """Grid workers without shifts, as the job has them at the start of each day."""
    for ago in reversed(range(rota.PAST_DAYS)):
        at = now - timedelta(days=ago)
        daily_workers.keep(Work(session, SYSTEM, at, settings), 0)
        for asked in daily_workers.asked(Work(session, SYSTEM, at, settings)):
            daily_workers.begin(Work(session, SYSTEM, at, settings), asked, 0)


def _ask(session: Session, user_id: int, settings: Settings, now: datetime) -> None:
    """A resident asked a worker for something just now, and nobody has been named for it yet."""
    actor = access.actors_of(session, settings.bot_id, [user_id])[user_id]
    asked = NewRequest("utilities", RequestMode.TIMED, "寨子东头三天没有自来水了，几家都在挑水。")
    registering.register(Work(session, actor, now - timedelta(minutes=20), settings), asked)


def _add_areas(session: Session) -> dict[str, Area]:
    areas: dict[str, Area] = {}
    for position, (code, parent, name, kind, latitude, longitude) in enumerate(_AREAS):
        above = areas.get(parent)
        areas[code] = Area(
            code=code, name=name, kind=kind, parent_id=above.id if above else None, position=position,
            path=(above.path if above else "") + code + "/", latitude=latitude, longitude=longitude,
        )  # fmt: skip
        session.add(areas[code])
        session.flush()
    return areas


def _add_posts(session: Session, areas: dict[str, Area]) -> dict[str, Post]:
    posts = {
        code: Post(
            code=code, name=name, area_id=areas[area].id or 0, line=line, latitude=north, longitude=east,
            qr_code=secrets.token_urlsafe(9),
        )
        for code, name, area, line, north, east in _POSTS
    }  # fmt: skip
    session.add_all(posts.values())
    session.flush()
    return posts


def _add_person(session: Session, figure: _Figure, phone: str, area: Area, posts: list[Post]) -> Person:
    area_id = area.id or 0
    person = Person(code=figure.code, name=figure.name, phone=phone, area_id=area_id, titles=figure.titles)
    session.add(person)
    session.flush()
    number = person.id or 0
    session.add(Role(person_id=number, role=figure.role, area_id=area_id))
    session.add_all(PersonPost(person_id=number, post_id=post.id or 0) for post in posts)
    if figure.households:
        session.add(HouseholdCluster(head_id=number, area_id=area_id, count=figure.households))
    return person


def _hand_over(
    session: Session, figure: _Figure, person: Person, phone: Phone, settings: Settings, now: datetime
) -> str:
    """Bind the phone to the person, or make the invite for it; gives the invite's start payload."""
    person_id = person.id or 0
    if figure.joins:
        code = secrets.token_urlsafe(18)
        until = now + timedelta(days=settings.join.invite_days)
        session.add(Invite(person_id=person_id, code_hash=code_hash(code), created_at=now, expires_at=until))
        return f"j_{code}"
    language = locale_of(phone.user.language_code)
    session.add(
        Account(
            bot=settings.bot_id, user_id=phone.id, chat_id=phone.id, person_id=person_id, language=language,
            joined_at=now - timedelta(days=40),
        )
    )  # fmt: skip
    return ""


def _spots(area: Area, posts: list[Post], stops: list[rounds.Stop]) -> list[Spot]:
    """Where a person of this area may be: at the own post, off it, at home, on patrol, far away."""
    spots = []
    for name, north, east in [(post.name, post.latitude, post.longitude) for post in posts]:
        spots += _around(name, north or 0, east or 0)
    if area.latitude is not None and area.longitude is not None:
        if not posts:
            spots = _around(area.name, area.latitude, area.longitude)
        else:
            spots.append(Spot("centre", area.name, area.latitude, area.longitude, 15))
    spots += [Spot("here", stop.name, stop.latitude, stop.longitude, 12) for stop in stops]
    return [*spots, Spot("elsewhere", "", *_ELSEWHERE, 20)]


def _around(name: str, latitude: float, longitude: float) -> list[Spot]:
    at = latitude + 12 / _DEGREE, longitude
    east = longitude + 150 / (_DEGREE * cos(radians(latitude)))
    return [
        Spot("here", name, *at, 12),
        Spot("near", name, latitude, east, 15),
        Spot("far", name, latitude + 1_200 / _DEGREE, longitude, 25),
        Spot("vague", name, *at, 1_500),
    ]
