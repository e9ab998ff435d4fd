"""Settings: the file, the environment over it, and what is said about a bad one."""

from pathlib import Path

import pytest

from bot.base.errors import SettingsError
from bot.settings import Settings, load

ROOT = Path(__file__).parents[2]


def _file(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_file_in_the_clone_says_the_defaults() -> None:
    told, built_in = load(ROOT / "config.toml", {}).model_dump(), load(None, {}).model_dump()
    assert told == built_in


def test_the_environment_goes_over_the_file(tmp_path: Path) -> None:
    file = _file(tmp_path, "[checkin]\nradius_metres = 100\ngrace_minutes = 7\n")
    settings = load(file, {"GRIDDUTY_CHECKIN__RADIUS_METRES": "150"})
    assert (settings.checkin.radius_metres, settings.checkin.grace_minutes) == (150, 7)


def test_lists_by_environment_are_json() -> None:
    kinds = '[{"code": "patrol", "zh_CN": "巡逻", "en": "Patrol", "photo": true}]'
    settings = load(None, {"GRIDDUTY_DUTY__TYPES": kinds})
    assert [(kind.code, kind.photo) for kind in settings.duty.types] == [("patrol", True)]
    with pytest.raises(SettingsError, match="GRIDDUTY_DUTY__TYPES: a list must be JSON"):
        load(None, {"GRIDDUTY_DUTY__TYPES": "[patrol]"})


def test_secrets_come_from_files_too(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("42:abc\n")
    settings = load(None, {"GRIDDUTY_TELEGRAM__TOKEN_FILE": str(secret)})
    assert settings.telegram.token.get_secret_value() == "42:abc"
    assert settings.bot_id == 42
    assert "abc" not in repr(settings)
    with pytest.raises(SettingsError, match="cannot read"):
        load(None, {"GRIDDUTY_TELEGRAM__TOKEN_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[checkin]\n\nradius_metres = 1\n", r"checkin\.radius_metres: .*10 .*line 3\)"),
        ("[checkin]\nradius = 5\n", r"checkin\.radius: no setting has this name .*line 2\)"),
        ("[chekin]\nradius_metres = 5\n", r"chekin: no setting has this name .*line 1\)"),
        ("[work]\ntimezone = 'Mars/Olympus'\n", r"work\.timezone: no time zone is called .*line 2\)"),
        ("[[duty.types]]\ncode = 'x'\n", r"duty\.types\.0\.zh_CN: .*line 1\)"),
        ("[database]\nurl = 'here.sqlite3'\n", r"database\.url: write sqlite:///FILE or .*line 2\)"),
        ("[telegram]\ntoken = 'x'\n", r"telegram\.token: a token looks like .*line 2\)"),
        ("[work\n", "not readable as TOML"),
    ],
)
def test_a_bad_setting_is_named_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        load(_file(tmp_path, text), {})


def test_a_bad_variable_is_named() -> None:
    with pytest.raises(SettingsError, match=r"quiet\.start: .*\(from GRIDDUTY_QUIET__START\)"):
        load(None, {"GRIDDUTY_QUIET__START": "late"})
    with pytest.raises(SettingsError, match=r"telegram\.tokn: no setting .*\(from GRIDDUTY_TELEGRAM__TOKN\)"):
        load(None, {"GRIDDUTY_TELEGRAM__TOKN": "x"})


def test_other_variables_are_left_alone() -> None:
    assert load(None, {"GRIDDUTY_CONFIG": "x", "PATH": "y"}) == Settings()


def test_what_a_webhook_may_send_along_is_limited() -> None:
    with pytest.raises(SettingsError, match=r"telegram\.webhook_secret"):
        load(None, {"GRIDDUTY_TELEGRAM__WEBHOOK_SECRET": "a b"})
