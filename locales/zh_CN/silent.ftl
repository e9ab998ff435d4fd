# 谁还没报
command-missing = 今天谁还没报
help-missing = /missing 看今天谁还没上岗、哪位中心户还没报，点一下就能提醒。

silent-head-duty = 🕙 { $area }，{ $day }（到 { $time }）：应到 { $due } 人，{ $left } 人还没上岗（应到 = 到点的班 + 不排班的网格员）
silent-head-households = 🕘 { $area }，{ $day }（到 { $time }）：{ $due } 位中心户，{ $left } 位还没报
silent-all-duty = ✅ { $area }，{ $day }（到 { $time }）：{ $due } 人都上岗了。
silent-all-households = ✅ { $area }，{ $day }（到 { $time }）：{ $due } 位中心户都报了。
silent-nobody-due-duty = { $area }，{ $day }没有要上岗的人。
silent-nobody-due-households = { $area }还没有登记中心户。
silent-person = { $number }. { $name } · { $why } · 上次 { $last }
silent-person-never = { $number }. { $name } · { $why }
silent-silent = 没消息
silent-away = 请假（不算应到）：{ $names }
silent-away-more = 请假（不算应到）：{ $names }等 { $count } 人
silent-worked = 没点上岗，当天有工作记录
silent-off = 说今天休息
silent-never-joined = 还没加入
silent-unreachable = 收不到消息
silent-nudge-button = 🔔 提醒没消息的 { $count } 人
silent-below-button = { $name }：{ $left }/{ $due } 没报 →
silent-before-button = ← 前面的
silent-after-button = 后面的 →
silent-above-button = ↑ 上一级
silent-again-button = 🔄 看最新的
silent-nudged = 🔔 提醒了{ $names }。
silent-nudged-held = 现在是休息时间，{ $time } 才会提醒{ $names }。急的话请打个电话。
silent-nudged-nobody = 这 { $minutes } 分钟里都提醒过了，先等等，或者打个电话。
silent-day-over = 这是前些天的名单，不用再提醒了。
nudge-duty = { $by }问一声：今天还没看到您上岗。在岗就点键盘上的「{ $key }」；今天休息，点下面的「今天休息」。
nudge-households = { $by }问一声：您联系的户今天都好吗？
nudge-off-button = 今天休息
nudge-off = 好，记下了，今天不再提醒您。
