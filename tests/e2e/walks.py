"""Sections and checkpoints for the town, and people who walk them."""

from datetime import datetime, timedelta

from bot.playground.people import Person as Phone
from bot.playground.people import Place
from bot.storage.values import raise_roster_version
from models import Checkpoint, PatrolSection
from tests.e2e.town import Town

# One kilometre of the border east of the post, a checkpoint every 300 metres or so.
STOPS = (
    ("K1", "界碑", 24.4000, 98.5530),
    ("K2", "大榕树", 24.4000, 98.5560),
    ("K3", "涵洞口", 24.4000, 98.5590),
)
NIGHT = datetime.fromisoformat("2026-11-23T20:00:00+08:00")


def lay_down(
    town: Town, name: str = "界河一段", post: str | None = "P-MANGLI", times: str = "", code: str = "D1"
) -> int:
    """A section with three checkpoints; its number."""
    with town.db.write_now() as session:
        section = PatrolSection(
            code=code, name=name, area_id=town.area("DH-MS-1-1"), times=times,
            post_id=town.post(post) if post else None, path=[[24.4, 98.55], [24.4, 98.56]],
        )  # fmt: skip
        session.add(section)
        session.flush()
        number = section.id or 0
        session.add_all(
            Checkpoint(
                code=f"{code}-{stop}", section_id=number, name=label, position=place, latitude=north,
                longitude=east, qr_code=f"{code}-{stop}-q".lower(),
            )
            for place, (stop, label, north, east) in enumerate(STOPS)
        )  # fmt: skip
        raise_roster_version(session)
    return number


PLACES = tuple(Place(north, east, accuracy=10) for _, _, north, east in STOPS)
# On the way, with no checkpoint near.
BETWEEN = Place(24.4000, 98.5545, accuracy=10)


def on_watch(town: Town, *crew: str, lead: str | None = None) -> int:
    """A night watch at the post, from 20:00 to 04:00; the clock stands at 20:05."""
    town.clock.set(NIGHT + timedelta(minutes=5))
    return town.shift(*crew, starts_at=NIGHT, ends_at=NIGHT + timedelta(hours=8), lead=lead)


def reach_all(town: Town, phone: Phone) -> None:
    """Send the place at every checkpoint, some minutes apart."""
    for number, place in enumerate(PLACES):
        town.clock.move(timedelta(minutes=4))
        phone.tap("📍 我到了", location=place)
        phone.wait_for(f"到了：{STOPS[number][1]}")


def set_out(town: Town, name: str) -> Phone:
    """Somebody's phone, on patrol; taps count from here."""
    phone = town.join(name)
    phone.send("/patrol")
    phone.wait_for("开始巡逻")
    phone.reset_taps()
    return phone
