"""What is kept as JSON: in notices, in drafts, in the places where jobs stand."""

from collections.abc import Mapping, Sequence
from dataclasses import Field, dataclass, field
from typing import Any, ClassVar, TypeVar, dataclass_transform

from pydantic import TypeAdapter

Facts = dict[str, Any]
# What JSON can hold.
Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Struct:
    """Values that belong together and never change: each class below this one is a frozen dataclass.

    `class Place(Struct, kw_only=True)` takes its values by their names alone.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init_subclass__(cls, *, kw_only: bool = False) -> None:
        super().__init_subclass__()
        dataclass(frozen=True, kw_only=kw_only)(cls)


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
