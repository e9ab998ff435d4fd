"""What is said about residents' requests, as facts."""

from datetime import datetime

from bot.base.facts import Struct
from bot.features.cases import notices as cases
from bot.features.cases.notices import Family
from bot.outbox.notices import MayAnswer

REQUESTS = Family("R", "request", "rq", "rb", done="done", look="ask", list_words=("诉求清单", "诉求台账"))


class OfRequest:
    """It is about requests."""

    __slots__ = ()
    family = REQUESTS


class ByRequestId(OfRequest, Struct, kw_only=True):
    """It names one by `request_id`."""

    request_id: int

    @property
    def case_id(self) -> int:
        """Its number in its table."""
        return self.request_id


class RequestMoved(ByRequestId, cases.CaseMoved, kind="request.moved", kw_only=True):
    """What stands where a request's living message was."""


class RequestUndone(cases.CaseUndone, kind="request.undone"):
    """It was taken back."""


class RequestReceipt(ByRequestId, cases.CaseReceipt, kw_only=True):
    """What whoever acted is answered; `self`: who registered it, the reader."""

    mode: str = ""
    state: str = ""
    registrar: str = ""
    self: bool = False
    answer: str = ""


class RequestSent(RequestReceipt, kind="request.sent", kw_only=True):
    """It has a number, and these know of it."""


class RequestAssigned(RequestReceipt, cases.CaseAssigned, kind="request.assigned", kw_only=True):
    """Somebody is to see to it."""


class RequestToldDone(RequestReceipt, kind="request.told_done", kw_only=True):
    """It is done; these ask the resident."""


class RequestToldStuck(RequestReceipt, kind="request.told_stuck", kw_only=True):
    """It does not get on; `more`: time was asked for, else somebody else."""

    more: bool = False


class RequestToldAnswer(RequestReceipt, kind="request.told_answer", kw_only=True):
    """What the resident says."""


class RequestVoice(ByRequestId, cases.CaseVoice, kind="request.voice", kw_only=True):
    """A voice note."""


class RequestHistory(ByRequestId, cases.CaseHistory, kind="request.history", kw_only=True):
    """What happened so far."""

    request_id: int = 0


class RequestLine(OfRequest, cases.CaseLine, kw_only=True):
    """A request as a list tells it; `named`: who has it, where the list tells that."""

    named: tuple[str, ...] = ()


class RequestWaiting(OfRequest, cases.CaseWaiting, kind="request.waiting"):
    """What is the reader's to see to, or to ask about."""

    rows: tuple[RequestLine, ...]


class LateRequest(ByRequestId, cases.LateCase, kw_only=True):
    """A request that nobody sees to."""

    registrar: str

    @property
    def unseen(self) -> tuple[str, str]:
        """It is done, and nobody has asked the resident."""
        return "request-late-unasked", self.registrar


class RequestSoon(OfRequest, cases.CasesSoon, kind="request.soon", kw_only=True):
    """What is due soon."""

    rows: tuple[LateRequest, ...] = ()


class RequestLate(OfRequest, cases.CasesLate, kind="request.late_own", kw_only=True):
    """What nobody has seen to."""

    rows: tuple[LateRequest, ...] = ()


class RequestCard(MayAnswer, kind="request.card"):
    """A request's living message; how it stands is read when it is sent."""

    request_id: int


class RequestShown(ByRequestId, cases.CaseShown, kw_only=True):
    """A request as its living message shows it; `own`: the reader registered it. The contact is masked."""

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


class RequestBoard(OfRequest, cases.CaseBoard, kind="request.board", kw_only=True):
    """A page of a list."""

    rows: tuple[RequestLine, ...]


class RequestBoardAreas(OfRequest, cases.CaseBoardAreas, kind="request.board_areas", kw_only=True):
    """A list area by area."""
