# 班次
command-shifts = 我的班次，请假
command-onduty = 现在谁在岗，哪里缺人
command-rotation = 给卡点排轮班

shifts-today = 今天
shifts-tomorrow = 明天
shifts-yesterday = 昨天
shifts-day = { $month }月{ $day }日{ $weekday }
shifts-weekday-0 = 周一
shifts-weekday-1 = 周二
shifts-weekday-2 = 周三
shifts-weekday-3 = 周四
shifts-weekday-4 = 周五
shifts-weekday-5 = 周六
shifts-weekday-6 = 周日
shifts-ends = { $began }–{ $ended }
shifts-ends-next-day = { $began }–{ $day } { $ended }
shifts-until-yesterday = 昨天
shifts-until-today = 今天
shifts-until-tomorrow = 明天
shifts-until-next = 次日
shifts-span = { $day } { $hours }
shifts-lead = { $name }（带班）

shifts-none = 您接下来没有排班。
shifts-head = 您接下来的班：
shifts-entry = <b>{ $span }</b> · { $place }
shifts-entry-lead = <b>{ $span }</b> · { $place } · 您带班
shifts-with = 同班：{ $names }
shifts-alone = 这一班只排了您一个人
shifts-leave = 请假
shifts-sick = 生病
shifts-away-open = 您{ $kind }，顶班的人还没定
shifts-away-taken = 您{ $kind }，{ $name }替您上
shifts-leave-button = 📅 请假
shifts-sick-button = 🤒 生病
shifts-cannot-button = 📅 来不了
shifts-leave-then-button = 📅 { $day } { $time } 请假
shifts-before-button = ‹ 上一页
shifts-after-button = 下一页 ›

shifts-left-leave = 记下了：{ $span } { $place } 您请假。
shifts-left-sick = 记下了：{ $span } { $place } 您病了，不用来。好好休息。
shifts-left-told = 已经告诉{ $names }。
shifts-left-held = 现在是休息时间，{ $time } 告诉{ $names }。等不得的，请打个电话。
shifts-left-nobody = 这一片现在联系不上负责人，请打个电话说一声。
shifts-undo-button = 点错了，照常上班（{ $minutes } 分钟内）
shifts-back = 好，{ $span } { $place } 您照常上班。
shifts-undo-late = 时间过了，自己撤不回来了。要照常上班，请跟负责人说一声。
shifts-undo-taken = 已经安排人替您上了。要照常上班，请跟负责人说一声。

shifts-card-leave = 📅 { $name }请假：{ $span } · { $place }
shifts-card-sick = 🤒 { $name }病了：{ $span } · { $place }
shifts-card-back = { $name }：{ $span } · { $place }
shifts-card-left = 这一班还有{ $names }，{ $count } 人（应有 { $needed } 人）
shifts-card-nobody-left = 这一班没有别人了（应有 { $needed } 人）
shifts-card-ask = 请谁顶？点名字就定了，会马上告诉他。
shifts-card-nobody-free = 这个时间附近没有空着的人，请打电话安排。
shifts-more-people-button = 还有谁有空…
shifts-card-taken = ✅ { $name }顶班（{ $by }安排的）
shifts-card-undone = ✅ { $time } 撤回了，照常上班
shifts-choice = 谁替{ $name }上 { $span } · { $place }？
shifts-choice-more = { $span } · { $place } 再叫谁来？
shifts-named = ✅ 定了：{ $substitute }替{ $name }上 { $span } · { $place }。会告诉他们。
shifts-named-more = ✅ 定了：{ $substitute }也上 { $span } · { $place }。会告诉他。
shifts-named-held = 现在是休息时间，{ $time } 才告诉他。等不得的，请打个电话。
shifts-stand-in = { $by }请您替{ $name }上一班：{ $span } · { $place }
shifts-can-come = 能来就不用点。
shifts-come-too = { $by }请您也来上一班：{ $span } · { $place }
shifts-stood-in = { $name }替您上 { $span } · { $place }，您放心。
crews-not-on-shift = 这一班刚变过，发 /shifts 看最新的。
crews-not-free = 这个人刚刚有了别的安排，请换一个。

shifts-changed-added = 📅 您多了一班：
shifts-changed-moved = 📅 您下一班改了：
shifts-changed-removed = 📅 您下一班取消了：
shifts-changed-was = 原来：<s>{ $span } · { $place }</s>
shifts-changed-now = 下一班：<b>{ $span } · { $place }</b>
shifts-changed-none = 接下来没有排您的班。

