"""Everything kept about a person, in words."""

from bot.notices import Facts
from bot.views.base import Message, Reader, view


@view("mydata.page")
def page(facts: Facts, to: Reader) -> Message:
    """One page of it."""
    lines = [_line(line, to) for line in facts["lines"]]
    if facts["page"] == 1:
        lines.insert(0, to.tr("mydata-title", time=_moment(facts["at"], to)))
    if facts["of"] > 1:
        lines.append(to.tr("mydata-page", page=str(facts["page"]), of=str(facts["of"])))
    return Message("\n".join(lines))


def _line(line: Facts, to: Reader) -> str:
    """A sentence with its words, its moments and its translated names."""
    what, words = line["what"], line["words"]
    if what == "place" and not to.coordinates:
        what, words = "place-hidden", {}
    times = {name: _moment(moment, to) for name, moment in line["times"].items()}
    keys = {name: _named(key, to) for name, key in line["keys"].items()}
    text = to.tr(f"mydata-{what}", **words, **times, **keys)
    return f"\n<b>{text}</b>" if what.startswith("head-") else text


def _named(key: str, to: Reader) -> str:
    """A translated name; what has none (an act added lately) is told by its own."""
    try:
        return to.tr.plain(key)
    except LookupError:
        return key.partition("-")[2]


def _moment(moment: object, to: Reader) -> str:
    """Day and time in full."""
    return "–" if moment is None else f"{to.local(moment):%Y-%m-%d %H:%M}"  # type: ignore[arg-type]
