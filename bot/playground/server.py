"""The playground as a process of its own: python -m bot.playground.server --port 8081 --no-limits

Prints one line of JSON with its addresses and the bot's token, then serves until interrupted. People and
counters are reached through the control API (`bot.playground.control`).
"""

import argparse
import sys

import orjson

from bot.playground.runner import Playground


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bot.playground.server", description="A local Telegram Bot API"
    )
    parser.add_argument("--port", type=int, default=8081, help="0 takes any free one")
    parser.add_argument("--no-limits", action="store_true", help="refuse nothing for being too fast")
    parser.add_argument("--keep-calls", type=int, default=10_000, help="how many calls to remember")
    return parser.parse_args()


def main() -> None:
    """Serve until interrupted."""
    arguments = _arguments()
    playground = Playground(arguments.port, limits=not arguments.no_limits, keep_calls=arguments.keep_calls)
    listener = playground.listen()
    hello = {"url": playground.url, "base_url": playground.base_url, "token": playground.token}
    sys.stdout.write(orjson.dumps(hello).decode() + "\n")
    sys.stdout.flush()
    playground.serve(listener)


if __name__ == "__main__":
    main()
