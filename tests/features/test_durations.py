"""How long something took: minutes below an hour, hours below a day, days above."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.base.i18n import translator
from bot.views.base import Reader
from bot.views.wording import duration_told

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("took", "zh", "en"),
    [
        ({"seconds": 5}, "1 分钟", "1 min"), ({"minutes": 1}, "1 分钟", "1 min"),
        ({"minutes": 59, "seconds": 59}, "59 分钟", "59 min"), ({"minutes": 60}, "1 小时", "1 h"),
        ({"hours": 2, "minutes": 15}, "2 小时 15 分", "2 h 15 min"),
        ({"hours": 23, "minutes": 59}, "23 小时 59 分", "23 h 59 min"), ({"hours": 24}, "1 天", "1 day"),
        ({"hours": 25, "minutes": 30}, "1 天 1 小时", "1 day 1 h"), ({"days": 2}, "2 天", "2 days"),
        ({"days": 3, "hours": 4}, "3 天 4 小时", "3 days 4 h"), ({"days": 4, "hours": 5}, "4 天", "4 days"),
        ({"days": 40, "hours": 23}, "40 天", "40 days"),
    ],
)  # fmt: skip
def test_a_duration_is_told_in_what_fits(took: dict[str, int], zh: str, en: str) -> None:
    for locale, words in (("zh_CN", zh), ("en", en)):
        reader = Reader(translator(locale), ZoneInfo("Asia/Shanghai"), START)
        assert (
            duration_told(START, START + timedelta(**took), reader)
            .replace("\u2068", "")
            .replace("\u2069", "")
            == words
        )
