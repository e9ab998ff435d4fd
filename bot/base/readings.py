"""How names sound: sign by sign, in pinyin; kept for every name that was looked at."""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from bot.base.facts import Struct
from bot.base.i18n import bare

# Middle dots that count as letters in Unicode.
_DOTS = str.maketrans("", "", "ꞏㆍᐧ")
# Names of a prefecture twice over; what a name sounds like never changes.
_KEPT = 65_536
_LONGEST_SYLLABLE = 6
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
# One bit for each syllable and each initial that some name has.
_BITS: dict[str, int] = {}


class Reading(Struct):
    """How a name in simplified signs sounds. Of `first` and `sounds`, each bit is a syllable that the first
    sign, or any of them, may be read as; of `initials`, what one may begin with."""

    name: str
    spelling: str
    first: int
    sounds: int
    initials: int


@lru_cache(maxsize=_KEPT)
def key(name: str) -> str:
    """A name as it is compared: letters and digits only, whatever their width and case."""
    return bare(name.translate(_DOTS)).replace(" ", "")


@lru_cache(maxsize=_KEPT)
def simplified(name: str) -> str:
    """The key of a name, in simplified signs."""
    return key(name).translate(_SIMPLIFIED)


@lru_cache(maxsize=_KEPT)
def reading(name: str) -> Reading:
    """How a name sounds; what `simplified` has made of it."""
    sounds = [_bits(syllables(sign) or (sign,)) for sign in name] or [0]
    begins = [_bits(f"^{each}" for each in initials(sign)) for sign in name]
    return Reading(name, spelling(name), sounds[0], _any_of(sounds), _any_of(begins))


def heard(said: str) -> str:
    """What was typed, without tones, blanks and numbers, in simplified signs."""
    plain = unicodedata.normalize("NFKD", key(said)).translate(_SIMPLIFIED)
    return "".join(sign for sign in plain if sign.isalnum() and not sign.isdecimal())


def sounds_of(typed: str) -> list[int]:
    """What a name must have in which these signs or letters are heard: of each of them one bit, be it that
    of the syllable around it. Asked after all names have been read."""
    return _needed(typed, _LONGEST_SYLLABLE, "")


def initials_of(typed: str) -> list[int]:
    """The same for letters that are initials."""
    return _needed(typed, 2, "^")


def _needed(typed: str, longest: int, before: str) -> list[int]:
    """For each place, the bits that stand there in any way to part the whole."""
    parts = [list(_parts(typed, at, longest, before)) for at in range(len(typed))]
    begun, ended = {0}, {len(typed)}
    for at, ends in enumerate(parts):
        begun |= {end for end, _ in ends} if at in begun else set()
    for at in reversed(range(len(typed))):
        ended |= {at} if any(end in ended for end, _ in parts[at]) else set()
    needed = [0] * len(typed)
    for start, ends in enumerate(parts):
        for end, bits in ends:
            for at in range(start, end) if start in begun and end in ended else ():
                needed[at] |= bits
    return list(dict.fromkeys(needed))


def _parts(typed: str, at: int, longest: int, before: str) -> Iterator[tuple[int, int]]:
    """What may begin at a place: where it ends, and its bits."""
    sign = typed[at]
    if not sign.isascii():
        yield at + 1, sum(1 << _BITS[each] for each in {sign, *syllables(sign)} if each in _BITS)
        return
    for end in range(at + 1, min(at + longest, len(typed)) + 1):
        if (number := _BITS.get(before + typed[at:end])) is not None:
            yield end, 1 << number


def _bits(parts: Any) -> int:
    return _any_of([1 << _BITS.setdefault(each, len(_BITS)) for each in parts])


def _any_of(bits: Sequence[int]) -> int:
    together = 0
    for each in bits:
        together |= each
    return together


def spelling(name: str) -> str:
    """The pinyin of a name, each sign as it is usually read."""
    return "".join(next(iter(syllables(sign)), "") for sign in name)


def letters(said: str) -> str:
    """What was typed in Latin letters, without tones and blanks; empty where there is anything else."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", said).casefold() if sign.isalnum())
    letters = "".join(sign for sign in plain if not sign.isdecimal())
    return letters if letters.isascii() else ""


@lru_cache(maxsize=30_000)
def syllables(sign: str) -> tuple[str, ...]:
    """How a sign of a name may be read, the usual way first; a letter as it is."""
    if sign.isascii():
        return (sign,)
    pypinyin = _pypinyin()
    read: Sequence[str] = pypinyin.pinyin(sign, style=pypinyin.Style.NORMAL, heteronym=True, errors="ignore")[
        0:1
    ]
    readings = [letters(each) for each in (read[0] if read else ())]
    # ü is typed as v or as u.
    return tuple(dict.fromkeys(r for each in readings for r in (each, each.replace("v", "u"))))


@lru_cache(maxsize=30_000)
def initials(sign: str) -> tuple[str, ...]:
    """The first letter; zh, ch and sh too."""
    found = [reading[:1] for reading in syllables(sign)]
    found += [reading[:2] for reading in syllables(sign) if reading[1:2] == "h"]
    return tuple(dict.fromkeys(found))


def _pypinyin() -> Any:
    """Loaded where it is needed, without its dictionary of phrases: names are read sign by sign."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    import pypinyin

    return pypinyin
