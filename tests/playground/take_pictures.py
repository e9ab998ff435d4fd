"""Takes the pictures of docs/pictures anew: plays a day in the demo's township and photographs its phones.

    python -m tests.playground.take_pictures [FOLDER]

The clock starts on a fixed morning, so two runs differ only where the page or the bot does.
"""

import os
import sys
import tempfile
from pathlib import Path

from selenium.webdriver.common.by import By

from tests.playground.browser import PHONE, Page, browser
from tests.playground.camera import SCALE, Town
from tests.playground.demo_process import ROOT, DemoProcess
from tests.playground.scenes_duty import (
    arriving,
    earlier,
    feedback,
    household_help,
    household_record,
    joining,
    leaving,
    missed,
    new_account,
    own_record,
)
from tests.playground.scenes_work import evening, handover, hazard, overview, patrol, request

FOLDER = ROOT / "docs" / "pictures"
DAY = (
    joining, arriving, handover, missed, earlier, new_account, patrol, hazard, request, overview,
    household_help, evening, leaving, own_record, household_record, feedback,
)  # fmt: skip


def take(folder: Path) -> None:
    """Play the day and write its pictures into the folder."""
    with tempfile.TemporaryDirectory() as place:
        # The demo keeps its database there, where a link can be added to it.
        os.environ["TMPDIR"] = place
        with DemoProcess() as demo:
            database = next(Path(place).glob("gridduty-demo-*/demo.sqlite3"))
            driver = browser(Path(place) / "chromium", PHONE, SCALE)
            try:
                driver.get(demo.url)
                page = Page(driver)
                page.until(lambda: driver.find_elements(By.CSS_SELECTOR, ".person"))
                town = Town(page, f"sqlite:///{database}", folder)
                for scene in DAY:
                    scene(town)
            finally:
                driver.quit()


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
