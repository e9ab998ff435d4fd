"""The drawing process: `python -m bot.charts` draws what comes in, one picture after the other, until the end
of its input.

A request is a line of JSON (the drawing's name, its data, the sizes of the photos, the seconds it may take)
and the photos' bytes; the answer a line of JSON (the error, if any, and the picture's size) and its bytes.
"""

import gc
import json
import signal
import sys
from typing import BinaryIO

from bot import charts

# The parent ends a drawing that takes too long. Where there is no parent any more, the alarm does.
SPARE_SECONDS = 5


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer every request."""
    while line := source.readline():
        asked = json.loads(line)
        photos = [source.read(size) for size in asked["photos"]]
        signal.alarm(int(asked["seconds"]) + SPARE_SECONDS)
        try:
            picture, error = charts.draw(asked["name"], asked["data"], photos), ""
        except Exception as caught:
            picture, error = b"", f"{type(caught).__name__}: {caught}"
        signal.alarm(0)
        sink.write(json.dumps({"error": error, "size": len(picture)}).encode() + b"\n" + picture)
        sink.flush()
        # A figure and its parts hold on to one another, and a picture is megabytes.
        gc.collect()
        gc.freeze()


def main() -> None:
    """Draw until the input ends: whoever stops the bot stops the parent, and that closes it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    answers = sys.stdout.buffer
    # What a library prints must not get among the answers.
    sys.stdout = sys.stderr
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
