"""Roll-ups on either database, migrated as in earnest: triggers, counting and sums mean the same."""

import random

from sqlalchemy import select

from bot.storage import migrations
from bot.storage.database import Database
from models import Area, Person, Touched
from tests.features.test_rollups import TREE, World, by_hand, in_store

KINDS = ("on_time", "late", "no_shift")


def acts(dice: random.Random) -> list[tuple[object, ...]]:
    """Whatever may happen, some of it often."""
    made: list[tuple[object, ...]] = []
    for _ in range(40):
        person, area, hours, place = (dice.randint(*span) for span in ((1, 4), (1, 6), (0, 60), (0, 30)))
        made += [
            ("shift", area, hours, {person}), ("check_in", person, area, hours, dice.choice(KINDS)),
            dice.choice(
                [
                    ("leave", place, hours, "system"), ("correct", place, hours), ("away", place),
                    ("regrade", place, "off_site"), ("move_shift", place, area, hours),
                    ("remove_shift", place), ("patrol", person, area, hours, "incomplete"),
                    ("hazard", area, hours), ("close", place, hours), ("reopen", place),
                    ("household", area, hours % 3, hours % 10), ("move_area", dice.choice([4, 5, 6]), 3),
                    ("count", 20), ("employ", person), ("register", hours),
                ]
            ),
        ]  # fmt: skip
    return made


def test_roll_ups_are_what_a_recount_says(db: Database) -> None:
    with db.write_now() as session:
        for number, above in TREE.items():
            session.add(
                Area(id=number, code=f"{number}", name="片", kind="grid", parent_id=above, path=f"{number}/")
            )
            session.flush()
        session.add_all(Person(id=n, code=f"P{n}", name=f"人{n}", area_id=4) for n in range(1, 5))
        session.flush()
        world = World(session)
        for name, *words in acts(random.Random(7)):
            world.do(str(name), *words)
        world.register(72)
        while session.execute(select(Touched.id)).first():
            world.count(30)
        assert by_hand(session)
        assert in_store(session) == by_hand(session)


def test_migrating_makes_each_trigger_once_more(db: Database) -> None:
    migrations.migrate(db)
    with db.write_now() as session:
        session.add(Area(id=1, code="1", name="片", kind="grid", path="1/"))
        session.flush()
        session.add(Person(id=1, code="P1", name="岩罕", area_id=1))
        session.flush()
        World(session).check_in(1, 1, 0, "no_shift")
        assert session.execute(select(Touched.area_id)).scalars().all() == [1]
