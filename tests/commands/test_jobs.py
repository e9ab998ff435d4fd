"""`gridduty job`."""

import json

from tests.commands.gridduty import Gridduty


def test_the_timetable_is_listed(gridduty: Gridduty) -> None:
    told = json.loads(gridduty("job", "list", "--json").stdout)
    assert {"retention", "close_checkins"} <= {row["job"] for row in told}


def test_an_occasion_is_done_once(gridduty: Gridduty) -> None:
    first = json.loads(gridduty("job", "run", "retention", "--at", "2026-11-23T05:00", "--json").stdout)
    again = json.loads(gridduty("job", "run", "retention", "--at", "2026-11-23T23:00", "--json").stdout)
    assert (first["occasion"], first["before"]) == ("2026-11-23T03:30", False)
    assert (again["occasion"], again["before"]) == ("2026-11-23T03:30", True)
    assert gridduty("job", "history").stdout.startswith("2026-11-23T03:30\tretention\tdone\t")


def test_an_unknown_job_is_told_with_those_there_are(gridduty: Gridduty) -> None:
    failed = gridduty("job", "run", "dance", code=1)
    assert "retention" in failed.stderr
    gridduty("job", "run", "retention", "--at", "noon", code=2)
