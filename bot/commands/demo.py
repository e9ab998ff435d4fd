"""`gridduty demo`: the bot without Telegram."""

from typing import Annotated

import typer


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is served.")] = 8080,
) -> None:
    """Try the bot in the browser: a made-up township, everything embedded, no token."""
    # Imported here: no other command needs the playground.
    from bot.playground.demo import serve

    serve(port)
