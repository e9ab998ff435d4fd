"""Handovers in `config.toml`: when they are due, and the equipment that goes from crew to crew."""

from pydantic import Field

from bot.settings.core import Named, Section


class Equipment(Named):
    """A piece of equipment: at posts of these lines of defence, on shifts of these duty types; everywhere
    where neither is named."""

    count: int = Field(default=1, ge=1, le=999)
    lines: tuple[str, ...] = ()
    duty_types: tuple[str, ...] = ()

    def belongs(self, line: str | None, duty_type: str) -> bool:
        """Whether a shift of this duty type at a post of this line hands it over."""
        return not (self.lines or self.duty_types) or line in self.lines or duty_type in self.duty_types


def _kept(code: str, zh: str, en: str, count: int = 1) -> Equipment:
    return Equipment(code=code, zh_CN=zh, en=en, count=count)


class HandoverSettings(Section):
    """When a crew is asked to hand over, and how long the next one may take over."""

    minutes_before: int = Field(default=15, ge=0, le=240)
    confirm_minutes: int = Field(default=30, ge=1, le=720)
    # Two shifts this far apart still hand over to one another.
    gap_minutes: int = Field(default=120, ge=0, le=1440)
    equipment: tuple[Equipment, ...] = Field(
        default=(
            _kept("radio", "对讲机", "Radio", 2),
            _kept("torch", "强光手电", "Torch", 2),
            _kept("register", "登记簿", "Register"),
            _kept("keys", "钥匙", "Keys"),
            _kept("extinguisher", "灭火器", "Fire extinguisher", 2),
            _kept("first_aid", "急救箱", "First-aid kit"),
        ),
        max_length=20,
    )

    def equipment_for(self, line: str | None, duty_type: str) -> tuple[Equipment, ...]:
        """What a shift of this duty type at a post of this line hands over."""
        return tuple(each for each in self.equipment if each.belongs(line, duty_type))
