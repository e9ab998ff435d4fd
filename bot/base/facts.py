"""What is kept as JSON: in notices, in drafts, in the places where jobs stand."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter

Facts = dict[str, Any]
# What JSON can hold.
Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

T = TypeVar("T")
_ADAPTERS: dict[object, TypeAdapter[Any]] = {}


def read_as(kind: type[T], value: object) -> T:
    """What lies there as JSON, as what it is: a class of ours, a number, a moment. Raises ValueError where it
    is none."""
    # Made once, as making what reads and checks takes long.
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    found: T = _ADAPTERS[kind].validate_python(value)
    return found
