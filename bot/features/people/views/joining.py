"""What is said on the way in, and to those who let a second account in."""

from bot.base.facts import Facts
from bot.features.ledger.views.own_record import roles_named
from bot.views.base import Button, Key, Message, Reader
from bot.views.keyboards import main_keyboard


def contact_asked(facts: Facts, to: Reader) -> Message:
    """One tap to go: the own contact."""
    key = Key(to.tr.plain("join-contact-key"), contact=True)
    return Message(to.tr("join-contact-asked", name=facts["name"], key=key.text), keyboard=((key,),))


def contact_not_own(facts: Facts, to: Reader) -> Message:
    """Somebody else's contact, or a forwarded one; the key is offered again."""
    key = Key(to.tr.plain("join-contact-key"), contact=True)
    return Message(to.tr("join-contact-not-own", key=key.text), keyboard=((key,),))


def wait(facts: Facts, to: Reader) -> Message:
    """Too many wrong codes."""
    return Message(to.tr("join-wait", time=to.time(facts["until"])))


def welcome(facts: Facts, to: Reader) -> Message:
    """Who the person is here, what the keys do, what is kept and where to see it."""
    return Message("\n".join(_welcome(facts, to)), keyboard=_keys(facts, to))


def greeting(facts: Facts, to: Reader) -> Message:
    """The bot opened once more."""
    text = to.tr("join-greeting", name=facts["name"], area=facts["area"], role=roles_named(facts, to))
    return Message(text, keyboard=_keys(facts, to))


def already(facts: Facts, to: Reader) -> Message:
    """The own link opened once more."""
    return Message(to.tr("join-already", name=facts["name"]), keyboard=_keys(facts, to))


def other_person(facts: Facts, to: Reader) -> Message:
    """Somebody else's link, opened by one who has joined."""
    return Message(to.tr("join-other-person", name=facts["name"]))


def second_account_waiting(facts: Facts, to: Reader) -> Message:
    """The person uses another account already; somebody has been asked."""
    if facts.get("held_until"):
        text = to.tr("join-second-held", name=facts["name"], time=to.time(facts["held_until"]))
    else:
        text = to.tr("join-second-waiting", name=facts["name"])
    return Message(text, remove_keyboard=True)


def second_account_asked(facts: Facts, to: Reader) -> Message:
    """For those who decide: the question, or what was answered and by whom."""
    asked = to.tr(
        "join-second-asked", name=facts["name"], area=facts["area"], account=facts["account"],
        time=to.time(facts["asked_at"]),
    )  # fmt: skip
    if facts["state"] != "asked":
        return Message(asked + "\n" + to.tr(f"join-second-{facts['state']}-by", by=facts["by"]))
    yes = Button(to.tr.plain("join-second-yes"), f"second:yes:{facts['request_id']}")
    no = Button(to.tr.plain("join-second-no"), f"second:no:{facts['request_id']}")
    return Message(asked + "\n" + to.tr("join-second-advice"), buttons=((yes, no),))


def second_account_decided(facts: Facts, to: Reader) -> Message:
    """For the one who waited."""
    if not facts["approved"]:
        return Message(to.tr("join-second-refused", by=facts["by"]))
    text = "\n".join([to.tr("join-second-approved", by=facts["by"]), *_welcome(facts, to)])
    return Message(text, keyboard=_keys(facts, to))


def second_account_added(facts: Facts, to: Reader) -> Message:
    """For the account that was there first."""
    return Message(to.tr("join-second-added", by=facts["by"]))


def _welcome(facts: Facts, to: Reader) -> list[str]:
    role = roles_named(facts, to)
    lines = [to.tr("join-welcome", name=facts["name"], area=facts["area"], role=role)]
    if facts["on_duty"]:
        keys = {"arrive": to.tr.plain("key-check-in"), "leave": to.tr.plain("key-check-out")}
        lines.append(to.tr("join-welcome-keys", **keys))
    elif facts["heads"]:
        lines.append(to.tr("join-welcome-heads", key=to.tr.plain("key-all-well")))
    else:
        lines.append(to.tr("join-welcome-no-duty"))
    if facts["on_duty"] and facts["place"]:
        lines.append(to.tr("join-welcome-kept-place", days=str(facts["days"])))
    else:
        lines.append(to.tr("join-welcome-kept"))
    return lines


def _keys(facts: Facts, to: Reader) -> tuple[tuple[Key, ...], ...]:
    return main_keyboard(to.tr, facts)
