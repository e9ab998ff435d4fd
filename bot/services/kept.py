"""What is kept about a person, table by table: a line a thing, for `/mydata`."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, func, select
from sqlmodel import Session, SQLModel, col

from bot import audit
from bot.access import Actor
from bot.notices import Facts
from bot.services import (
    accounts,
    disputes,
    groups,
    households,
    merits,
    own_handovers,
    own_hazards,
    own_ladders,
    own_patrols,
    own_photos,
    shifts,
    silent,
    swapping,
)
from models import (
    Account,
    Area,
    AuditEntry,
    BoundGroup,
    BurdenPerson,
    Card,
    CheckIn,
    ClosedBy,
    Correction,
    Dispute,
    Draft,
    Evidence,
    ExportRequest,
    Feedback,
    Handover,
    HandoverMatter,
    HouseholdCluster,
    HouseholdDay,
    HouseholdMark,
    InboxRow,
    Invite,
    Ladder,
    LadderStep,
    Merit,
    Nudge,
    OutboxRow,
    Person,
    PersonPost,
    Photo,
    PlaceGrade,
    Post,
    PresencePoint,
    Punctuality,
    Role,
    Rotation,
    RotationMember,
    SecondAccountRequest,
    Shift,
    ShiftMember,
    Swap,
    SwapOffer,
)  # fmt: skip

# How many of the newest places are told one by one.
PLACES = 20

Source = Callable[[Session, Actor, Facts], Iterable[Facts]]


def _line(what: str, times: Facts | None = None, keys: Facts | None = None, **words: Any) -> Facts:
    """A line: its sentence, and what fills it. Times are moments; keys name texts to be translated."""
    told = {name: str(word) for name, word in words.items()}
    return {"what": what, "words": told, "times": times or {}, "keys": keys or {}}


def _person(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    person, area = session.execute(
        select(Person, col(Area.name)).join(Area, col(Area.id) == Person.area_id)
        .where(col(Person.id) == actor.person_id)
    ).one()  # fmt: skip
    phone = accounts.masked(person.phone) if person.phone else "–"
    yield _line("head-person")
    yield _line("person", name=person.name, code=person.code, area=area, phone=phone)
    if person.titles:
        yield _line("titles", titles=person.titles)
    roles = select(col(Role.role), col(Area.name)).join(Area, col(Area.id) == Role.area_id)
    for role, held_in in session.execute(roles.where(col(Role.person_id) == actor.person_id)):
        yield _line("role", keys={"role": f"role-{role.replace('_', '-')}"}, area=held_in)
    posts = select(col(Post.name)).join(PersonPost, col(PersonPost.post_id) == Post.id)
    for name in session.execute(posts.where(col(PersonPost.person_id) == actor.person_id)).scalars():
        yield _line("post", post=name)
    table = HouseholdCluster
    clusters = select(col(table.count), col(Area.name)).join(Area, col(Area.id) == table.area_id)
    for count, held_in in session.execute(clusters.where(col(table.head_id) == actor.person_id)):
        yield _line("households", count=count, area=held_in)


def _shifts(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    count, first, last = session.execute(
        select(func.count(), func.min(col(Shift.starts_at)), func.max(col(Shift.ends_at)))
        .join(ShiftMember, col(ShiftMember.shift_id) == Shift.id)
        .where(col(ShiftMember.person_id) == actor.person_id)
    ).one()
    if count:
        yield _line("shifts", {"first": first, "last": last}, count=count)
    for what, words in shifts.kept(session, actor):
        yield _line(what, **words)


def _accounts(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    yield _line("head-accounts")
    own = select(Account).where(col(Account.person_id) == actor.person_id).order_by(col(Account.id))
    for account in session.execute(own).scalars():
        yield _line(
            "account", {"joined": account.joined_at}, {"reach": f"reach-{account.reach.replace('_', '-')}"},
            account=accounts.masked(account.user_id),
        )  # fmt: skip
    invites = select(Invite).where(col(Invite.person_id) == actor.person_id).order_by(col(Invite.id))
    for invite in session.execute(invites).scalars():
        state = "revoked" if invite.revoked_at else "used" if invite.used_at else "open"
        yield _line("invite", {"made": invite.created_at}, {"state": f"invite-{state}"})
    table = SecondAccountRequest
    asked = select(table).where(col(table.person_id) == actor.person_id).order_by(col(table.id))
    for request in session.execute(asked).scalars():
        yield _line(
            "second-account", {"asked": request.asked_at}, {"state": f"state-{request.state}"},
            account=accounts.masked(request.user_id),
        )  # fmt: skip


def _checkins(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    mine = col(CheckIn.person_id) == actor.person_id
    count, first, last = session.execute(
        select(func.count(), func.min(col(CheckIn.in_at)), func.max(col(CheckIn.in_at))).where(mine)
    ).one()
    yield _line("head-duty")
    if not count:
        yield _line("no-checkins")
        return
    yield _line("checkins", {"first": first, "last": last}, count=count)
    marks = {
        "late": col(CheckIn.in_punctuality) == Punctuality.LATE,
        "left-early": col(CheckIn.out_punctuality) == Punctuality.LEFT_EARLY,
        "off-site": col(CheckIn.place_grade) == PlaceGrade.OFF_SITE,
        "forwarded": col(CheckIn.evidence) == Evidence.FORWARDED,
        "too-fast": col(CheckIn.too_fast).is_(True),
        "closed": col(CheckIn.closed_by) == ClosedBy.SYSTEM,
        "made-by-other": col(CheckIn.made_by).is_not(None),
    }
    counted = select(*(func.count().filter(is_so) for is_so in marks.values())).where(mine)
    for name, marked in zip(marks, session.execute(counted).one(), strict=True):
        if marked:
            yield _line("mark", keys={"mark": f"mark-{name}"}, count=marked)


def _places(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    """Raw points: those of check-ins and the further ones."""
    point, record = PresencePoint, CheckIn
    further = select(col(point.at), col(point.latitude), col(point.longitude), col(point.accuracy)).where(
        col(point.person_id) == actor.person_id
    )
    first = select(
        col(record.in_at), col(record.latitude), col(record.longitude), col(record.accuracy)
    ).where(col(record.person_id) == actor.person_id, col(record.latitude).is_not(None))
    kept = further.union_all(first).subquery()
    count, oldest, newest = session.execute(
        select(func.count(), func.min(kept.c.at), func.max(kept.c.at))
    ).one()
    if not count:
        return
    goes = oldest + timedelta(days=known["location_days"])
    yield _line(
        "places", {"first": oldest, "last": newest, "goes": goes}, count=count, days=known["location_days"]
    )
    if count > PLACES:
        yield _line("places-newest", count=PLACES)
    for at, latitude, longitude, accuracy in session.execute(
        select(kept).order_by(kept.c.at.desc()).limit(PLACES)
    ):
        exact = "–" if accuracy is None else f"{accuracy:.0f}"
        yield _line("place", {"at": at}, place=f"{latitude:.5f}, {longitude:.5f}", accuracy=exact)


def _corrections(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    rows = session.execute(
        select(Correction, col(Person.name))
        .join(Person, col(Person.id) == Correction.decided_by, isouter=True)
        .where(col(Correction.person_id) == actor.person_id)
        .order_by(col(Correction.asked_at).desc())
    )
    for number, (row, by) in enumerate(rows):
        if not number:
            yield _line("head-corrections")
        keys = {"kind": f"correction-kind-{row.kind.replace('_', '-')}", "state": f"state-{row.state}"}
        yield _line(
            "correction", {"happened": row.happened_at}, keys, by=by or "–",
            reason=row.reason or ("🎤" if row.reason_voice else "–"),
        )  # fmt: skip


def _swaps(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    for number, (part, row) in enumerate(swapping.kept(session, actor)):
        if not number:
            yield _line("head-swaps")
        keys = {"part": f"swap-part-{part}", "state": f"swap-state-{row.state}"}
        yield _line("swap", {"asked": row.asked_at, "start": row.starts_at}, keys)


def _households(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    for what, words in households.kept(session, actor):
        yield _line(what, **words)


def _nudges(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    for what, words in silent.kept(session, actor):
        yield _line(what, **words)


def _ledger(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    for what, words in (*merits.kept(session, actor), *disputes.kept(session, actor)):
        yield _line(what, **words)


def _words(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    """Feedback, and forms not yet finished."""
    said = select(Feedback).where(col(Feedback.person_id) == actor.person_id).order_by(col(Feedback.id))
    for number, row in enumerate(session.execute(said).scalars()):
        if not number:
            yield _line("head-feedback")
        yield _line("feedback", {"at": row.at}, said=row.words or "🎤")
    drafts = select(Draft).where(col(Draft.person_id) == actor.person_id).order_by(col(Draft.id))
    for draft in session.execute(drafts).scalars():
        yield _line("draft", {"at": draft.started_at}, form=draft.form)


def _messages(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    yield _line("head-messages")
    # Not counted: that would look through what everybody has sent.
    yield _line("received", days=known["payload_days"])
    kept = [
        session.execute(
            select(func.count())
            .select_from(Account)
            .join(box, and_(col(box.bot) == Account.bot, col(box.chat_id) == Account.chat_id))
            .where(col(Account.person_id) == actor.person_id)
        ).scalar_one()
        for box in (OutboxRow, Card)
    ]
    yield _line("sent", count=sum(kept))


def _audit(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    """Who else did or saw something of this person's, added up; and how much the person did."""
    me = str(actor.person_id)
    by_whom = audit.acts_of_others(session, actor)
    names = _names(session, [who for who, *_ in by_whom if who.isdigit()])
    yield _line("head-audit")
    for who, action, count, last in by_whom:
        keys = {} if who in names else {"by": f"actor-{who}"}
        keys["act"] = f"act-{action.replace('.', '-').replace('_', '-')}"
        words = {"by": names[who]} if who in names else {}
        yield _line("seen", {"last": last}, keys, count=count, **words)
    if not by_whom:
        yield _line("unseen")
    own = select(func.count()).where(col(AuditEntry.actor) == me)
    if acts := session.execute(own).scalar_one():
        yield _line("own-acts", count=acts)


