"""What is counted of a phone that lies still for eight hours, and of walks of a known length.

    python -m benchmarks.ways_told [--seeds 20]

The kinds are those of the tests (tests/walk_kinds.py).
"""

import argparse
from statistics import median

from tests.features.walk_kinds import NIGHTS, SHORT_WALKS, WALKS
from tests.features.walks_made import gaussian


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    seeds = range(parser.parse_args().seeds)
    print("metres counted in eight hours at one spot: median, most")
    for name, night in NIGHTS.items():
        found = [night.metres(seed) for seed in seeds]
        print(f"{name:30} {median(found):6.0f} {max(found):6.0f}", flush=True)
    print("metres counted of one walked: median, least, most")
    for name, walk in {**SHORT_WALKS, **WALKS}.items():
        for sigma, accuracy in ((4, 8), (8, 15), (14.8, 25)):
            found = [walk.share(gaussian(sigma), accuracy, seed) for seed in seeds]
            print(
                f"{name:26} {sigma:4} m {median(found):5.2f} {min(found):5.2f} {max(found):5.2f}", flush=True
            )


if __name__ == "__main__":
    main()
