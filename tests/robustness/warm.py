"""Starts `gridduty run` again and again without importing it again: a warm process forks each start.

    python -m tests.robustness.warm run --config FILE

Every line on standard input starts one run with these words; its process id is printed.
"""

import os
import sys

# The reason for this process: these take a second.
import bot.running
from bot.__main__ import main


def serve(words: list[str]) -> None:
    """Fork a run for every line until there are no more."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            sys.argv = ["gridduty", *words]
            os._exit(main())
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    assert bot.running.PARTS
    serve(sys.argv[1:])