def _names(session: Session, person_ids: list[str]) -> dict[str, str]:
    found = select(col(Person.id), col(Person.name)).where(col(Person.id).in_([int(i) for i in person_ids]))
    return {str(person_id): name for person_id, name in session.execute(found)}


# Every table with something about a person stands here: a test sees to that.
SOURCES: tuple[tuple[tuple[type[SQLModel], ...], Source], ...] = (
    ((Person, Role, PersonPost, HouseholdCluster), _person),
    ((ShiftMember, RotationMember, Rotation), _shifts),
    ((Account, Invite, SecondAccountRequest), _accounts),
    ((CheckIn,), _checkins),
    ((PresencePoint,), _places),
    ((Photo,), own_photos.lines),
    (own_patrols.TABLES, own_patrols.lines),
    (own_hazards.TABLES, own_hazards.lines),
    ((Ladder, LadderStep), own_ladders.lines),
    ((Correction,), _corrections),
    ((Swap, SwapOffer), _swaps),
    ((Handover, HandoverMatter), own_handovers.lines),
    ((HouseholdDay, HouseholdMark), _households),
    ((Nudge,), _nudges),
    ((Merit, Dispute), _ledger),
    ((BoundGroup,), groups.lines),
    ((Feedback, Draft), _words),
    ((InboxRow, OutboxRow, Card, BurdenPerson, ExportRequest), _messages),
    ((AuditEntry,), _audit),
)
