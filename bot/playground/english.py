"""The made-up township in English: what its places, people and duties are called there."""

from collections.abc import Callable

# By what they are called in Chinese.
NAMES = {
    "网格值守": "GridDuty",
    "云川州": "Yunchuan Prefecture",
    "清溪县": "Qingxi County",
    "勐溪镇": "Mengxi Township",
    "芒恩村": "Mang'en Village",
    "弄喊村": "Nonghan Village",
    "芒恩第一网格": "Mang'en Grid 1",
    "芒恩第二网格": "Mang'en Grid 2",
    "芒恩第三网格": "Mang'en Grid 3",
    "弄喊第一网格": "Nonghan Grid 1",
    "弄喊第二网格": "Nonghan Grid 2",
    "芒恩边境卡点": "Mang'en Border Post",
    "街心执勤点": "Market Street Post",
    "71号界碑段": "Boundary Marker 71 section",
    "芒恩寨子一圈": "Round of Mang'en",
    "老渡口": "Old Ferry",
    "芭蕉沟涵洞": "Plantain Gully Culvert",
    "71号界碑": "Boundary Marker 71",
    "观察哨": "Lookout",
    "水塔": "Water Tower",
    "小学门口": "School Gate",
    "晒场": "Drying Ground",
    "岩温罕": "Ai Wenhan",
    "玉喊": "Yu Han",
    "排麻干": "Pai Magan",
    "李春梅": "Li Chunmei",
    "何木果": "He Muguo",
    "杨志勇": "Yang Zhiyong",
    "罕玉保": "Han Yubao",
    "咩相": "Mie Xiang",
    "赵桂兰": "Zhao Guilan",
    "刀安保": "Dao Anbao",
    "金小团": "Jin Xiaotuan",
    "王建平": "Wang Jianping",
    "段云峰": "Duan Yunfeng",
    "周敏": "Zhou Min",
    "林静": "Lin Jing",
    "勒干": "Le Gan",
    "玉应": "Yu Ying",
    "张学军": "Zhang Xuejun",
    "线喊果": "Xian Hanguo",
    "尹德昌": "Yin Dechang",
    "巡防员": "Patroller",
    "信息员": "Information officer",
    "宣传员": "Publicity officer",
    "调解员": "Mediator",
    "民兵": "Militia member",
    "护村队员": "Village guard",
    "护边员": "Border guard",
    "志愿者": "Volunteer",
    "村书记": "Village secretary",
    "镇网格化中心主任": "Head of the township grid centre",
    "寨子东头三天没有自来水了，几家都在挑水。": (
        "No tap water at the east end of the village for three days; several homes are carrying water."
    ),
}
_CHINESE = {english: chinese for chinese, english in NAMES.items()}


def naming(locale: str) -> Callable[[str], str]:
    """What gives a name of the township in this language, from either; other words stay as they are."""
    if locale == "en":
        return lambda words: _told(words, NAMES, "、", ", ")
    return lambda words: _told(words, _CHINESE, ", ", "、")


def _told(words: str, names: dict[str, str], mark: str, joint: str) -> str:
    """The name, or the names that a mark parts."""
    parts = [words] if words in names else words.split(mark)
    return joint.join(names[part] for part in parts) if all(part in names for part in parts) else words
