"""Names as people type them: without what is not heard, and by pinyin where nothing else fits."""

import os
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from bot.base.i18n import bare

T = TypeVar("T")
# Middle dots that count as letters in Unicode.
_DOTS = str.maketrans("", "", "ꞏㆍᐧ")
# Of one letter, too many begin with it.
_SHORTEST = 2
_MOST_SPELT = 60
# Of shorter ones, too many others are one error away.
_SHORTEST_MISSPELT = 4
_SHORTEST_WRONG = 3
# As many as are looked through at a glance.
MOST_GUESSED = 6
# Traditional signs of surnames and given names.
_SIMPLIFIED = str.maketrans(
    "陳張劉楊趙黃吳孫馬羅鄭謝許韓馮鄧蕭蔣葉蘇呂盧賈鍾譚範陸韋鄒龍萬錢湯閻龔賴顏華麗榮國偉軍蘭鳳燕強豪"
    "瓊慶義輝勇澤寶發誠興學飛詩雲賢濤鵬東銀銳鑫剛鐵鋒錦鈺錄麥齊歐畢喬梁聶關鮑項藍裏樂愛靜潔紅純維綺緒"
    "綱紹經綿緣績嬌嫻薇蓮萍貴賓貞順須頌願顯駿騰驍鴻鶴鳴麟齡憲憶應懷執達運進連遠遙適選鄉爾滿漢瀾瀟灃潤"
    "買燦爍獻瑪環璽盡眾碩禮禎穎穩競筆節籬糧聖聞聰職膽臘艷藝蘊虛號補裝複親觀譽護讀讓豐財質贊躍軒輕輪農鄺",
    "陈张刘杨赵黄吴孙马罗郑谢许韩冯邓萧蒋叶苏吕卢贾钟谭范陆韦邹龙万钱汤阎龚赖颜华丽荣国伟军兰凤燕强豪"
    "琼庆义辉勇泽宝发诚兴学飞诗云贤涛鹏东银锐鑫刚铁锋锦钰录麦齐欧毕乔梁聂关鲍项蓝里乐爱静洁红纯维绮绪"
    "纲绍经绵缘绩娇娴薇莲萍贵宾贞顺须颂愿显骏腾骁鸿鹤鸣麟龄宪忆应怀执达运进连远遥适选乡尔满汉澜潇沣润"
    "买灿烁献玛环玺尽众硕礼祯颖稳竞笔节篱粮圣闻聪职胆腊艳艺蕴虚号补装复亲观誉护读让丰财质赞跃轩轻轮农邝",
)
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


def key(name: str) -> str:
    """A name as it is compared: letters and digits only, whatever their width and case."""
    return bare(name.translate(_DOTS)).replace(" ", "")


def find(said: str, among: Iterable[T], name_of: Callable[[T], str]) -> list[T]:
    """Those whose name was typed; where there is none, those whose pinyin it is, or else its initials."""
    wanted, people = key(said), list(among)
    if not wanted:
        return []
    if same := [each for each in people if key(name_of(each)) == wanted]:
        return same
    typed = _letters(said)
    if not _SHORTEST <= len(typed) <= _MOST_SPELT:
        return []
    keys = [(each, key(name_of(each))) for each in people]
    spelt = [each for each, name in keys if _is_spelt(typed, name, _syllables)]
    return spelt or [each for each, name in keys if _is_spelt(typed, name, _initials)]


def meant(said: str, among: Iterable[T], name_of: Callable[[T], str]) -> tuple[list[T], bool]:
    """Who is called so, and True; where nobody is, the few who may be meant, likeliest first, and False:
    which of them it is has to be asked."""
    wanted, named = key(said), [(each, key(name_of(each))) for each in among]
    if not 0 < len(wanted) <= _MOST_SPELT:
        return [], True
    if same := [each for each, name in named if name == wanted]:
        return same, True
    simple = [(each, name.translate(_SIMPLIFIED)) for each, name in named]
    wanted = wanted.translate(_SIMPLIFIED)
    if same := [each for each, name in simple if name == wanted]:
        return same, True
    return _guessed(_heard(said), simple), False


