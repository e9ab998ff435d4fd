"""What is kept about a person, table by table: a line a thing, for `/mydata`."""

from collections.abc import Iterable

from sqlalchemy import and_, func, select
from sqlmodel import Session, SQLModel, col

from bot.access import audit, labels
from bot.access.own_data import Line, OwnData, Source, line
from bot.features.attendance import missing_reports
from bot.features.escalation import mydata as escalation_mydata
from bot.features.figures import daily_workers
from bot.features.handover import mydata as handover_mydata
from bot.features.hazards import mydata as hazard_mydata
from bot.features.households import daily_answer
from bot.features.ledger import commendations, disputes
from bot.features.patrols import mydata as patrol_mydata
from bot.features.people import accounts, groups
from bot.features.privacy.duty_sources import DUTY
from bot.features.requests import mydata as request_mydata
from bot.features.safety import appeals
from bot.photos import mydata as photo_mydata
from models import (
    Account,
    Appeal,
    Area,
    AuditEntry,
    BoundGroup,
    BurdenPerson,
    Card,
    DailyWorker,
    Dispute,
    Draft,
    ExportRequest,
    Feedback,
    Handover,
    HouseholdCluster,
    HouseholdDay,
    HouseholdMark,
    InboxRow,
    Invite,
    Ladder,
    LadderStep,
    Merit,
    Nudge,
    OpenItem,
    OutboxRow,
    Person,
    PersonPost,
    Photo,
    Post,
    Role,
    Said,
    SecondAccountRequest,  # fmt: skip
)


def _person(own: OwnData) -> Iterable[Line]:
    person, area = own.session.execute(
        select(Person, col(Area.name)).join(Area, col(Area.id) == Person.area_id)
        .where(col(Person.id) == own.actor.person_id)
    ).one()  # fmt: skip
    phone = accounts.masked(person.phone) if person.phone else "–"
    yield line("head-person")
    yield line("person", name=person.name, code=person.code, area=area, phone=phone)
    if person.titles:
        yield line("titles", titles=person.titles)
    roles = select(col(Role.role), col(Area.name)).join(Area, col(Area.id) == Role.area_id)
    for role, held_in in own.session.execute(roles.where(col(Role.person_id) == own.actor.person_id)):
        yield line("role", keys={"role": f"role-{role.replace('_', '-')}"}, area=held_in)
    posts = select(col(Post.name)).join(PersonPost, col(PersonPost.post_id) == Post.id)
    for name in own.session.execute(posts.where(col(PersonPost.person_id) == own.actor.person_id)).scalars():
        yield line("post", post=name)
    table = HouseholdCluster
    clusters = select(col(table.count), col(Area.name)).join(Area, col(Area.id) == table.area_id)
    for count, held_in in own.session.execute(clusters.where(col(table.head_id) == own.actor.person_id)):
        yield line("households", count=count, area=held_in)


def _accounts(own: OwnData) -> Iterable[Line]:
    yield line("head-accounts")
    mine = select(Account).where(col(Account.person_id) == own.actor.person_id).order_by(col(Account.id))
    for account in own.session.execute(mine).scalars():
        yield line(
            "account", {"joined": account.joined_at}, {"reach": f"reach-{account.reach.replace('_', '-')}"},
            account=accounts.masked(account.user_id),
        )  # fmt: skip
    invites = select(Invite).where(col(Invite.person_id) == own.actor.person_id).order_by(col(Invite.id))
    for invite in own.session.execute(invites).scalars():
        state = "revoked" if invite.revoked_at else "used" if invite.used_at else "open"
        yield line("invite", {"made": invite.created_at}, {"state": f"invite-{state}"})
    table = SecondAccountRequest
    asked = select(table).where(col(table.person_id) == own.actor.person_id).order_by(col(table.id))
    for request in own.session.execute(asked).scalars():
        yield line(
            "second-account", {"asked": request.asked_at}, {"state": f"state-{request.state}"},
            account=accounts.masked(request.user_id),
        )  # fmt: skip


def _words(own: OwnData) -> Iterable[Line]:
    """Feedback, and forms not yet finished."""
    said = select(Feedback).where(col(Feedback.person_id) == own.actor.person_id).order_by(col(Feedback.id))
    for number, row in enumerate(own.session.execute(said).scalars()):
        if not number:
            yield line("head-feedback")
        yield line("feedback", {"at": row.at}, said=row.words or "🎤")
    drafts = select(Draft).where(col(Draft.person_id) == own.actor.person_id).order_by(col(Draft.id))
    for draft in own.session.execute(drafts).scalars():
        yield line("draft", {"at": draft.started_at}, form=draft.form)


def _messages(own: OwnData) -> Iterable[Line]:
    yield line("head-messages")
    # Not counted: that would look through what everybody has sent.
    yield line("received", days=own.payload_days)
    kept = [
        own.session.execute(
            select(func.count())
            .select_from(Account)
            .join(box, and_(col(box.bot) == Account.bot, col(box.chat_id) == Account.chat_id))
            .where(col(Account.person_id) == own.actor.person_id)
        ).scalar_one()
        for box in (OutboxRow, Card)
    ]
    yield line("sent", count=sum(kept))


def _audit(own: OwnData) -> Iterable[Line]:
    """Who else did or saw something of this person's, added up; and how much the person did."""
    me = str(own.actor.person_id)
    by_whom = audit.acts_of_others(own.session, own.actor)
    names = _names(own.session, [who for who, *_ in by_whom if who.isdigit()])
    yield line("head-audit")
    for who, action, count, last in by_whom:
        keys = {} if who in names else {"by": f"actor-{who}"}
        keys["act"] = f"act-{action.replace('.', '-').replace('_', '-')}"
        words = {"by": names[who]} if who in names else {}
        yield line("seen", {"last": last}, keys, count=count, **words)
    if not by_whom:
        yield line("unseen")
    done = select(func.count()).where(col(AuditEntry.actor) == me)
    if acts := own.session.execute(done).scalar_one():
        yield line("own-acts", count=acts)


def _names(session: Session, person_ids: list[str]) -> dict[str, str]:
    told = labels.of(session, [int(number) for number in person_ids], labels.MOST_IN_LIST)
    return {str(number): name for number, name in told.items()}


# Every table with something about a person stands here: a test sees to that.
SOURCES: tuple[tuple[tuple[type[SQLModel], ...], Source], ...] = (
    ((Person, Role, PersonPost, HouseholdCluster), _person),
    ((Account, Invite, SecondAccountRequest), _accounts),
    *DUTY,
    ((Photo,), photo_mydata.lines),
    (patrol_mydata.TABLES, patrol_mydata.lines),
    (hazard_mydata.TABLES, hazard_mydata.lines),
    (request_mydata.TABLES, request_mydata.lines),
    ((Ladder, LadderStep), escalation_mydata.lines),
    ((Handover, OpenItem), handover_mydata.lines),
    ((HouseholdDay, HouseholdMark), daily_answer.lines),
    ((DailyWorker,), daily_workers.lines),
    ((Nudge,), missing_reports.lines),
    ((Merit,), commendations.lines),
    ((Dispute,), disputes.lines),
    ((BoundGroup,), groups.lines),
    ((Feedback, Draft), _words),
    ((Said, Appeal), appeals.lines),
    ((InboxRow, OutboxRow, Card, BurdenPerson, ExportRequest), _messages),
    ((AuditEntry,), _audit),
)
