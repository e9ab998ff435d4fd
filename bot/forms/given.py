"""What was answered in a form so far, as it lies in its draft, and how each answer is read."""

from datetime import date, datetime
from typing import Any, TypeVar

from bot.base.facts import Json, read_as
from bot.words.said import Remark

T = TypeVar("T")


class Given(dict[str, Any]):
    """The answers by their steps, and what the form was started with. What is not there raises KeyError,
    unless it is said what it then is."""

    def plus(self, name: str, answer: Json) -> "Given":
        """With one more answer, or another one."""
        return Given(self | {name: answer})

    def without(self, name: str) -> "Given":
        """As if this had not been answered."""
        return Given({each: answer for each, answer in self.items() if each != name})

    def read(self, name: str, kind: type[T], missing: T | None = None) -> T:
        """An answer as what it is: of a button, the dataclass whose fields its value has."""
        return missing if missing is not None and name not in self else read_as(kind, self[name])

    def number(self, name: str, missing: int | None = None) -> int:
        """A whole number."""
        return self.read(name, int, missing)

    def numbers(self, name: str) -> list[int]:
        """Numbers of photos, say; none where it was not asked."""
        return self.read(name, list[int], [])

    def text(self, name: str, missing: str | None = None) -> str:
        """A text; a code."""
        return self.read(name, str, missing)

    def moment(self, name: str) -> datetime:
        """A moment."""
        return self.read(name, datetime)

    def day(self, name: str) -> date:
        """A day."""
        return self.read(name, date)

    def flag(self, name: str) -> bool:
        """Whether it is so; not, where it was not asked."""
        return self.read(name, bool, False)

    def said(self, name: str) -> Remark:
        """What was written, spoken, or both; nothing where it was not asked."""
        return self.read(name, Remark, Remark())

    def all_said(self, name: str) -> list[Remark]:
        """What was said in several messages."""
        return self.read(name, list[Remark], [])
