"""The burden meter counts what really arrived and what was really tapped, and forgets who."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.access import OPERATOR
from bot.access.scope import Scope
from bot.features.figures import burden
from bot.playground.people import Place
from models import Burden, BurdenKind
from tests.e2e.town import MORNING, Town
from tests.waiting import until

MONDAY = date(2026, 11, 23)


def test_a_day_is_counted_once_and_names_are_forgotten(town: Town) -> None:
    worker, head, other = town.join("岩罕"), town.join("咩巴"), town.join("王芳")
    other.send("/my")
    other.wait_for("📒")
    worker.tap("下班")
    worker.wait_for("现在不在岗")
    town.clock.set(MORNING.replace(hour=19, minute=0, second=5))
    head.click("全部平安", head.wait_for("10 户"))
    head.wait_for("✅")
    town.settle()
    town.clock.set(MORNING.replace(hour=4, minute=20, second=30) + timedelta(days=1))
    until(lambda: town.count("slot", "rule = 'count_burden' AND state = 'done'"))
    with town.db.read() as session:
        village = burden.spread(session, OPERATOR, Scope("DH/DH-MS/DH-MS-1/DH-MS-1-1/", MONDAY, MONDAY))
        everyone = burden.spread(session, OPERATOR, Scope("DH/", MONDAY, MONDAY))
    # /start and 下班, each answered; /start, the question, one tap; /start and /my.
    assert village[BurdenKind.TAPS] == burden.Spread(2, 2, 2)
    assert village[BurdenKind.RECEIVED] == burden.Spread(2, 2, 2)
    assert everyone[BurdenKind.TAPS].days == 3
    assert town.count("burden_person") == 0


@pytest.mark.one_way
@settings(max_examples=40, deadline=None)
@given(values=st.lists(st.integers(0, 9), min_size=1, max_size=60))
def test_median_and_95th_are_those_of_a_plain_list(values: list[int]) -> None:
    class Row:
        def __init__(self, many: int) -> None:
            self.many, self.people = many, values.count(many)

    told = burden._spread([Row(many) for many in sorted(set(values))])  # type: ignore[misc]
    ordered = sorted(values)
    assert told.days == len(values)
    assert told.median == ordered[(len(values) - 1) // 2]
    assert sum(value <= told.p95 for value in values) >= 0.95 * len(values)
    assert told.p95 == min(v for v in values if sum(x <= v for x in values) >= 0.95 * len(values))


@pytest.mark.one_way
def test_the_months_summary_tells_what_the_bot_itself_costs(town: Town) -> None:
    with town.db.write_now() as session:
        for kind, many, people in (("received", 3, 9), ("received", 8, 1), ("taps", 2, 10)):
            row = {"day": date(2026, 11, 20), "area_id": town.area("DH-MS-1-1"), "kind": kind}
            session.add(Burden(**row, many=many, people=people))
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.tap("📍 上岗", location=Place(24.4001, 98.5501, accuracy=15))
    worker.wait_for("已上岗")
    supervisor.send("/summary")
    day = supervisor.wait_for("芒里村")
    assert "📬" not in day.text
    supervisor.click("月", day)
    month = supervisor.wait_for("2026年11月")
    assert "📬" not in month.text
    supervisor.click("更多", month)
    town.settle()
    supervisor.click("一页报告", month)
    told = supervisor.wait_for("📬").text
    assert "每天收到不到 3 条，最多的（5%）8 条以上；自己点、发的：2 次，2 次" in told