# 在岗与缺口
onduty-head = 🕘 { $time } 在岗情况（第 { $first }–{ $last } 处，共 { $total } 处）
onduty-gaps-head = ⚠️ { $days } 天内缺人的班（第 { $first }–{ $last } 班，共 { $total } 班）
onduty-no-posts = 您这一片还没有卡点，现在也没有人在岗。
onduty-no-gaps = { $days } 天内排了的班都不缺人。
onduty-area = <b>{ $area }</b>
onduty-post = 📍 { $post }
onduty-no-post = 📍 片区值守
onduty-since = { $name }（{ $time } 起）
onduty-since-by-other = { $name }（{ $time } 起，别人替点）
onduty-since-went-on = { $name }（{ $time } 起，接着上一班，没再点）
onduty-present = 在岗：{ $names }
onduty-missing = 该来还没到（{ $time } 的班）：{ $names }
onduty-nobody = 没有人在岗，也没有排班
onduty-away = 请假、生病：{ $names }
onduty-away-leave = { $name }（请假）
onduty-away-sick = { $name }（生病）
onduty-few = 只有 { $count } 人，应有 { $needed } 人
onduty-lacks = 班里缺：{ $titles }
onduty-gap = { $number }. { $span } · { $place }
onduty-uncovered = ⚠️ 这段时间没有排班，没有人
onduty-crew = 已排：{ $names }
onduty-find-button = 给第 { $number } 班找人
onduty-now-button = 现在谁在岗
onduty-gaps-button = 接下来哪里缺人

# 轮班
form-name-rotation = 排轮班
rotation-which-post = 给哪个卡点排班？点一个，或者打卡点的名字。
rotation-post = { $post }（{ $area }）
rotation-which-pattern = 怎么轮？
rotation-pattern-3x8 = 三班倒，每班 8 小时
rotation-pattern-2x12 = 两班倒，每班 12 小时
rotation-pattern-24-48 = 上 24 小时，休 48 小时
rotation-pattern-custom = 别的时间
rotation-times = 每天头一班几点开始？点一个，或者打字，比如 7:30。
rotation-time = { $time }
rotation-times-custom = 每天哪几班？打字，比如：7-15，15-23，23-7
rotation-crews =
    哪些人一个班组？一行一组，头一个带班，比如：
    岩罕、玉香
    排勒、阿昌
    这样轮要 { $number } 组。
rotation-crews-proposed =
    平时在这里值守的人可以这样分（每组头一个带班）：
    { $crews }
    要改就照这个样子发过来，一行一组。
rotation-crews-as-proposed = 就这样分
rotation-first-day = 从哪天开始？
rotation-today = 今天（{ $month }月{ $day }日）
rotation-tomorrow = 明天（{ $month }月{ $day }日）
rotation-monday = 下周一（{ $month }月{ $day }日）
rotation-set = ✅ { $post } 的轮班排好了，{ $day }开始。
rotation-set-times = 每天：{ $spans }
rotation-set-crew = 第 { $number } 组：{ $names }
rotation-set-planned = 先排到{ $day }，共 { $count } 班，以后每晚自动往后排。
rotation-set-replaced = 原来排的 { $count } 班换掉了；改动过的班没有动。
rotation-lacks = ⚠️ 第 { $number } 组{ $what }
rotation-lacks-people = 不到 { $needed } 人
rotation-lacks-titles = 缺{ $titles }
rotation-stop-button = 停掉这个轮班
rotation-stopped = { $post } 的轮班停了，取消了还没开始的 { $shifts } 班。改动过的班还在。
rotation-no-posts = 您这一片还没有卡点，请管理员先把卡点加进人员名单。
rotation-post-unknown = 没有找到这个卡点，请点一个，或者把名字打全。
rotation-post-many = 叫「{ $name }」的有好几个：{ $posts }。请把名字打全。
rotation-times-unread = 时间没看懂。请像这样写：7-15，15-23，23-7
rotation-time-unread = 时间没看懂。请像这样写：7:30
rotation-crews-number = 请一行写一组，最多 { $most } 组。
rotation-crews-too-few = 这样轮至少要 { $needed } 组，现在是 { $given } 组。
rotation-name-unknown = 这一片没有叫「{ $name }」的人，请看看名字写对没有。
rotation-name-twice = 叫「{ $name }」的不止一个（{ $people }），请写名单里的编码。
rotation-name-repeated = 「{ $name }」写了两次，一个人只能在一个组里。
rotation-day-past = 这一天已经过了，请换一天。
