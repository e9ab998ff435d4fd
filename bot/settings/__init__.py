"""Every setting: `config.toml`, overridden by the environment, checked on start."""

import itertools
import os
import re
import tomllib
from datetime import datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.base.errors import SettingsError
from bot.settings.calls import CallSettings
from bot.settings.cases import CalendarSettings, HazardSettings, RequestSettings
from bot.settings.core import (
    CheckinSettings,
    CrewSettings,
    DatabaseSettings,
    DeliverySettings,
    DrawingSettings,
    DutySettings,
    DutyType,
    HouseholdSettings,
    JoinSettings,
    LogSettings,
    MetricsSettings,
    PhotoSettings,
    PrivacySettings,
    QuietSettings,
    ReportSettings,
    Section,
    TelegramSettings,
    WorkSettings,
)
from bot.settings.handovers import HandoverSettings
from bot.settings.patrols import PatrolSettings
from bot.settings.reminders import EscalationSettings, ReminderSettings, TimetableSettings
from bot.settings.workdays import Workdays, workdays

PREFIX = "GRIDDUTY_"


class Settings(Section):
    """All settings, one attribute a section."""

    telegram: TelegramSettings = TelegramSettings()
    database: DatabaseSettings = DatabaseSettings()
    photos: PhotoSettings = PhotoSettings()
    work: WorkSettings = WorkSettings()
    duty: DutySettings = DutySettings()
    checkin: CheckinSettings = CheckinSettings()
    crews: CrewSettings = CrewSettings()
    patrol: PatrolSettings = PatrolSettings()
    hazards: HazardSettings = HazardSettings()
    requests: RequestSettings = RequestSettings()
    calendar: CalendarSettings = CalendarSettings()
    calls: CallSettings = CallSettings()
    handover: HandoverSettings = HandoverSettings()
    households: HouseholdSettings = HouseholdSettings()
    reports: ReportSettings = ReportSettings()
    reminders: ReminderSettings = ReminderSettings()
    ladders: EscalationSettings = EscalationSettings()
    timetable: TimetableSettings = TimetableSettings()
    join: JoinSettings = JoinSettings()
    privacy: PrivacySettings = PrivacySettings()
    quiet: QuietSettings = QuietSettings()
    delivery: DeliverySettings = DeliverySettings()
    drawing: DrawingSettings = DrawingSettings()
    logs: LogSettings = LogSettings()
    metrics: MetricsSettings = MetricsSettings()

    def model_post_init(self, _: Any) -> None:
        """Days are reckoned with the hour at which the timetable asks who has come."""
        line = self.timetable.daily_of("tell_silent_duty")
        if line:
            self.__dict__["work"] = self.work.asking_at(line.at)

    @cached_property
    def bot_id(self) -> int:
        """The bot's number: the part of its token before the colon; 0 without a token."""
        head = self.telegram.token.get_secret_value().partition(":")[0]
        return int(head) if head.isascii() and head.isdigit() else 0

    @cached_property
    def workdays(self) -> Workdays:
        """Which days are worked."""
        return workdays(self.calendar.days_off, self.calendar.workdays)

    def later(self, due_at: datetime, days: int, now: datetime, closing: time) -> datetime:
        """So many working days after what is due, or after today where that is past."""
        start = max(due_at, now).astimezone(self.work.zone).date()
        day = self.workdays.after(start, days)
        return datetime.combine(day, closing, self.work.zone).astimezone(now.tzinfo)

    def duty_type(self, code: str | None) -> DutyType:
        """The kind of duty with this code, else the default one."""
        known = self._duty_types
        return known.get(code or "") or known.get(self.work.duty_type) or self.duty.types[0]

    @cached_property
    def _duty_types(self) -> dict[str, DutyType]:
        return {kind.code: kind for kind in self.duty.types}


def load(file: Path | None = None, environment: dict[str, str] | None = None) -> Settings:
    """Read and check all settings.

    Raises SettingsError naming the setting, what is wrong with it, and its file and line.
    """
    try:
        text = file.read_text(encoding="utf-8") if file else ""
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not readable as TOML: {error}") from error
    sources = _overlay(values, dict(os.environ) if environment is None else environment)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_explain(error.errors()[0], text, file, sources)) from error


def _overlay(values: dict[str, Any], environment: dict[str, str]) -> dict[str, str]:
    """Lay the environment over the file's values; tells which variable set which setting."""
    sources: dict[str, str] = {}
    for name, raw in sorted(environment.items()):
        section, divider, key = name.removeprefix(PREFIX).lower().partition("__")
        if not name.startswith(PREFIX) or not divider:
            continue
        if key.endswith("_file") and key not in _keys(section):
            key, value = key.removesuffix("_file"), _secret_in_file(name, raw)
        else:
            value = raw
        table = values.setdefault(section, {})
        if isinstance(table, dict):
            table[key] = _json_list(name, value) if value.lstrip().startswith("[") else value
        sources[f"{section}.{key}"] = name
    return sources


def _keys(section: str) -> set[str]:
    field = Settings.model_fields.get(section)
    model = field.annotation if field else None
    return set(model.model_fields) if isinstance(model, type) and issubclass(model, Section) else set()


def _secret_in_file(name: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{name}: cannot read {file}: {error.strerror}") from error


def _json_list(name: str, raw: str) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise SettingsError(f"{name}: a list must be JSON: {error}") from error


def _explain(error: ErrorDetails, text: str, file: Path | None, sources: dict[str, str]) -> str:
    setting = ".".join(str(part) for part in error["loc"])
    problem = "no setting has this name" if error["type"] == "extra_forbidden" else error["msg"]
    problem = problem.removeprefix("Value error, ")
    variable = sources.get(".".join(str(part) for part in error["loc"][:2]))
    if variable:
        return f"{setting}: {problem} (from {variable})"
    line = _line_of(text, [str(part) for part in error["loc"]])
    return f"{setting}: {problem} ({file}, line {line})" if file else f"{setting}: {problem}"


def _line_of(text: str, path: list[str]) -> int:
    """The line where a setting stands: its key inside its table (of several of one name, the right one), else
    the table's head."""
    names = list(itertools.takewhile(lambda part: not part.isdecimal(), path))
    numbered = len(names) < len(path)
    section, head, met, here = "", 1, -1, not numbered
    for number, line in enumerate(text.splitlines(), start=1):
        table = re.match(r"\s*\[+\s*([^\]\s]+)\s*\]+", line)
        if table:
            section = table.group(1)
            met += section == ".".join(names)
            here = not numbered or met == int(path[len(names)])
            head = number if here and section.split(".")[0] == path[0] else head
        elif here and section.split(".")[0] == path[0] and re.match(rf"\s*{re.escape(path[-1])}\s*=", line):
            return number
    return head
