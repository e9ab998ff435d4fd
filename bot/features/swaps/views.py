"""What is said about swaps: the cards of who asks, who is asked and who decides, and what came of it."""

from bot.base.facts import Facts
from bot.views.base import Button, Message, Reader

NAMES_SHOWN = 3


def sent(facts: Facts, to: Reader) -> Message:
    """It is on its way: to whom, and when that may be."""
    if facts["settled"]:
        return Message(to.tr("swap-sent-settled", name=facts["whom"]))
    if facts["whom"]:
        line = to.tr("swap-sent-one", name=facts["whom"])
    else:
        line = to.tr("swap-sent-many", count=str(facts["count"]))
    if facts["held_until"]:
        line += "\n" + to.tr("swap-sent-held", time=to.time(facts["held_until"]))
    return Message(line)


def asked(facts: Facts, to: Reader) -> Message:
    """The card of who asks: how it goes on."""
    number, state = facts["swap_id"], facts["state"]
    lines = [_what(facts, to), _shift(facts, to), _progress(facts, to)]
    back = (Button(to.tr.plain("swap-withdraw-button"), f"swap:back:{number}"),)
    if state == "accepted":
        return Message("\n".join(lines), buttons=(back,))
    if state != "asked":
        return Message("\n".join(lines))
    terms = (Button(to.tr.plain("swap-terms-button"), f"swap:terms:{number}"),)
    by_word = facts["agreed"] and not facts["anyone"]
    return Message("\n".join(lines), buttons=(terms, back) if by_word else (back,))


def offered(facts: Facts, to: Reader) -> Message:
    """The card of who is asked; without buttons once it is settled."""
    lines = [_wanted(facts, to), _shift(facts, to)]
    if facts["state"] != "asked":
        state = "approved" if facts["state"] == "accepted" else facts["state"]
        return Message("\n".join([*lines, to.tr(f"swap-offer-{state}")]))
    if facts["anyone"]:
        lines.append(to.tr("swap-offer-first"))
    yes = Button(to.tr.plain("swap-yes-button"), f"swap:yes:{facts['swap_id']}")
    no = Button(to.tr.plain("swap-no-button"), f"swap:no:{facts['swap_id']}")
    return Message("\n".join(lines), buttons=((yes, no),))


def offer_declined(facts: Facts, to: Reader) -> Message:
    """The card of one who cannot."""
    return Message("\n".join([_wanted(facts, to), _shift(facts, to), to.tr("swap-offer-declined")]))


def offer_accepted(facts: Facts, to: Reader) -> Message:
    """The card of the one who will come: agreed to, or not yet."""
    if facts["state"] == "accepted":
        line = _waits(facts, to, "swap-taker-waits")
    else:
        line = to.tr(f"swap-taker-{facts['state']}", decider=facts["decider"])
    return Message("\n".join([_wanted(facts, to), _shift(facts, to), line]))


def to_decide(facts: Facts, to: Reader) -> Message:
    """The card of who leads the shift: who leaves, who comes; buttons until it is settled."""
    lines = [to.tr("swap-decide", giver=facts["giver"], taker=facts["taker"]), _shift(facts, to)]
    if facts["state"] != "accepted":
        lines.append(to.tr(f"swap-decided-{facts['state']}", decider=facts["decider"]))
        return Message("\n".join(lines))
    yes = Button(to.tr.plain("swap-agree-button"), f"swap:agree:{facts['swap_id']}")
    no = Button(to.tr.plain("swap-refuse-button"), f"swap:refuse:{facts['swap_id']}")
    return Message("\n".join(lines), buttons=((yes, no),))


def news(facts: Facts, to: Reader) -> Message:
    """What came of it, for the one whose shift it is, who comes instead, or who asked for them."""
    told = {"giver": facts["giver"] or facts["asker"], "taker": facts["taker"], "decider": facts["decider"]}
    line = to.tr(f"swap-news-{facts['part']}-{facts['state']}", **told)
    return Message(f"{line}\n{_shift(facts, to)}")


def waiting_count(facts: Facts, to: Reader) -> Message:
    """For who decides: how many cards wait."""
    return Message(to.tr("swap-waiting", count=str(facts["count"])))


def _what(facts: Facts, to: Reader) -> str:
    if not facts["agreed"]:
        return to.tr("swap-card-own")
    return to.tr("swap-card-others", giver=facts["giver"]) if facts["giver"] else to.tr("swap-card-one-more")


def _wanted(facts: Facts, to: Reader) -> str:
    """What a colleague is asked for, and by whom."""
    if not facts["giver"]:
        return to.tr("swap-wanted-one-more", asker=facts["asker"])
    if facts["agreed"]:
        return to.tr("swap-wanted-by", giver=facts["giver"], asker=facts["asker"])
    return to.tr("swap-wanted-exchange" if facts["back"] else "swap-wanted", giver=facts["giver"])


def _shift(facts: Facts, to: Reader) -> str:
    """When and where; the end needs no date."""
    key = "swap-shift-night" if _is_over_midnight(facts, to) else "swap-shift"
    told = to.tr(key, place=facts["place"], **_times(facts, to))
    if facts["back"]:
        back, giver = facts["back"], facts["giver"]
        key = "swap-in-return-night" if _is_over_midnight(back, to) else "swap-in-return"
        told += "\n" + to.tr(key, place=facts["place"], giver=giver, **_times(back, to))
    return told


def _is_over_midnight(shift: Facts, to: Reader) -> bool:
    return to.local(shift["starts_at"]).date() != to.local(shift["ends_at"]).date()


def _times(shift: Facts, to: Reader) -> dict[str, str]:
    return {"start": to.time(shift["starts_at"]), "end": f"{to.local(shift['ends_at']):%H:%M}"}


def _progress(facts: Facts, to: Reader) -> str:
    if facts["state"] == "accepted":
        return _waits(facts, to, "swap-asker-waits")
    if facts["state"] == "asked":
        if facts["anyone"]:
            return to.tr("swap-asker-asked-many", count=str(facts["count"]))
        return to.tr("swap-asker-asked-one", name=facts["whom"])
    if facts["state"] == "refused" and facts["agreed"]:
        # It is not the asker's own shift: leave would not help.
        return to.tr("swap-asker-refused-others", decider=facts["decider"])
    return to.tr(f"swap-asker-{facts['state']}", taker=facts["taker"], decider=facts["decider"])


def _waits(facts: Facts, to: Reader, key: str) -> str:
    """For whose word it waits; or that nobody can be reached just now."""
    names = facts["deciders"]
    if not names:
        return to.tr(f"{key}-nobody", taker=facts["taker"])
    shown = to.tr.plain("list-comma").join(names[:NAMES_SHOWN])
    return to.tr(key, taker=facts["taker"], names=shown)
