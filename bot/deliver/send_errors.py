"""What an error of Telegram means for the message that met it."""

from bot.base.answers import Declined, NotSent, Odd, Unsure
from bot.base.facts import Struct
from models import OutboxState, Reach


class RetryDecision(Struct):
    """What to do: the state of the row, and what else follows.

    `tried`: it counts as one of the row's attempts. `pause`: seconds to leave the chat alone. `stop`:
    Telegram as a whole cannot be used just now. `anew`: a new message is sent instead of an edit, and where
    `replace`, it takes the place of the old one. `unfit`: what goes along is not taken like this. `no_topic`:
    the group has no such topic (any more), or it is closed.
    """

    state: OutboxState
    tried: bool = False
    pause: float = 0
    stop: bool = False
    limited: bool = False
    plain: bool = False
    anew: bool = False
    replace: bool = False
    unfit: bool = False
    no_topic: bool = False
    reach: Reach | None = None
    migrate_to: int | None = None


_FORBIDDEN = {
    "blocked by the user": Reach.BLOCKED,
    "deactivated": Reach.DEACTIVATED,
    "kicked": Reach.KICKED,
    "not a member": Reach.KICKED,
    "can't initiate": Reach.NEVER_STARTED,
}

_NOT_EDITABLE = ("message to edit not found", "message can't be edited", "message_id_invalid")

_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")

# A text cannot become a voice note, a picture no text.
_OTHER_SHAPE = ("there is no text in", "there is no caption in", "there is no media in")

_UNFIT = (
    "wrong file", "wrong remote file", "file of type", "file_reference", "media_empty", "media_invalid",
    "photo_", "image_process_failed", "document_invalid", "file is too big", "file must be non-empty",
)  # fmt: skip


def decide(error: Exception, repeat: bool, attempts: int, most: int) -> RetryDecision:
    """The decision on a failed send. `repeat`: it may come twice, `attempts`: tries before this one, `most`:
    when to give up."""
    if isinstance(error, NotSent):
        return RetryDecision(OutboxState.PENDING, stop=True)
    if isinstance(error, Odd) and error.taken:
        # It is done, only nobody knows as what.
        return RetryDecision(OutboxState.UNKNOWN, tried=True)
    if isinstance(error, Unsure):
        return _unsure(repeat, attempts, most)
    if isinstance(error, Declined):
        return _declined(error)
    return RetryDecision(OutboxState.FAILED, tried=True)


def _unsure(repeat: bool, attempts: int, most: int) -> RetryDecision:
    if not repeat:
        return RetryDecision(OutboxState.UNKNOWN, tried=True)
    if attempts + 1 >= most:
        return RetryDecision(OutboxState.FAILED, tried=True)
    return RetryDecision(OutboxState.PENDING, tried=True, pause=min(2.0 ** min(attempts, 6), 60))


def _declined(error: Declined) -> RetryDecision:
    words = error.description.lower()
    if error.code == 429:
        return RetryDecision(OutboxState.PENDING, pause=error.retry_after or 1, limited=True)
    if error.code in (401, 404, 409):
        return RetryDecision(OutboxState.PENDING, stop=True)
    if error.migrate_to:
        return RetryDecision(OutboxState.PENDING, migrate_to=error.migrate_to)
    if error.code == 403:
        return RetryDecision(OutboxState.FAILED, reach=_reach(words))
    if "not modified" in words:
        return RetryDecision(OutboxState.SENT)
    if "can't parse" in words:
        return RetryDecision(OutboxState.FAILED, plain=True)
    if any(phrase in words for phrase in _NO_TOPIC):
        return RetryDecision(OutboxState.FAILED, no_topic=True)
    if any(phrase in words for phrase in _NOT_EDITABLE):
        return RetryDecision(OutboxState.FAILED, anew=True)
    if any(phrase in words for phrase in _OTHER_SHAPE):
        return RetryDecision(OutboxState.FAILED, anew=True, replace=True)
    if error.code == 413 or any(phrase in words for phrase in _UNFIT):
        return RetryDecision(OutboxState.FAILED, unfit=True)
    if "chat not found" in words:
        return RetryDecision(OutboxState.FAILED, reach=Reach.NEVER_STARTED)
    return RetryDecision(OutboxState.FAILED)


def _reach(words: str) -> Reach:
    return next((reach for phrase, reach in _FORBIDDEN.items() if phrase in words), Reach.BLOCKED)
