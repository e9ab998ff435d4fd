"""What is said about swaps: the cards of who asks, who is asked and who decides, and what came of it."""

from bot.features.swaps import notices
from bot.views.base import Message, Reader

NAMES_SHOWN = 3


def sent(told: notices.SwapSent, to: Reader) -> Message:
    """It is on its way: to whom, and when that may be."""
    if told.settled:
        return Message(to.tr("swap-sent-settled", name=told.whom))
    if told.whom:
        line = to.tr("swap-sent-one", name=told.whom)
    else:
        line = to.tr("swap-sent-many", count=str(told.count))
    if told.held_until:
        line += "\n" + to.tr("swap-sent-held", time=to.time(told.held_until))
    return Message(line)


def asked(told: notices.SwapAsked, to: Reader) -> Message:
    """The card of who asks: how it goes on."""
    number, state = told.swap_id, told.state
    lines = [_what(told, to), _shift(told, to), _progress(told, to)]
    back = (to.button("swap-withdraw-button", f"swap:back:{number}"),)
    if state == "accepted":
        return Message("\n".join(lines), buttons=(back,))
    if state != "asked":
        return Message("\n".join(lines))
    terms = (to.button("swap-terms-button", f"swap:terms:{number}"),)
    by_word = told.agreed and not told.anyone
    return Message("\n".join(lines), buttons=(terms, back) if by_word else (back,))


def offered(told: notices.SwapOffered, to: Reader) -> Message:
    """The card of who is asked; without buttons once it is settled."""
    lines = [_wanted(told, to), _shift(told, to)]
    if told.state != "asked":
        state = "approved" if told.state == "accepted" else told.state
        return Message("\n".join([*lines, to.tr(f"swap-offer-{state}")]))
    if told.anyone:
        lines.append(to.tr("swap-offer-first"))
    yes = to.button("swap-yes-button", f"swap:yes:{told.swap_id}")
    no = to.button("swap-no-button", f"swap:no:{told.swap_id}")
    return Message("\n".join(lines), buttons=((yes, no),))


def offer_declined(told: notices.SwapOfferDeclined, to: Reader) -> Message:
    """The card of one who cannot."""
    return Message("\n".join([_wanted(told, to), _shift(told, to), to.tr("swap-offer-declined")]))


def offer_accepted(told: notices.SwapOfferAccepted, to: Reader) -> Message:
    """The card of the one who will come: agreed to, or not yet."""
    if told.state == "accepted":
        line = _waits(told, to, "swap-taker-waits")
    else:
        line = to.tr(f"swap-taker-{told.state}", decider=told.decider)
    return Message("\n".join([_wanted(told, to), _shift(told, to), line]))


def to_decide(told: notices.SwapToDecide, to: Reader) -> Message:
    """The card of who leads the shift: who leaves, who comes; buttons until it is settled."""
    lines = [to.tr("swap-decide", giver=told.giver, taker=told.taker), _shift(told, to)]
    if told.state != "accepted":
        lines.append(to.tr(f"swap-decided-{told.state}", decider=told.decider))
        return Message("\n".join(lines))
    yes = to.button("swap-agree-button", f"swap:agree:{told.swap_id}")
    no = to.button("swap-refuse-button", f"swap:refuse:{told.swap_id}")
    return Message("\n".join(lines), buttons=((yes, no),))


def news(told: notices.SwapNews, to: Reader) -> Message:
    """What came of it, for the one whose shift it is, who comes instead, or who asked for them."""
    names = {"giver": told.giver or told.asker, "taker": told.taker, "decider": told.decider}
    line = to.tr(f"swap-news-{told.part}-{told.state}", **names)
    return Message(f"{line}\n{_shift(told, to)}")


def _what(told: notices.AboutSwap, to: Reader) -> str:
    if not told.agreed:
        return to.tr("swap-card-own")
    return to.tr("swap-card-others", giver=told.giver) if told.giver else to.tr("swap-card-one-more")


def _wanted(told: notices.AboutSwap, to: Reader) -> str:
    """What a colleague is asked for, and by whom."""
    if not told.giver:
        return to.tr("swap-wanted-one-more", asker=told.asker)
    if told.agreed:
        return to.tr("swap-wanted-by", giver=told.giver, asker=told.asker)
    return to.tr("swap-wanted-exchange" if told.back else "swap-wanted", giver=told.giver)


def _shift(told: notices.AboutSwap, to: Reader) -> str:
    """When and where; the end needs no date."""
    key = "swap-shift-night" if _is_over_midnight(told, to) else "swap-shift"
    lines = [to.tr(key, place=told.place, **_times(told, to))]
    if told.back:
        key = "swap-in-return-night" if _is_over_midnight(told.back, to) else "swap-in-return"
        lines.append(to.tr(key, place=told.place, giver=told.giver, **_times(told.back, to)))
    return "\n".join(lines)


def _is_over_midnight(shift: notices.AboutSwap | notices.SwapTime, to: Reader) -> bool:
    return to.local(shift.starts_at).date() != to.local(shift.ends_at).date()


def _times(shift: notices.AboutSwap | notices.SwapTime, to: Reader) -> dict[str, str]:
    return {"start": to.time(shift.starts_at), "end": f"{to.local(shift.ends_at):%H:%M}"}


def _progress(told: notices.AboutSwap, to: Reader) -> str:
    if told.state == "accepted":
        return _waits(told, to, "swap-asker-waits")
    if told.state == "asked":
        if told.anyone:
            return to.tr("swap-asker-asked-many", count=str(told.count))
        return to.tr("swap-asker-asked-one", name=told.whom)
    if told.state == "refused" and told.agreed:
        # It is not the asker's own shift: leave would not help.
        return to.tr("swap-asker-refused-others", decider=told.decider)
    return to.tr(f"swap-asker-{told.state}", taker=told.taker, decider=told.decider)


def _waits(told: notices.AboutSwap, to: Reader, key: str) -> str:
    """For whose word it waits; or that nobody can be reached just now."""
    names = told.deciders
    if not names:
        return to.tr(f"{key}-nobody", taker=told.taker)
    shown = to.listed(names[:NAMES_SHOWN])
    return to.tr(key, taker=told.taker, names=shown)
