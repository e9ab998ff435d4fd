"""What is said about residents' requests, as facts."""

from dataclasses import dataclass
from datetime import datetime

from bot.features.cases import notices as cases
from bot.features.cases.notices import Family
from bot.outbox.notices import Notice

REQUESTS = Family("R", "request", "rq", "rb", done="done", look="ask", list_words=("诉求清单", "诉求台账"))


class OfRequest:
    """It is about requests."""

    __slots__ = ()
    family = REQUESTS


class ByRequestId(OfRequest):
    """It names one by `request_id`."""

    __slots__ = ()
    request_id: int

    @property
    def case_id(self) -> int:
        """Its number in its table."""
        return self.request_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMoved(ByRequestId, cases.CaseMoved):
    """What stands where a request's living message was."""

    kind = "request.moved"
    request_id: int


@dataclass(frozen=True, slots=True)
class RequestUndone(cases.CaseUndone):
    """It was taken back."""

    kind = "request.undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReceipt(ByRequestId, cases.CaseReceipt):
    """What whoever acted is answered; `self`: who registered it, the reader."""

    request_id: int
    mode: str = ""
    state: str = ""
    registrar: str = ""
    self: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSent(RequestReceipt):
    """It has a number, and these know of it."""

    kind = "request.sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAssigned(RequestReceipt):
    """Who has it now, or who is on it besides (`joint`)."""

    kind = "request.assigned"
    to: str = ""
    joint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestToldDone(RequestReceipt):
    """It is done; these ask the resident."""

    kind = "request.told_done"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestToldStuck(RequestReceipt):
    """It does not get on; `more`: time was asked for, else somebody else."""

    kind = "request.told_stuck"
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestToldAnswer(RequestReceipt):
    """What the resident says."""

    kind = "request.told_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestVoice(ByRequestId, cases.CaseVoice):
    """A voice note."""

    kind = "request.voice"
    request_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestHistory(ByRequestId, cases.CaseHistory):
    """What happened so far."""

    kind = "request.history"
    request_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine(OfRequest, cases.CaseLine):
    """A request as a list tells it; `named`: who has it, where the list tells that."""

    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestWaiting(OfRequest, cases.CaseWaiting):
    """What is the reader's to see to, or to ask about."""

    kind = "request.waiting"
    rows: tuple[RequestLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRequest(ByRequestId, cases.LateCase):
    """A request that nobody sees to."""

    request_id: int
    registrar: str

    @property
    def unseen(self) -> tuple[str, str]:
        """It is done, and nobody has asked the resident."""
        return "request-late-unasked", self.registrar


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSoon(OfRequest, cases.CasesSoon):
    """What is due soon."""

    kind = "request.soon"
    rows: tuple[LateRequest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLate(OfRequest, cases.CasesLate):
    """What nobody has seen to."""

    kind = "request.late_own"
    rows: tuple[LateRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestCard(Notice):
    """A request's living message; how it stands is read when it is sent."""

    kind = "request.card"
    request_id: int


@dataclass(frozen=True, slots=True)
class OwnRequestCard(RequestCard):
    """The same for who acts just now."""

    kind = "request.card_own"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestShown(ByRequestId, cases.CaseShown):
    """A request as its living message shows it; `own`: the reader registered it. The contact is masked."""

    request_id: int
    mode: str
    household: int | None = None
    registrar: str
    registered_at: datetime
    doer: str | None = None
    done_at: datetime | None = None
    answer: str = ""
    asker: str | None = None
    repeats: int
    contact: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBoard(OfRequest, cases.CaseBoard):
    """A page of a list."""

    kind = "request.board"
    rows: tuple[RequestLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBoardAreas(OfRequest, cases.CaseBoardAreas):
    """A list area by area."""

    kind = "request.board_areas"
