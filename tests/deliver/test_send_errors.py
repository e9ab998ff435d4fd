"""What every error of Telegram means: the whole table."""

from dataclasses import replace

import pytest

from bot.deliver.send_errors import RetryDecision, decide
from bot.telegram_api import Declined, NotSent, Unsure
from models import OutboxState, Reach

# Whether it may be repeated.
REPLY, REMINDER = True, False
PENDING, SENT, FAILED = OutboxState.PENDING, OutboxState.SENT, OutboxState.FAILED

TABLE: list[tuple[int, str, RetryDecision]] = [
    (401, "Unauthorized", RetryDecision(PENDING, stop=True)),
    (404, "Not Found", RetryDecision(PENDING, stop=True)),
    (409, "Conflict: terminated by other getUpdates request", RetryDecision(PENDING, stop=True)),
    (403, "Forbidden: bot was blocked by the user", RetryDecision(FAILED, reach=Reach.BLOCKED)),
    (403, "Forbidden: user is deactivated", RetryDecision(FAILED, reach=Reach.DEACTIVATED)),
    (403, "Forbidden: bot was kicked from the group chat", RetryDecision(FAILED, reach=Reach.KICKED)),
    (403, "Forbidden: bot was kicked from the supergroup chat", RetryDecision(FAILED, reach=Reach.KICKED)),
    (403, "Forbidden: bot is not a member of the channel chat", RetryDecision(FAILED, reach=Reach.KICKED)),
    (403, "Forbidden: bot can't initiate conversation", RetryDecision(FAILED, reach=Reach.NEVER_STARTED)),
    (403, "Forbidden: something new", RetryDecision(FAILED, reach=Reach.BLOCKED)),
    (400, "Bad Request: chat not found", RetryDecision(FAILED, reach=Reach.NEVER_STARTED)),
    (400, "Bad Request: message is not modified: same content", RetryDecision(SENT)),
    (400, "Bad Request: can't parse entities: unmatched end tag", RetryDecision(FAILED, plain=True)),
    (400, "Bad Request: message to edit not found", RetryDecision(FAILED, anew=True)),
    (400, "Bad Request: message can't be edited", RetryDecision(FAILED, anew=True)),
    (400, "Bad Request: MESSAGE_ID_INVALID", RetryDecision(FAILED, anew=True)),
    (400, "Bad Request: message is too long", RetryDecision(FAILED)),
    (400, "Bad Request: BUTTON_DATA_INVALID", RetryDecision(FAILED)),
    (413, "Request Entity Too Large", RetryDecision(FAILED, unfit=True)),
    (400, "Bad Request: PHOTO_INVALID_DIMENSIONS", RetryDecision(FAILED, unfit=True)),
    (400, "Bad Request: IMAGE_PROCESS_FAILED", RetryDecision(FAILED, unfit=True)),
    (400, "Bad Request: file is too big", RetryDecision(FAILED, unfit=True)),
    (
        400,
        "Bad Request: wrong file_id or the file is temporarily unavailable",
        RetryDecision(FAILED, unfit=True),
    ),
    (400, "Bad Request: wrong remote file identifier specified", RetryDecision(FAILED, unfit=True)),
    (
        400,
        "Bad Request: there is no text in the message to edit",
        RetryDecision(FAILED, anew=True, replace=True),
    ),
    (400, "Bad Request: there is no caption in the message", RetryDecision(FAILED, anew=True, replace=True)),
]  # fmt: skip


@pytest.mark.parametrize("repeat", [REPLY, REMINDER])
@pytest.mark.parametrize(("code", "words", "expected"), TABLE, ids=[f"{c} {w}" for c, w, _ in TABLE])
def test_a_refusal_is_read_by_its_words(code: int, words: str, expected: RetryDecision, repeat: bool) -> None:
    for attempts in (0, 99):
        decision = decide(Declined(code, words), repeat, attempts, 8)
        assert replace(decision, tried=expected.tried) == expected


def test_too_many_requests_waits_as_told_and_gives_nothing_up() -> None:
    for seconds, pause in ((7, 7), (0, 1)):
        error = Declined(429, "Too Many Requests: retry after 7", retry_after=seconds)
        for repeat in (REPLY, REMINDER):
            assert decide(error, repeat, 99, 8) == RetryDecision(PENDING, pause=pause, limited=True)


def test_an_upgraded_group_goes_on_under_its_new_number() -> None:
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    decision = decide(Declined(400, words, migrate_to=-100_1), REMINDER, 0, 8)
    assert decision == RetryDecision(PENDING, migrate_to=-100_1)


def test_what_was_not_sent_is_sent_later_whatever_its_kind() -> None:
    for repeat in (REPLY, REMINDER):
        for attempts in (0, 99):
            assert decide(NotSent("refused"), repeat, attempts, 8) == RetryDecision(PENDING, stop=True)


def test_what_may_have_arrived_is_repeated_only_where_that_is_allowed() -> None:
    assert decide(Unsure("status 502"), REMINDER, 0, 8).state is OutboxState.UNKNOWN
    pauses = []
    for attempts in range(7):
        decision = decide(Unsure("status 502"), REPLY, attempts, 8)
        assert (decision.state, decision.tried, decision.stop) == (PENDING, True, False)
        pauses.append(decision.pause)
    assert pauses == [1, 2, 4, 8, 16, 32, 60]
    assert decide(Unsure("status 502"), REPLY, 7, 8).state is FAILED


def test_any_other_error_is_our_own_and_final() -> None:
    assert decide(TypeError("no view"), REPLY, 0, 8).state is FAILED


def test_waiting_outlasts_any_number_of_tries() -> None:
    assert decide(Unsure("time-out"), REPLY, 5_000, 10**9).pause == 60
