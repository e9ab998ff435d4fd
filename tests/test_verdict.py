"""What every error of Telegram means: the whole table."""

from dataclasses import replace

import pytest

from bot.deliver.send_errors import Verdict, verdict_of
from bot.telegram_api import Declined, NotSent, Unsure
from models import OutboxState, Reach

REPLY, REMINDER = "checkin.done", "checkin.closed_by_system"
PENDING, SENT, FAILED = OutboxState.PENDING, OutboxState.SENT, OutboxState.FAILED

TABLE: list[tuple[int, str, Verdict]] = [
    (401, "Unauthorized", Verdict(PENDING, stop=True)),
    (404, "Not Found", Verdict(PENDING, stop=True)),
    (409, "Conflict: terminated by other getUpdates request", Verdict(PENDING, stop=True)),
    (403, "Forbidden: bot was blocked by the user", Verdict(FAILED, reach=Reach.BLOCKED)),
    (403, "Forbidden: user is deactivated", Verdict(FAILED, reach=Reach.DEACTIVATED)),
    (403, "Forbidden: bot was kicked from the group chat", Verdict(FAILED, reach=Reach.KICKED)),
    (403, "Forbidden: bot was kicked from the supergroup chat", Verdict(FAILED, reach=Reach.KICKED)),
    (403, "Forbidden: bot is not a member of the channel chat", Verdict(FAILED, reach=Reach.KICKED)),
    (403, "Forbidden: bot can't initiate conversation", Verdict(FAILED, reach=Reach.NEVER_STARTED)),
    (403, "Forbidden: something new", Verdict(FAILED, reach=Reach.BLOCKED)),
    (400, "Bad Request: chat not found", Verdict(FAILED, reach=Reach.NEVER_STARTED)),
    (400, "Bad Request: message is not modified: same content", Verdict(SENT)),
    (400, "Bad Request: can't parse entities: unmatched end tag", Verdict(FAILED, plain=True)),
    (400, "Bad Request: message to edit not found", Verdict(FAILED, anew=True)),
    (400, "Bad Request: message can't be edited", Verdict(FAILED, anew=True)),
    (400, "Bad Request: MESSAGE_ID_INVALID", Verdict(FAILED, anew=True)),
    (400, "Bad Request: message is too long", Verdict(FAILED)),
    (400, "Bad Request: BUTTON_DATA_INVALID", Verdict(FAILED)),
    (413, "Request Entity Too Large", Verdict(FAILED, unfit=True)),
    (400, "Bad Request: PHOTO_INVALID_DIMENSIONS", Verdict(FAILED, unfit=True)),
    (400, "Bad Request: IMAGE_PROCESS_FAILED", Verdict(FAILED, unfit=True)),
    (400, "Bad Request: file is too big", Verdict(FAILED, unfit=True)),
    (400, "Bad Request: wrong file_id or the file is temporarily unavailable", Verdict(FAILED, unfit=True)),
    (400, "Bad Request: wrong remote file identifier specified", Verdict(FAILED, unfit=True)),
    (400, "Bad Request: there is no text in the message to edit", Verdict(FAILED, anew=True, replace=True)),
    (400, "Bad Request: there is no caption in the message", Verdict(FAILED, anew=True, replace=True)),
]  # fmt: skip


@pytest.mark.parametrize("kind", [REPLY, REMINDER])
@pytest.mark.parametrize(("code", "words", "expected"), TABLE, ids=[f"{c} {w}" for c, w, _ in TABLE])
def test_a_refusal_is_read_by_its_words(code: int, words: str, expected: Verdict, kind: str) -> None:
    for attempts in (0, 99):
        verdict = verdict_of(Declined(code, words), kind, attempts, 8)
        assert replace(verdict, tried=expected.tried) == expected


def test_too_many_requests_waits_as_told_and_gives_nothing_up() -> None:
    for seconds, pause in ((7, 7), (0, 1)):
        error = Declined(429, "Too Many Requests: retry after 7", retry_after=seconds)
        for kind in (REPLY, REMINDER):
            assert verdict_of(error, kind, 99, 8) == Verdict(PENDING, pause=pause, limited=True)


def test_an_upgraded_group_goes_on_under_its_new_number() -> None:
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    verdict = verdict_of(Declined(400, words, migrate_to=-100_1), REMINDER, 0, 8)
    assert verdict == Verdict(PENDING, migrate_to=-100_1)


def test_what_was_not_sent_is_sent_later_whatever_its_kind() -> None:
    for kind in (REPLY, REMINDER):
        for attempts in (0, 99):
            assert verdict_of(NotSent("refused"), kind, attempts, 8) == Verdict(PENDING, stop=True)


def test_what_may_have_arrived_is_repeated_only_where_its_kind_allows() -> None:
    assert verdict_of(Unsure("status 502"), REMINDER, 0, 8).state is OutboxState.UNKNOWN
    pauses = []
    for attempts in range(7):
        verdict = verdict_of(Unsure("status 502"), REPLY, attempts, 8)
        assert (verdict.state, verdict.tried, verdict.stop) == (PENDING, True, False)
        pauses.append(verdict.pause)
    assert pauses == [1, 2, 4, 8, 16, 32, 60]
    assert verdict_of(Unsure("status 502"), REPLY, 7, 8).state is FAILED


def test_any_other_error_is_our_own_and_final() -> None:
    assert verdict_of(TypeError("no view"), REPLY, 0, 8).state is FAILED


def test_waiting_outlasts_any_number_of_tries() -> None:
    assert verdict_of(Unsure("time-out"), REPLY, 5_000, 10**9).pause == 60
