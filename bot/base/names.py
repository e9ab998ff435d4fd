"""Names as people type them: without what is not heard, and by pinyin where nothing else fits."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from bot.base import readings
from bot.base.readings import Reading, initials, key, syllables

__all__ = ["MOST_GUESSED", "find", "key", "meant"]

T = TypeVar("T")
# Of one letter, too many begin with it.
_SHORTEST = 2
_MOST_SPELT = 60
# Of shorter ones, too many others are one error away.
_SHORTEST_MISSPELT = 4
_SHORTEST_WRONG = 3
# As many as are looked through at a glance.
MOST_GUESSED = 6
# What is said behind a name, the longest first, and before it.
_TITLES = (
    "网格长", "网格员", "副书记", "副主任", "副队长", "副所长", "党支书", "老支书", "书记", "主任", "队长",
    "组长",
    "站长", "所长", "村长", "支书", "会计", "文书", "委员", "主席", "班长", "连长", "排长", "乡长", "镇长",
    "局长",
    "科长", "干事", "警官", "医生", "老师", "师傅", "同志", "先生", "女士", "大姐", "大哥", "大叔", "大妈",
    "阿姨",
    "哥", "姐", "叔", "总",
)  # fmt: skip
_FAMILIAR = "小老"


def find(said: str, among: Iterable[T], name_of: Callable[[T], str]) -> list[T]:
    """Those whose name was typed; where there is none, those whose pinyin it is, or else its initials."""
    wanted, people = key(said), list(among)
    if not wanted:
        return []
    if same := [each for each in people if key(name_of(each)) == wanted]:
        return same
    typed = readings.letters(said)
    if not _SHORTEST <= len(typed) <= _MOST_SPELT:
        return []
    keys = [(each, key(name_of(each))) for each in people]
    spelt = [each for each, name in keys if _is_spelt(typed, name, syllables)]
    return spelt or [each for each, name in keys if _is_spelt(typed, name, initials)]


def meant(said: str, among: Iterable[T], name_of: Callable[[T], str]) -> tuple[list[T], bool]:
    """Who is called so, and True; where nobody is, the few who may be meant, likeliest first, and False:
    which of them it is has to be asked."""
    wanted, people = key(said), list(among)
    if not 0 < len(wanted) <= _MOST_SPELT:
        return [], True
    called = [name_of(each) for each in people]
    for plain, looked_for in ((key, wanted), (readings.simplified, readings.simplified(said))):
        names = list(map(plain, called))
        if looked_for in names:
            return [each for each, name in zip(people, names, strict=True) if name == looked_for], True
    guessed = _guessed(readings.heard(said), list(map(readings.reading, names)))
    return [people[at] for at in guessed], False


def _guessed(heard: str, named: Sequence[Reading]) -> list[int]:
    """By sound, by initials, by a part, without a title; with one error only where there is nothing else."""
    if not heard or (heard.isascii() and len(heard) < _SHORTEST):
        return []
    found: dict[int, None] = {}
    for at in _likely(heard, named):
        found[at] = None
        if len(found) == MOST_GUESSED:
            break
    return list(found or dict.fromkeys(_one_off(heard, named)))[:MOST_GUESSED]


def _likely(heard: str, named: Sequence[Reading]) -> Iterator[int]:
    """Who may be meant, the likeliest way first; one may come more than once. Only names that have each sound
    that is heard are looked at in full."""
    whole, untitled = _sounding(heard, named), _untitled(heard)
    part = _sounding(untitled, named) if untitled else []
    yield from (at for at, name in _first(heard, whole) if _sounds(heard, name))
    if heard.isascii():
        yield from (at for at, name in _beginning(heard, named) if _is_spelt(heard, name, initials))
    yield from (at for at, name in _first(untitled, part) if _sounds(untitled, name, whole=False))
    yield from (at for at, one in part if _sounds(untitled, one.name, anywhere=True, whole=False))
    yield from (at for at, name in _first(heard, whole) if _sounds(heard, name, whole=False))
    yield from (at for at, one in whole if _sounds(heard, one.name, anywhere=True, whole=False))


def _sounding(heard: str, named: Sequence[Reading]) -> list[tuple[int, Reading]]:
    """Those who have all that is heard, in whatever order."""
    left = list(enumerate(named))
    for bits in readings.sounds_of(heard):
        left = [each for each in left if each[1].sounds & bits]
    return left


def _first(heard: str, left: Sequence[tuple[int, Reading]]) -> list[tuple[int, str]]:
    """Of these, those who begin with it."""
    bits = readings.sounds_of(heard)[0] if left else 0
    return [(at, one.name) for at, one in left if one.first & bits]


def _beginning(heard: str, named: Sequence[Reading]) -> list[tuple[int, str]]:
    """Those who have all these initials, and as many signs."""
    few, most = (len(heard) + 1) // 2, len(heard)
    left = [(at, one) for at, one in enumerate(named) if few <= len(one.name) <= most]
    for bits in readings.initials_of(heard):
        left = [each for each in left if each[1].initials & bits]
    return [(at, one.name) for at, one in left]


def _one_off(heard: str, named: Sequence[Reading]) -> Iterator[int]:
    """Those with one error, in signs or in pinyin: what stands before it or behind it is right."""
    spelt = readings.spelling(heard)
    half = (len(spelt) - 2) // 2
    begin, end = spelt[: max(half, 1)], spelt[-max(half, 1) :]
    letters = range(max(len(spelt) - 1, _SHORTEST_MISSPELT), len(spelt) + 2)
    letters = letters if len(spelt) >= _SHORTEST_MISSPELT else range(0)
    signs = range(len(heard) - 1, len(heard) + 2)
    for at, one in enumerate(named):
        by_letter = len(one.spelling) in letters and (
            one.spelling.startswith(begin) or one.spelling.endswith(end)
        )
        by_sign = len(one.name) in signs and (one.name[:1] == heard[0] or one.name[-1:] == heard[-1])
        by_sign = by_sign and max(len(heard), len(one.name)) >= _SHORTEST_WRONG
        if (by_letter and _is_one_off(spelt, one.spelling)) or (by_sign and _is_one_off(heard, one.name)):
            yield at


def _untitled(heard: str) -> str:
    """Without what is said before a name or behind it; empty where there is nothing of the kind."""
    ending = next((title for title in _TITLES if heard.endswith(title)), "")
    rest = heard.removesuffix(ending)
    rest = rest[1:] if len(rest) > 1 and rest[0] in _FAMILIAR else rest
    return rest if rest != heard else ""


def _sounds(heard: str, name: str, *, anywhere: bool = False, whole: bool = True) -> bool:
    """Whether this is how the name sounds, sign by sign, each as a sign or as its pinyin; or how its
    beginning does, or any part of it."""
    reached = {0}
    for sign in name:
        reached = {end for start in reached for end in _ends(heard, start, sign)}
        if not whole and len(heard) in reached:
            return True
        if anywhere:
            reached.add(0)
        if not reached:
            return False
    return len(heard) in reached


def _ends(heard: str, start: int, sign: str) -> list[int]:
    """Where this sign of a name may end in what was typed."""
    spoken = syllables(sign)
    ends = [start + len(each) for each in spoken if each and heard.startswith(each, start)]
    typed = heard[start : start + 1]
    if typed and not typed.isascii() and (typed == sign or not set(spoken).isdisjoint(syllables(typed))):
        ends.append(start + 1)
    return ends


def _is_one_off(one: str, other: str) -> bool:
    pairs = enumerate(zip(one, other, strict=False))
    at = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    one, other = one[at:], other[at:]
    swapped = one[:2] == other[:2][::-1] and one[2:] == other[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped


def _is_spelt(typed: str, name: str, of_sign: Callable[[str], Collection[str]]) -> bool:
    """Whether the letters are those of the name, sign by sign, in any of their readings."""
    reached = {0}
    for at, sign in enumerate(name):
        left = len(name) - at - 1
        reached = {
            start + len(reading)
            for start in reached
            for reading in of_sign(sign)
            if typed.startswith(reading, start) and start + len(reading) + left <= len(typed)
        }
        if not reached:
            return False
    return len(typed) in reached
