"""What is patrolled in the demo: two sections with the places that every patrol has to reach."""

import secrets
from dataclasses import dataclass, field

from sqlmodel import Session

from bot.base.facts import Struct
from bot.playground.rota import BORDER_POST
from models import Area, Checkpoint, PatrolSection, Post


class Stop(Struct):
    """A checkpoint of the demo, where it is, and the start payload of its QR code."""

    name: str
    latitude: float
    longitude: float
    payload: str


class _Round(Struct):
    code: str
    name: str
    area: str
    post: str
    path: tuple[tuple[float, float], ...]
    # Name and place of each checkpoint.
    stops: tuple[tuple[str, float, float], ...]


_ROUNDS = (
    _Round(
        "S-BORDER", "71号界碑段", "YC-QX-1-1", BORDER_POST,
        ((25.0120, 100.0700), (25.0134, 100.0722), (25.0137, 100.0751), (25.0158, 100.0770),
         (25.0159, 100.0809), (25.0183, 100.0828)),
        (("老渡口", 25.0134, 100.0722), ("芭蕉沟涵洞", 25.0137, 100.0751), ("71号界碑", 25.0159, 100.0809),
         ("观察哨", 25.0183, 100.0828)),
    ),
    _Round(
        "S-VILLAGE", "芒恩寨子一圈", "YC-QX-1-1", "",
        ((25.0210, 100.0810), (25.0231, 100.0838), (25.0260, 100.0880)),
        (("水塔", 25.0210, 100.0810), ("小学门口", 25.0231, 100.0838), ("晒场", 25.0260, 100.0880)),
    ),
)  # fmt: skip


@dataclass(slots=True)
class Rounds:
    """The checkpoints by the post that patrols them; of no post: by the area."""

    of_post: dict[str, list[Stop]] = field(default_factory=dict)
    of_area: dict[str, list[Stop]] = field(default_factory=dict)

    def around(self, posts: tuple[str, ...], area: str) -> list[Stop]:
        """Those that a person of these posts and this area may walk."""
        at_posts = [stop for post in posts for stop in self.of_post.get(post, [])]
        return at_posts or [
            stop for own, stops in self.of_area.items() if area.startswith(own) for stop in stops
        ]

    @property
    def payloads(self) -> dict[str, str]:
        """The start payloads of all QR codes by the names of the checkpoints."""
        of_all = [*self.of_post.values(), *self.of_area.values()]
        return {stop.name: stop.payload for stops in of_all for stop in stops}


def names() -> list[str]:
    """What the sections and their checkpoints are called."""
    return [name for each in _ROUNDS for name in (each.name, *(stop[0] for stop in each.stops))]


def lay_down(session: Session, areas: dict[str, Area], posts: dict[str, Post]) -> Rounds:
    """Write the sections and their checkpoints."""
    rounds = Rounds()
    for each in _ROUNDS:
        section = PatrolSection(
            code=each.code, name=each.name, area_id=areas[each.area].id or 0,
            post_id=posts[each.post].id if each.post else None, path=[list(place) for place in each.path],
        )  # fmt: skip
        session.add(section)
        session.flush()
        for position, (name, north, east) in enumerate(each.stops):
            stop = Checkpoint(
                code=f"{each.code}-{position + 1}", section_id=section.id or 0, name=name,
                position=position, latitude=north, longitude=east, qr_code=secrets.token_urlsafe(9),
            )  # fmt: skip
            session.add(stop)
            known = rounds.of_post if each.post else rounds.of_area
            told = Stop(name, north, east, f"c_{stop.qr_code}")
            known.setdefault(each.post or each.area, []).append(told)
    session.flush()
    return rounds
