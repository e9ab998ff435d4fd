"""Names as they are typed, and as people of one name are told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access.labels import MOST, Named, distinct
from bot.base.lengths import units
from bot.base.names import MOST_GUESSED, find, key, meant

PEOPLE = (
    "玛依努尔·买买提",
    "李春梅",
    "李春美",
    "岩罕",
    "单雄",
    "吕布",
    "重阳",
    "John Smith",
    "阿卜杜·热合曼",
    "王芳",
)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        *((f"玛依努尔{dot}买买提", "玛依努尔·买买提") for dot in "·•・‧∙．.⋅･●˙᛫ꞏㆍᐧ⸱-－_ 　"),
        ("玛依努尔买买提", "玛依努尔·买买提"),
        (" 玛依努尔 · 买买提 ", "玛依努尔·买买提"),
        ("阿卜杜.热合曼", "阿卜杜·热合曼"),
        ("岩 罕", "岩罕"),
        ("　岩罕", "岩罕"),
        ("john smith", "John Smith"),
        ("ＪＯＨＮ　ＳＭＩＴＨ", "John Smith"),
        ("JohnSmith", "John Smith"),
        # By pinyin, and by its initials.
        ("yanhan", "岩罕"),
        ("Yan Han", "岩罕"),
        ("ｙａｎｈａｎ", "岩罕"),
        ("yán hǎn", "岩罕"),
        ("yan2 han3", "岩罕"),
        ("YH", "岩罕"),
        ("wang fang", "王芳"),
        ("wf", "王芳"),
        ("mayinuermaimaiti", "玛依努尔·买买提"),
        ("mynemmt", "玛依努尔·买买提"),
        ("shanxiong", "单雄"),
        ("danxiong", "单雄"),
        ("sx", "单雄"),
        ("shx", "单雄"),
        ("lvbu", "吕布"),
        ("lubu", "吕布"),
        ("lǚ bù", "吕布"),
        ("zhongyang", "重阳"),
        ("chongyang", "重阳"),
        ("cy", "重阳"),
        # Not one alone: all are given.
        ("lichunmei", "李春梅|李春美"),
        ("lcm", "李春梅|李春美"),
        # Nobody.
        ("", ""),
        ("·", ""),
        ("w", ""),
        ("岩", ""),
        ("岩罕罕", ""),
        ("yanha", ""),
        ("yanhanx", ""),
        ("王fang", ""),
        ("12", ""),
        ("x" * 500, ""),
    ],
)
def test_a_name_is_found_however_it_is_typed(said: str, found: str) -> None:
    assert "|".join(find(said, PEOPLE, str)) == found


def test_a_name_goes_before_the_pinyin_of_another() -> None:
    assert find("wf", ["王芳", "WF"], str) == ["WF"]
    assert find("li", ["李", "黎", "洛伊"], str) == ["李", "黎"]


TEAM = (
    "陈国强", "张敏", "章敏", "李春梅", "黎明", "李明", "王芳", "赵云龙", "岩罕", "玛依努尔·买买提",
    "John Smith", "吕布", "刘伟",
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "exact"),
    [
        ("陳國強", "陈国强"), ("陳国强", "陈国强"), ("張敏", "张敏"), ("趙雲龍", "赵云龙"), ("劉偉", "刘伟"),
        ("呂布", "吕布"), ("瑪依努爾•買買提", "玛依努尔·买买提"), ("岩　罕", "岩罕"), ("章敏", "章敏"),
        ("ＪＯＨＮ smith", "John Smith"), (" 王 芳 ", "王芳"),
    ],
)  # fmt: skip
def test_a_name_is_taken_where_it_is_the_same_in_simplified_signs(said: str, exact: str) -> None:
    assert meant(said, TEAM, str) == ([exact], True)


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        # By sound, in signs, in pinyin, or mixed.
        ("弓敏", ""), ("彰敏", "张敏|章敏"), ("里明", "黎明|李明"), ("岩汉", "岩罕"), ("王方", "王芳"),
        ("陈国墙", "陈国强"), ("zhangmin", "张敏|章敏"), ("zhang min", "张敏|章敏"),
        ("zhāng mǐn", "张敏|章敏"),
        ("ＺＨＡＮＧ　ＭＩＮ", "张敏|章敏"), ("li2 ming2", "黎明|李明"), ("王fang", "王芳"), ("lvbu", "吕布"),
        ("wf", "王芳"), ("cgq", "陈国强"), ("mynemmt", "玛依努尔·买买提"),
        # A part.
        ("春梅", "李春梅"), ("梅", "李春梅"), ("国强", "陈国强"), ("國強", "陈国强"), ("guoqiang", "陈国强"),
        ("云龙", "赵云龙"), ("买买提", "玛依努尔·买买提"), ("smith", "John Smith"),
        ("玛依努尔", "玛依努尔·买买提"),
        ("李春", "李春梅"),
        # A title, or what is said among friends.
        ("小王", "王芳"), ("老陈", "陈国强"), ("老陳", "陈国强"), ("王主任", "王芳"), ("刘队长", "刘伟"),
        ("赵副书记", "赵云龙"), ("李春梅书记", "李春梅"), ("春梅姐", "李春梅"), ("小赵同志", "赵云龙"),
        ("张书记", "张敏|章敏"), ("李主任", "李春梅|黎明|李明"),
        # One error.
        ("陈国富", "陈国强"), ("陈国国强", "陈国强"), ("李梅春", "李春梅"), ("赵玉龙", "赵云龙"),
        ("程国强", "陈国强"), ("黎敏", "黎明|李明"), ("yanhann", "岩罕"), ("wamgfang", "王芳"),
        ("Jonh Smith", "John Smith"), ("John Smit", "John Smith"), ("岩罕罕", "岩罕"),
        # Nobody.
        ("", ""), ("·", ""), ("w", ""), ("12", ""), ("钱多多", ""), ("书记", ""),
        ("陈陈陈陈", ""), ("x" * 500, ""),
    ],
)  # fmt: skip
def test_whoever_may_be_meant_is_offered_and_never_taken(said: str, offered: str) -> None:
    found, sure = meant(said, TEAM, str)
    assert "|".join(found) == offered
    assert not (found and sure)


def test_only_a_handful_is_offered_and_sound_goes_before_a_part() -> None:
    found, sure = meant("李", [f"李{sign}" for sign in "甲乙丙丁戊己庚辛"], str)
    assert (len(found), sure) == (MOST_GUESSED, False)
    assert meant("张明", ["张明亮", "章明"], str) == (["章明", "张明亮"], False)
    assert meant("张明", ["章明", "张明", "张明"], str) == (["张明", "张明"], True)


_SIGNS = st.text("岩罕李春梅玛依努尔买买提aB·• 　", min_size=1, max_size=8)


@given(st.lists(_SIGNS, max_size=6), _SIGNS, st.sampled_from("·•・‧∙．. 　"))
def test_dots_and_blanks_never_matter(names: list[str], name: str, dot: str) -> None:
    if key(name):
        said = dot.join(name).swapcase()
        found = find(said, [*names, name], str)
        assert name in found
        assert {key(each) for each in found} == {key(name)}


@given(st.text(max_size=30), st.lists(st.text(max_size=12), max_size=5))
def test_whatever_is_typed_finding_does_not_fail(said: str, names: list[str]) -> None:
    assert set(find(said, names, str)) <= set(names)


def test_people_of_one_name_are_told_apart_by_what_differs() -> None:
    people = [
        Named(1, "岩罕", "芒里第一网格", "", "W1"),
        Named(2, "岩罕", "芒里第二网格", "", "W2"),
        Named(3, "玉香", "芒里第一网格", "护边员", "W3"),
        Named(4, "玉香", "芒里第一网格", "村医", "W4"),
        Named(5, "阿昌", "芒里第一网格", "护边员", "W5"),
        Named(6, "阿昌", "芒里第一网格", "护边员", "W6"),
        Named(7, "排勒", "芒里村", "", "W7"),
        Named(8, "玛依努尔·买买提", "芒里村", "", "W8"),
        Named(9, "玛依努尔•买买提", "那目村", "", "W9"),
    ]
    assert distinct(people) == {
        1: "岩罕（芒里第一网格）", 2: "岩罕（芒里第二网格）", 3: "玉香（护边员）", 4: "玉香（村医）",
        5: "阿昌（W5）", 6: "阿昌（W6）", 7: "排勒", 8: "玛依努尔·买买提（芒里村）",
        9: "玛依努尔•买买提（那目村）",
    }  # fmt: skip


_NAMES = st.sampled_from(
    ["岩罕", "岩 罕", "玉香", "玛依努尔·买买提", "阿卜杜热合曼" * 6, "#1", "😀" * 30]
) | st.text(max_size=40)
_AREAS = st.sampled_from(
    ["", "芒里第一网格", "芒里第二网格", "风平镇芒里村民委员会第十七网格", "风平镇那目村民委员会第十七网格"]
)
_ROSTER = st.lists(
    st.tuples(
        _NAMES, _AREAS, st.sampled_from(["", "护边员", "村医"]) | st.text(max_size=20), st.text(max_size=40)
    ),
    max_size=12,
)


@given(_ROSTER)
def test_labels_are_never_alike_nor_too_long(roster: list[tuple[str, str, str, str]]) -> None:
    labels = distinct(Named(n, *fields) for n, fields in enumerate(roster, start=1))
    assert sorted(labels) == list(range(1, len(roster) + 1))
    assert len(set(map(key, labels.values()))) == len(roster)
    assert all(label.strip() and units(label) <= MOST for label in labels.values())
