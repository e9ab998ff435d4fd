"""Made-up names for the sample: people's in the manner of Han, Dai and Jingpo, villages' and posts'."""

from random import Random

_HAN_FAMILY = "赵钱孙李周吴郑王冯陈杨朱何张孔曹金魏段尹寸番许彭鲁马苗方俞任"
_HAN_GIVEN = "明华建国芳丽军勇艳敏杰涛强霞平刚桂英兰翠云春雪梅文武林玉成志福禄永安顺和"
_DAI_MEN = "岩温 岩罕 岩相 岩保 思小恩 思安保 刀小岩 刀保恩 线小团 线岩保 管小岩 方小保 晚相 罕恩"
_DAI_WOMEN = "玉罕 玉香 玉波 玉喊 喊月 月相 思玉焕 刀玉凤 线月团 晚喊 小喊 月恩 罕玉 方月保"
_JINGPO_FAMILY = "排 岳 何 勒 木 麻 石 赵 张 李 春 雷"
_JINGPO_GIVEN = "麻干 麻弄 麻腊 麻堵 麻当 勒干 勒弄 早干 木果 木鲁 木锐 木途 木盖 果南 鲁南"
_VILLAGE_HEAD = "芒 勐 弄 户 姐 景 拉 贺 法 帕 允 广 邦 团 等 喊"
_VILLAGE_TAIL = "幸 棒 练 海 恩 满 项 岭 秀 旺 喊 东 令 约 良 兴 撒 瓦 线 蚌"


def person(random: Random) -> str:
    """A name such as nobody in particular has."""
    people = random.random()
    if people < 0.55:
        given = "".join(random.choices(_HAN_GIVEN, k=random.choice((1, 2, 2))))
        return random.choice(_HAN_FAMILY) + given
    if people < 0.8:
        stem = random.choice((_DAI_MEN, _DAI_WOMEN)).split()
        return random.choice(stem) + random.choice(("", "", "保", "团", "恩", "香"))
    return random.choice(_JINGPO_FAMILY.split()) + random.choice(_JINGPO_GIVEN.split())


def villages(random: Random, count: int) -> list[str]:
    """So many village names, all different (at most 300)."""
    pairs = [head + tail for head in _VILLAGE_HEAD.split() for tail in _VILLAGE_TAIL.split() if head != tail]
    names = random.sample(pairs, count)
    return [name + ("社区" if number % 5 == 4 else "村") for number, name in enumerate(names)]


POSTS = {"边": "边境卡点", "带": "防控带执勤点", "城": "城区值守点", "路": "道路查缉点", "援": "应急支援点"}
TITLES = ("信息员", "宣传员", "调解员", "巡防员", "服务员", "护林员、宣传员", "信息员、巡防员", "")
# Along a stretch that a post patrols.
STOPS = ("老渡口", "竹林便道口", "卡点岗亭", "芭蕉沟涵洞", "观察哨")
