"""`gridduty check`: whether everything is there that the bot needs."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import typer

from bot.base.clock import clock
from bot.base.errors import GridDutyError, OperatorError
from bot.base.logs import scrub
from bot.commands.opening import DEFAULT_CONFIG, ConfigOption, JsonOption, open_settings, print_json
from bot.settings import Settings
from bot.storage import blobs, clock_check, migrations
from bot.storage.database import Database

LABEL = "网格值守"
TOKEN_SECONDS = 10
NO_FILE = f"no {DEFAULT_CONFIG} here: defaults and environment"


def check(json: JsonOption = False, config: ConfigOption = None) -> None:
    """Check configuration, database, token, fonts and photo store: one line each."""
    found: dict[str, tuple[bool, str]] = {}
    try:
        settings = open_settings(config)
    except OperatorError as error:
        found["configuration"] = (False, str(error))
    else:
        found["configuration"] = (
            True,
            str(config or (DEFAULT_CONFIG if DEFAULT_CONFIG.is_file() else NO_FILE)),
        )
        for name, look in _LOOKS.items():
            found[name] = _looked(look, settings)
    if json:
        print_json({name: {"ok": ok, "told": told} for name, (ok, told) in found.items()})
    else:
        for name, (ok, told) in found.items():
            typer.echo(f"{'ok    ' if ok else 'FAILED'} {name}: {told}")
    raise typer.Exit(0 if all(ok for ok, _ in found.values()) else 1)


def _looked(look: Callable[[Settings], str], settings: Settings) -> tuple[bool, str]:
    # What others answer may hold the address it was asked at, and that the token.
    try:
        return True, scrub(look(settings))
    except (GridDutyError, OSError) as error:
        lines = scrub(str(error)).splitlines() or [type(error).__name__]
        return False, lines[0]


def _database(settings: Settings) -> str:
    db = Database(settings.database)
    try:
        migrations.require_current(db)
    finally:
        db.close()
    return f"{'SQLite' if db.is_sqlite else 'PostgreSQL'}, layout {migrations.newest()}"


def _token(settings: Settings) -> str:
    if not settings.bot_id:
        raise OperatorError("telegram.token: not set (GRIDDUTY_TELEGRAM__TOKEN)")
    user = asyncio.run(_get_me(settings))
    return f"@{user['username']}"


async def _get_me(settings: Settings) -> Any:
    from bot.telegram_api import Api, NotSent, Odd, Unsure

    api = Api(settings.telegram, TOKEN_SECONDS)
    try:
        user = await api.call("getMe")
        if apart := clock_check.by_answer(clock.now(), api.told_at):
            raise OperatorError(clock_check.words(apart))
        return user
    except Odd as error:
        raise OperatorError("telegram.base_url: what answers there is no Bot API server") from error
    except (NotSent, Unsure) as error:
        raise OperatorError(f"Telegram is not reached at {settings.telegram.base_url}: {error}") from error
    finally:
        await api.close()


def _fonts(settings: Settings) -> str:
    # As the bot does it: in the process that draws, with the font it finds there.
    return asyncio.run(_drawn(settings))


async def _drawn(settings: Settings) -> str:
    from bot.deliver.drawing import DrawingProcess, NotDrawn

    drawing = DrawingProcess(settings.drawing)
    try:
        picture = await drawing.draw("sample", {"title": LABEL}, [])
    except NotDrawn as error:
        raise OperatorError(f"no picture can be drawn: {error}") from error
    finally:
        await drawing.close()
    return f"{LABEL} drawn, {len(picture) / 1024:.0f} kB"


def _photos(settings: Settings) -> str:
    probe = uuid4().bytes
    store = blobs.store_of(settings.photos)
    key = store.put(probe, "check")
    same = store.get(key) == probe
    store.delete(key)
    if not same:
        raise OperatorError("photos.url: what is written there is read back as something else")
    return f"{settings.photos.url} can be written"


_LOOKS: dict[str, Callable[[Settings], str]] = {
    "database": _database,
    "token": _token,
    "fonts": _fonts,
    "photos": _photos,
}
