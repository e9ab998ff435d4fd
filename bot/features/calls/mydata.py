"""What is kept about a person in calls: which ones they got, and what they answered."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import col

from bot import access
from bot.access import self_of
from bot.access.own_data import Line, OwnData, line
from bot.base.facts import read_as
from bot.features.calls.repository import Choice
from models import Call, CallRecipient


def lines(data: OwnData) -> Iterable[Line]:
    """For `/mydata`: the calls that were for the actor, the newest first, each with the answer."""
    access.require(data.actor, "person.read_own", self_of(data.actor))
    chinese = data.actor.locale == "zh_CN"
    rows = data.session.execute(
        select(Call, CallRecipient)
        .join(CallRecipient, col(CallRecipient.call_id) == col(Call.id))
        .where(col(CallRecipient.person_id) == data.actor.person_id)
        .order_by(col(Call.id).desc())
    )
    for number, (call, mine) in enumerate(rows):
        if not number:
            yield line("head-calls")
        offered = {each.code: each for each in read_as(list[Choice], call.choices)}
        chosen = offered.get(mine.choice or "")
        said = [(chosen.zh_CN if chinese else chosen.en) if chosen else "✓" if mine.choice else ""]
        said += [str(mine.number) if mine.number is not None else "", mine.words, "🎤" if mine.voice else ""]
        answer = " ".join(each for each in said if each) or "–"
        yield line(
            "call", {"at": call.send_at or call.made_at}, name=call.label[data.actor.locale], answer=answer
        )
