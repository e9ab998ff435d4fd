"""Words that say that somebody is in danger: found in what people write, and not in what only sounds so."""

import pytest

from bot.features.safety.danger_words import speaks_of_danger

DANGER = (
    "救命", "救命啊！！", "快来救命，阿公倒在水沟里", "救　命", "有一户老人摔了", "老人摔了一跤起不来",
    "着火了", "山上起火", "三组失火，火很大", "河边有人溺水", "小孩落水了", "水涨上来淹水了",
    "街上有人打架", "打起来了，有人动刀", "工人受伤，流血不止", "他晕倒了", "电线掉下来有人触电",
    "墙塌了", "三个人被困在山上", "吃了野生菌中毒", "老人失踪一天了", "被狗咬伤", "桥头出事了",
    "车祸，两个人", "煤气泄漏", "有人要跳河", "没有信号，有人受伤", "没车，老人摔伤了", "HELP ME",
    "Help me please", "there is a fire", "a man is drowning", "two people are fighting",
    "he fell down and is unconscious", "SOS", "child gone missing", "she was bitten by a snake",
    "an old man is trapped", "三組著火了", "發火災了", "有人受傷", "有人掉进井里了", "阿婆不省人事",
    "没呼吸了", "救.命", "救~~~命！", "救…命", "S.O.S", "s o s", "快叫救護車",
    "心脏病犯了", "他喝药了", "上吊了", "有枪响", "店里被抢了", "地震了", "塌方埋人了",
    "头上出血了", "孩子不见了",
    "媳妇难产", "要生了", "快叫救护车", "快打120", "赶紧报警", "人快不行了", "被车撞了", "call an ambulance",
    "救我", "来人啊", "快来救人", "有人掉进水沟里了", "老人从楼上掉下来了", "摩托车摔沟里了", "房子倒了",
    "墙倒了压到人了", "被牛顶了", "小孩被水冲走了", "家里冒烟", "有人闹事拿刀", "他被打了", "头上流血了",
    "腿断了", "阿婆昏过去了", "孩子抽搐", "心口疼得厉害", "呼吸困难", "他想不开", "被电了", "液化气漏气",
    "山火烧过来了", "掉下悬崖了", "陷在泥里出不来", "困在山上", "请求支援", "受伤员工还在里面",
    "着火的地方在村口", "机房着火了", "please help", "I need help", "man down", "he cannot breathe",
    "chest pain", "she fell from the roof", "I heard a gunshot", "he has been shot",
    "a child was kidnapped", "landslide on the road",
)  # fmt: skip
NONE = (
    "", "上岗", "7:30", "今天都正常", "没有人受伤", "没人受伤，放心", "无人受伤", "没着火，是烧稻草",
    "防溺水宣传做完了", "预防中毒的传单发了", "消防灭火器过期了", "溺水演练几点开始",
    "火灾应急预案在哪里", "这是救命稻草", "谢谢救命恩人", "救命钱还没到账", "被困难吓倒",
    "桥头护栏松了", "路灯坏了", "明天开会", "老人要办医保", "如何防触电",
    "fire extinguisher is missing", "fire drill at nine", "no fire, all well", "nobody injured",
    "演习着火怎么喊", "不是着火，是炊烟", "着火点排查完了", "打架的两家已经调解好了", "报警器坏了",
    "火灾报警器过期", "没报警", "急救箱过期了", "急救培训几点", "没流血", "火烧云真好看", "山火预警解除了",
    "防山火宣传", "玻璃被打破了", "漏电保护器换了", "摔了一个碗", "打人的两家已经调解好了", "帮助", "help",
    "the firewood is dry", "thanks for your help", "good morning", "emergency number please",
)  # fmt: skip


@pytest.mark.parametrize("words", DANGER)
def test_danger_is_found(words: str) -> None:
    assert speaks_of_danger(words)


@pytest.mark.parametrize("words", NONE)
def test_what_only_sounds_so_is_let_pass(words: str) -> None:
    assert not speaks_of_danger(words)


def test_long_texts_are_read_at_once() -> None:
    assert not speaks_of_danger("没" * 4000)
    assert speaks_of_danger("今天路上" * 900 + "有人晕倒")
