# 几点问、几点提醒
command-reminders = 几点问、几点提醒
help-reminders = /reminders 看本片区几点问中心户、几点提醒，也能改。

times-head = ⏰ <b>{ $area }</b>的提醒时间，点一下就能改：
times-line = · { $name }：{ $state }
times-one = ⏰ <b>{ $area }</b> · { $name }：{ $state }
times-words = 话是这么说的：{ $words }
times-limits = 可以定在 { $earliest } 到 { $latest } 之间。
times-at = 每天 { $time }
times-on = 开着
times-off = 不提醒
times-own = { $state }（自己定的）
times-above = { $state }（跟{ $area }一样）
times-off-button = 🔕 我们这片不用
times-on-button = 🔔 还是要提醒
times-follow-button = ↩️ 跟上面一样
times-leeway-x = 下面各处自己定
times-leeway-60 = 下面可差 1 小时
times-leeway-30 = 下面可差半小时
times-leeway-0 = 下面都按这个时间
times-back-button = ← 全部
times-outside = 这一项只能定在 { $earliest } 到 { $latest } 之间，上面定的。
times-name-ask-households = 问中心户
times-name-remind-households = 没回的中心户再问一次
times-name-before-start = 上班前提醒
times-name-after-end = 下班时提醒
times-name-digest = 早上的待办清单
