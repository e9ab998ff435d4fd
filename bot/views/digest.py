"""The list of the morning: what waits for one."""

from bot.notices import Facts
from bot.views.base import Message, Reader, view

MOST = 15
# So many greetings take turns, a day each.
GREETINGS = 3
# The command that brings up what a kind asks for.
_COMMANDS = {
    "hazard": "/h",
    "request": "/r",
    "asking": "/r",
    "correction": "/corrections",
    "handover": "/handover",
}


@view("digest")
def digest(facts: Facts, to: Reader) -> Message:
    """Kind by kind, with the command that leads there; once all is done, a kind word."""
    items = facts["items"]
    if not items:
        return Message(to.tr("digest-done", count=str(facts["of"])))
    left = len(items) + len(facts.get("more", []))
    today = to.now.astimezone(to.zone).toordinal()
    lines = [to.tr(f"digest-head-{today % GREETINGS}", count=str(left))]
    if facts["of"] > left:
        lines.append(to.tr("digest-done-some", count=str(facts["of"] - left)))
    kind = ""
    for item in items[:MOST]:
        if item["kind"] != kind:
            kind = item["kind"]
            lines += ["", to.tr(f"digest-kind-{kind}", command=_COMMANDS.get(kind, ""))]
        lines.append(_told(item, to))
    if left > MOST:
        lines += ["", to.tr("digest-more", count=str(left - MOST))]
    return Message("\n".join(lines))


def _told(item: Facts, to: Reader) -> str:
    told = {"what": item["what"], "who": item["who"], "time": to.time(item["at"])}
    if item["kind"] not in ("hazard", "request"):
        return to.tr(f"digest-item-{item['kind']}", **told)
    # Where it is: the area, and the words for the place if there are any.
    told["what"] = " ".join(filter(None, (item["what"], item["who"])))
    late = to.local(item["at"]) < to.now.astimezone(to.zone)
    return to.tr("digest-item-overdue" if late else "digest-item-hazard", **told)
