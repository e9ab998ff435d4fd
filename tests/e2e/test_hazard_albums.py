"""Albums whose parts come seconds apart, in any order, some twice, among those of other people."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.playground.people import sample_photo
from models import Hazard, HazardPhoto, Photo
from tests.e2e.town import Town

PARTS = 10
# Kind, place, send: of the first person and of the second.
ANSWERS = (("火灾", "芒里卡点", "📤"), ("道路", "芒里第二网格", "📤"))


def picture(owner: int, part: int) -> bytes:
    """One that no other resembles byte by byte."""
    return sample_photo(f"#{40 + owner * 60:02x}{part * 20:02x}7f", (320 + 8 * part, 240))


@pytest.mark.one_way
@pytest.mark.parametrize("seed", range(4))
def test_every_part_goes_to_its_own_hazard_once(town: Town, seed: int) -> None:
    random = Random(seed)
    people = [town.join("岩罕"), town.join("玉香")]
    marks = [f"album-{seed}-{number}" for number in range(2)]
    arriving = [(owner, part) for owner in range(2) for part in range(PARTS)]
    # Three of each come twice.
    arriving += [(owner, part) for owner in range(2) for part in random.sample(range(PARTS), 3)]
    random.shuffle(arriving)
    when = [sorted(random.sample(range(1, 12), 3)) for _ in people]
    seen, step = [0, 0], [0, 0]
    for owner, part in arriving:
        people[owner].photo(picture(owner, part), album=marks[owner])
        town.clock.move(timedelta(seconds=random.uniform(0.2, 4)))
        town.settle()
        seen[owner] += 1
        while step[owner] < 3 and seen[owner] >= when[owner][step[owner]]:
            people[owner].tap(ANSWERS[owner][step[owner]])
            step[owner] += 1
            town.settle()
    assert town.count("hazard") == 2
    with town.db.read() as session:
        rows = session.execute(
            select(col(Hazard.reported_by), col(Photo.person_id), col(Photo.unique_id))
            .join(HazardPhoto, col(HazardPhoto.hazard_id) == col(Hazard.id))
            .join(Photo, col(Photo.id) == col(HazardPhoto.photo_id))
        ).all()
    assert all(row.reported_by == row.person_id for row in rows)
    assert Counter(row.reported_by for row in rows) == {town.id("岩罕"): PARTS, town.id("玉香"): PARTS}
    assert len({row.unique_id for row in rows}) == 2 * PARTS
    # The late parts join in silence.
    assert all(sum("收到：" in text for text in person.texts) == 1 for person in people)
