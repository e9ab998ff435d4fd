"""The tree of areas in a workbook: parents that exist, no circles, and each area's path."""

from collections.abc import Callable

from models import AreaKind

_RANK = {kind.value: rank for rank, kind in enumerate(AreaKind)}

# Told an area's code, the sentence and its facts.
Complain = Callable[..., None]


def paths_of(parents: dict[str, str | None], complain: Complain) -> dict[str, str]:
    """Each area's path: the codes from its root, each ended by `/`. Areas in a circle have none."""
    paths: dict[str, str] = {}
    circular: set[str] = set()
    for code in parents:
        way = _way_up(code, parents, paths)
        if way is None:
            circle = _circle(code, parents)
            if circular.isdisjoint(circle):
                circular.update(circle)
                complain(circle[0], "roster-cycle", codes=" → ".join([*circle[:10], circle[0]]))
            continue
        for step in reversed(way):
            above = parents[step]
            paths[step] = (paths[above] if above is not None and above in paths else "") + step + "/"
    return paths


def check_kinds(kinds: dict[str, str], parents: dict[str, str | None], complain: Complain) -> None:
    """Complain of areas that lie under one of a lower level, such as a county in a village."""
    for code, kind in kinds.items():
        above = parents.get(code)
        if above in kinds and _RANK[kind] < _RANK[kinds[above]]:
            complain(code, "roster-kind-order", kind=kind, above=above, above_kind=kinds[above])


def _way_up(code: str, parents: dict[str, str | None], paths: dict[str, str]) -> list[str] | None:
    """The areas from here up whose path is not known yet; None where the way never ends."""
    way: list[str] = []
    seen: set[str] = set()
    step: str | None = code
    while step is not None and step in parents and step not in paths:
        if step in seen:
            return None
        seen.add(step)
        way.append(step)
        step = parents[step]
    return way


def _circle(code: str, parents: dict[str, str | None]) -> list[str]:
    """The areas of the circle that the way up from here runs into."""
    seen: list[str] = []
    step: str | None = code
    while step is not None and step not in seen:
        seen.append(step)
        step = parents.get(step)
    return seen[seen.index(step) :] if step in seen else seen
