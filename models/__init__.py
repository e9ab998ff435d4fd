"""Tables, one file a noun; importing this package knows them all."""

from models import triggers
from models.area import Area, AreaKind, subtree_end
from models.attachment import Attachment
from models.audit import AuditEntry
from models.burden import Burden, BurdenKind, BurdenPerson
from models.call import Asked, Call, CallContent, CallRecipient, CallState
from models.card import Card
from models.checkin import (
    CheckIn,
    ClosedBy,
    Correction,
    CorrectionKind,
    Evidence,
    PlaceGrade,
    PresencePoint,
    Punctuality,
)
from models.daily_worker import DailyWorker
from models.export import ExportRequest, ExportState
from models.feedback import Feedback
from models.form import Draft
from models.group import BoundGroup
from models.handover import (
    Handover,
    HandoverState,
    HandoverThing,
    MatterKind,
    OpenItem,
    PostThing,
    ThingState,
)
from models.hazard import (
    Hazard,
    HazardAssignee,
    HazardCount,
    HazardEvent,
    HazardPhoto,
    HazardState,
    HazardStep,
    PhotoOf,
    Severity,
)
from models.household import (
    HouseholdCluster,
    HouseholdDay,
    HouseholdMark,
    HouseholdMarkKind,
    HouseholdOutcome,
)
from models.inbox import InboxRow, InboxState
from models.invite import Invite, JoinAttempt, RequestState, SecondAccountRequest, code_hash
from models.ladder import Ladder, LadderOutcome, LadderState, LadderStep
from models.ledger import Dispute, EntryKind, Merit
from models.marker import Marker
from models.nudge import Nudge, ReportKind
from models.outbox import UNSETTLED, OutboxRow, OutboxState, OutboxVerb
from models.patrol import (
    Checkpoint,
    CheckpointVisit,
    MarkHow,
    Patrol,
    PatrolAnswer,
    PatrolPage,
    PatrolPoint,
    PatrolSection,
    PatrolState,
    voices_of,
)
from models.person import Account, Person, Reach, Role, RoleName
from models.photo import Photo, PhotoBand, PhotoState
from models.post import DefenceLine, PersonPost, Post
from models.resident_request import (
    RequestMode,
    RequestStage,
    RequestStep,
    ResidentAnswer,
    ResidentRequest,
    ResidentRequestAssignee,
    ResidentRequestCount,
    ResidentRequestEvent,
)
from models.rollup import Rollup, Touched
from models.rotation import Pattern, Rotation, RotationMember
from models.said import Appeal, Said
from models.shift import LONGEST_SHIFT, AwayKind, MemberState, Shift, ShiftMember
from models.slot import Slot, SlotState
from models.swap import Swap, SwapOffer, SwapState
from models.timetable import Timetable