def _guessed(heard: str, named: Sequence[tuple[T, str]]) -> list[T]:
    """By sound, by initials, by a part, without a title; with one error only where there is nothing else."""
    if not heard or (heard.isascii() and len(heard) < _SHORTEST):
        return []
    untitled = _untitled(heard)
    likely: tuple[Callable[[str], bool], ...] = (
        lambda name: _sounds(heard, name),
        lambda name: heard.isascii() and _is_spelt(heard, name, _initials),
        lambda name: bool(untitled) and _sounds(untitled, name, whole=False),
        lambda name: bool(untitled) and _sounds(untitled, name, anywhere=True, whole=False),
        lambda name: _sounds(heard, name, whole=False),
        lambda name: _sounds(heard, name, anywhere=True, whole=False),
    )
    found: dict[int, T] = {}
    for fits in likely:
        found |= {at: each for at, (each, name) in enumerate(named) if at not in found and fits(name)}
    one_off = () if found else [each for each, name in named if _is_misspelt(heard, name)]
    return [*found.values(), *one_off][:MOST_GUESSED]


def _heard(said: str) -> str:
    """What was typed, without tones, blanks and numbers, in simplified signs."""
    plain = unicodedata.normalize("NFKD", key(said)).translate(_SIMPLIFIED)
    return "".join(sign for sign in plain if sign.isalnum() and not sign.isdecimal())


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
    readings = _syllables(sign)
    ends = [start + len(each) for each in readings if each and heard.startswith(each, start)]
    typed = heard[start : start + 1]
    if typed and not typed.isascii() and (typed == sign or not set(readings).isdisjoint(_syllables(typed))):
        ends.append(start + 1)
    return ends


def _is_misspelt(heard: str, name: str) -> bool:
    """One sign is wrong, too many, missing, or two changed places; or one letter of the pinyin."""
    spelt, spelling = _spelling(heard), _spelling(name)
    by_letter = min(len(spelt), len(spelling)) >= _SHORTEST_MISSPELT and _is_one_off(spelt, spelling)
    return by_letter or (max(len(heard), len(name)) >= _SHORTEST_WRONG and _is_one_off(heard, name))


def _spelling(name: str) -> str:
    return "".join(next(iter(_syllables(sign)), "") for sign in name)


def _is_one_off(one: str, other: str) -> bool:
    pairs = enumerate(zip(one, other, strict=False))
    at = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    one, other = one[at:], other[at:]
    swapped = one[:2] == other[:2][::-1] and one[2:] == other[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped


def _letters(said: str) -> str:
    """What was typed in Latin letters, without tones and blanks; empty where there is anything else."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", said).casefold() if sign.isalnum())
    letters = "".join(sign for sign in plain if not sign.isdecimal())
    return letters if letters.isascii() else ""


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


@lru_cache(maxsize=30_000)
def _syllables(sign: str) -> tuple[str, ...]:
    if sign.isascii():
        return (sign,)
    pypinyin = _pypinyin()
    read: Sequence[str] = pypinyin.pinyin(sign, style=pypinyin.Style.NORMAL, heteronym=True, errors="ignore")[
        0:1
    ]
    readings = [_letters(each) for each in (read[0] if read else ())]
    # ü is typed as v or as u.
    return tuple(dict.fromkeys(r for each in readings for r in (each, each.replace("v", "u"))))


@lru_cache(maxsize=30_000)
def _initials(sign: str) -> tuple[str, ...]:
    """The first letter; zh, ch and sh too."""
    found = [reading[:1] for reading in _syllables(sign)]
    found += [reading[:2] for reading in _syllables(sign) if reading[1:2] == "h"]
    return tuple(dict.fromkeys(found))


def _pypinyin() -> Any:
    """Loaded where it is needed, without its dictionary of phrases: names are read sign by sign."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    import pypinyin

    return pypinyin
