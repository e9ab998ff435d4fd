"""What is said on the way in, and to those who let a second account in."""

from bot.features.ledger.views.own_record import roles_named
from bot.features.people import notices
from bot.views.base import Key, Message, Reader
from bot.views.keyboards import main_keyboard


def contact_asked(told: notices.JoinContactAsked, to: Reader) -> Message:
    """One tap to go: the own contact."""
    key = Key(to.tr.plain("join-contact-key"), contact=True)
    return Message(to.tr("join-contact-asked", name=told.name, key=key.text), keyboard=((key,),))


def contact_not_own(told: notices.JoinContactNotOwn, to: Reader) -> Message:
    """Somebody else's contact, or a forwarded one; the key is offered again."""
    key = Key(to.tr.plain("join-contact-key"), contact=True)
    return Message(to.tr("join-contact-not-own", key=key.text), keyboard=((key,),))


def welcome(told: notices.JoinWelcome, to: Reader) -> Message:
    """Who the person is here, what the keys do, what is kept and where to see it."""
    return Message("\n".join(_welcome(told, to)), keyboard=main_keyboard(to.tr, told))


def greeting(told: notices.JoinGreeting, to: Reader) -> Message:
    """The bot opened once more."""
    text = to.tr("join-greeting", name=told.name, area=told.area, role=roles_named(told.roles, to))
    return Message(text, keyboard=main_keyboard(to.tr, told))


def already(told: notices.JoinAlready, to: Reader) -> Message:
    """The own link opened once more."""
    return Message(to.tr("join-already", name=told.name), keyboard=main_keyboard(to.tr, told))


def second_account_waiting(told: notices.JoinSecondAccountWaiting, to: Reader) -> Message:
    """The person uses another account already; somebody has been asked."""
    if told.held_until:
        text = to.tr("join-second-held", name=told.name, time=to.time(told.held_until))
    else:
        text = to.tr("join-second-waiting", name=told.name)
    return Message(text, remove_keyboard=True)


def second_account_asked(told: notices.JoinSecondAccountAsked, to: Reader) -> Message:
    """For those who decide: the question, or what was answered and by whom."""
    asked = to.tr(
        "join-second-asked", name=told.name, area=told.area, account=told.account,
        time=to.time(told.asked_at),
    )  # fmt: skip
    if told.state != "asked":
        return Message(asked + "\n" + to.tr(f"join-second-{told.state}-by", by=told.by))
    yes = to.button("join-second-yes", f"second:yes:{told.request_id}")
    no = to.button("join-second-no", f"second:no:{told.request_id}")
    return Message(asked + "\n" + to.tr("join-second-advice"), buttons=((yes, no),))


def second_account_decided(told: notices.JoinSecondAccountDecided, to: Reader) -> Message:
    """For the one who waited."""
    if not told.approved:
        return Message(to.tr("join-second-refused", by=told.by))
    text = "\n".join([to.tr("join-second-approved", by=told.by), *_welcome(told, to)])
    return Message(text, keyboard=main_keyboard(to.tr, told))


def _welcome(told: notices.Greeted, to: Reader) -> list[str]:
    role = roles_named(told.roles, to)
    lines = [to.tr("join-welcome", name=told.name, area=told.area, role=role)]
    if told.on_duty:
        keys = {"arrive": to.tr.plain("key-check-in"), "leave": to.tr.plain("key-check-out")}
        lines.append(to.tr("join-welcome-keys", **keys))
    elif told.heads:
        lines.append(to.tr("join-welcome-heads", key=to.tr.plain("key-all-well")))
    else:
        lines.append(to.tr("join-welcome-no-duty"))
    if told.on_duty and told.place:
        lines.append(to.tr("join-welcome-kept-place", days=str(told.days)))
    else:
        lines.append(to.tr("join-welcome-kept"))
    return lines
