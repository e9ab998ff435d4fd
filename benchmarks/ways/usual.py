"""The usual way: python-telegram-bot with its own client, a SQLModel session and a commit per handler."""

import sys
from datetime import timedelta

from sqlalchemy import Engine, event
from sqlmodel import Session, col, create_engine, select
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.base.clock import clock
from bot.features.duty.grading import DutySpot, Place, grade_arrival, grade_place
from bot.settings import Settings
from bot.settings.work_day import work_day
from models import Account, Area, CheckIn, Person, PersonPost, Post, Shift, ShiftMember

SETTINGS = Settings()


def engine_of(url: str) -> Engine:
    """As a tutorial would, with the same durability as ours."""
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def durable(connection: object, _: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]
        connection.execute("PRAGMA synchronous=FULL")  # type: ignore[attr-defined]

    return engine


async def check_in(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Authenticate, find post and shift, insert, commit, reply."""
    message, user = update.message, update.effective_user
    assert message
    assert message.location
    assert user
    at, location = message.date, message.location
    with Session(context.bot_data["engine"]) as session:
        account = session.exec(select(Account).where(Account.user_id == user.id)).one()
        person = session.get_one(Person, account.person_id)
        area = session.get_one(Area, person.area_id)
        open_ = session.exec(
            select(CheckIn).where(CheckIn.person_id == person.id, col(CheckIn.out_at).is_(None))
        ).first()
        shift = session.exec(
            select(Shift)
            .join(ShiftMember)
            .where(ShiftMember.person_id == person.id, Shift.starts_at <= at, Shift.ends_at > at)
        ).first()
        posts = session.exec(select(Post).join(PersonPost).where(PersonPost.person_id == person.id)).all()
        place = Place(location.latitude, location.longitude, location.horizontal_accuracy)
        spots = [DutySpot(p.name, p.latitude or 0, p.longitude or 0, p.radius or 200, p.id) for p in posts]
        verdict = grade_place(place, spots, SETTINGS.checkin)
        if open_ is None:
            time = grade_arrival(shift.starts_at, at, 5) if shift else None
            session.add(
                CheckIn(
                    person_id=person.id or 0, area_id=area.id or 0, shift_id=shift.id if shift else None,
                    duty_type="border", work_day=work_day(at, SETTINGS.work), in_at=at,
                    close_at=at + timedelta(hours=16), place_grade=verdict.grade, distance=verdict.distance,
                    late_minutes=time.minutes if time else 0,
                )
            )  # fmt: skip
            session.commit()
        text = f"✅ 已上岗 {at:%H:%M}\n{shift.code if shift else ''}\n{verdict.grade}"
    await message.reply_text(text)


def main() -> None:
    """url base_url token"""
    url, base_url, token = sys.argv[1:4]
    clock.now()
    app: Application = ApplicationBuilder().token(token).base_url(base_url).build()  # type: ignore[type-arg]
    app.bot_data["engine"] = engine_of(url)
    app.add_handler(MessageHandler(filters.LOCATION, check_in))
    app.run_polling(stop_signals=None)


if __name__ == "__main__":
    main()
