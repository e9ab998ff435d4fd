"""What `config.toml` says of reminders, and of the steps by which what is not answered goes up."""

from datetime import time, timedelta
from typing import Literal

from pydantic import Field, field_validator, model_validator

from bot.base.cron import check
from bot.settings.core import Named, Section

# A rung that a ladder leaves out.
SKIPPED = -1

When = Literal["shift_start", "shift_end", "hazard_due", "cron"]
Who = Literal[
    "absent", "present", "crew", "lead", "fixers",
    "grid_worker", "crew_member", "household_head", "supervisor", "dispatcher", "member",
]  # fmt: skip
_OF_SHIFTS = ("absent", "present", "crew", "lead")


class ReminderRule(Named):
    """A reminder: whom, when, through which lane, and until when it is still of use.

    `minutes` are after what `when` names, or before it where negative. `cron` is minute, hour, day, month,
    day of the week as in crontab (1 or mon is Monday, 0 and 7 Sunday), in local time. Words may hold
    {place}, {start}, {end}, {what} and {due}.
    """

    when: When
    who: Who
    minutes: int = Field(default=0, ge=-10080, le=10080)
    cron: str = ""
    lane: Literal["reminder", "urgent"] = "reminder"
    quiet: Literal["held", "through"] = "held"
    until_minutes: int = Field(default=60, ge=1, le=10080)
    # Codes of areas; none: everywhere.
    areas: tuple[str, ...] = ()

    @field_validator("cron")
    @classmethod
    def _comes(cls, cron: str) -> str:
        if cron:
            check(cron)
        return cron

    @model_validator(mode="after")
    def _fits(self) -> "ReminderRule":
        """What a rule is about says who can be meant. Raises ValueError."""
        if (self.when == "cron") != bool(self.cron):
            raise ValueError('cron: is for rules with when = "cron", which need it')
        about_shift = self.when in ("shift_start", "shift_end")
        if about_shift != (self.who in _OF_SHIFTS) or (self.when == "hazard_due") != (self.who == "fixers"):
            raise ValueError(f"who: {self.who!r} is nobody for when = {self.when!r}")
        return self

    def words(self, locale: str) -> str:
        """What is said, in this language."""
        return self.zh_CN if locale.startswith("zh") else self.en

    @property
    def offset(self) -> timedelta:
        """How long after what it is about."""
        return timedelta(minutes=self.minutes)

    @property
    def until(self) -> timedelta:
        """How long it is of use."""
        return timedelta(minutes=self.until_minutes)


DEFAULT = (
    ReminderRule(
        code="before_start", when="shift_start", who="absent", minutes=-10, quiet="through", until_minutes=20,
        zh_CN="⏰ {start} 您在{place}有班，人到了就点一下「上岗」。",
        en="⏰ You are on duty at {place} from {start}. Tap “On duty” when you are there.",
    ),
    ReminderRule(
        code="after_end", when="shift_end", who="present", quiet="through", until_minutes=60,
        zh_CN="🏁 {place}这一班 {end} 结束，辛苦了。走之前点一下「下班」；还要接着守，就不用管。",
        en="🏁 Your shift at {place} ends at {end}. Thank you. Tap “Off duty” before you leave; if you "
        "are staying on, ignore this.",
    ),
)  # fmt: skip


class ReminderSettings(Section):
    """Reminders, and when the bot counts as having been down."""

    rules: tuple[ReminderRule, ...] = DEFAULT
    # Down for longer than this: those in charge are told, once.
    outage_minutes: int = Field(default=5, ge=1, le=1440)
    # After an outage nobody is judged before what waited has been handled, or for this long at the most.
    settle_minutes: int = Field(default=10, ge=0, le=120)
    # What nobody asked for, beyond this many a day, waits for the morning.
    daily_cap: int = Field(default=20, ge=1, le=1000)

    @field_validator("rules")
    @classmethod
    def _each_once(cls, rules: tuple[ReminderRule, ...]) -> tuple[ReminderRule, ...]:
        codes = [rule.code for rule in rules]
        if len(codes) != len(set(codes)):
            raise ValueError("two rules have the same code")
        return rules

    def rule(self, code: str) -> ReminderRule | None:
        """The rule with this code."""
        return next((rule for rule in self.rules if rule.code == code), None)


class EscalationSettings(Section):
    """Minutes after the start at which each rung is told: person, lead, supervisor, and further up.

    -1 leaves a rung out. How many there are says how far it goes.
    """

    late: tuple[int, ...] = Field(default=(10, 30, 60), min_length=1, max_length=6)
    patrol: tuple[int, ...] = Field(default=(SKIPPED, 30, 60), min_length=1, max_length=6)
    # The nearest supervisors get the handover's own card; what is left here goes beyond them.
    handover: tuple[int, ...] = Field(default=(10, 20, SKIPPED, 60, 120), min_length=1, max_length=6)
    # What somebody took and did not finish comes back after this.
    back_minutes: int = Field(default=120, ge=5, le=10080)


class Daily(Section):
    """Something done once a day (or on some days), at a time areas may choose for themselves within these
    limits."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,23}$")
    at: time
    earliest: time
    latest: time

    @model_validator(mode="after")
    def _within(self) -> "Daily":
        if not self.earliest <= self.at <= self.latest:
            raise ValueError("at: lies outside earliest and latest")
        return self


class TimetableSettings(Section):
    """What is done once a day, and when."""

    daily: tuple[Daily, ...] = (
        Daily(code="ask_households", at=time(19), earliest=time(17), latest=time(21)),
        Daily(code="remind_households", at=time(20, 30), earliest=time(18), latest=time(21, 45)),
        Daily(code="tell_silent_duty", at=time(10), earliest=time(8), latest=time(12)),
        Daily(code="tell_silent_heads", at=time(21), earliest=time(19), latest=time(21, 55)),
        Daily(code="digest", at=time(8), earliest=time(6), latest=time(10)),
        # A few minutes apart, so that a Monday's two do not come as one heap.
        Daily(code="summary_daily", at=time(8), earliest=time(6), latest=time(18)),
        Daily(code="summary_weekly", at=time(8, 5), earliest=time(6), latest=time(18)),
        Daily(code="summary_monthly", at=time(8, 10), earliest=time(6), latest=time(18)),
        Daily(code="summary_quarterly", at=time(8, 15), earliest=time(6), latest=time(18)),
    )

    def daily_of(self, code: str) -> Daily | None:
        """The line with this code."""
        return next((line for line in self.daily if line.code == code), None)


def at_time(cron: str, told: str) -> str:
    """The same cron line at another time of day, `HH:MM`."""
    hour, _, minute = told.partition(":")
    return " ".join([str(int(minute)), str(int(hour)), *cron.split()[2:]])


def usual_time(cron: str) -> str:
    """The time of day, `HH:MM`, of a cron line that has one; else empty."""
    minute, _, hour = cron.partition(" ")
    hour = hour.partition(" ")[0]
    return f"{int(hour):02}:{int(minute):02}" if minute.isdecimal() and hour.isdecimal() else ""
