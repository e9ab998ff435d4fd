correction-what = 要补哪一条？
correction-option-missed = { $at } 没上岗记录 → 补上
correction-option-not-closed = 没点下班 → 按 { $at } 下班
correction-option-not-closed-when = { $recorded } 自动下班 → 改时间
correction-option-late = { $recorded } 上岗 → 其实 { $at }
correction-option-left-early = { $recorded } 下班 → 其实 { $at }
correction-option-last-when = { $recorded } 上岗 → 改时间
correction-other-check-in = 补别的上岗时间
correction-other-check-out = 补别的下班时间

correction-when-check-in = 几点上的岗？点一个，或者打字，比如 8:05、昨天 20:00。
correction-when-check-out = 几点下的班？点一个，或者打字，比如 18:05、昨天 20:00。
correction-at = { $at }

correction-reason-of-check-in = 补成 { $at } 上岗。什么原因？点一个，打字、发语音都行。
correction-reason-of-check-out = 补成 { $at } 下班。什么原因？点一个，打字、发语音都行。
correction-reason-no-signal = 没信号
correction-reason-forgot = 忘了
correction-reason-battery = 手机没电
correction-reason-device = 手机坏了

correction-sent = ✏️ 补卡送出去了，原来的记录也留着。
correction-change-in = 上岗：{ $recorded } → { $at }
correction-change-in-new = 上岗：没有记录 → { $at }
correction-change-out = 下班：{ $recorded } → { $at }
correction-change-out-new = 下班：没有记录 → { $at }
correction-waits = 等{ $names }批，有结果马上告诉您。
correction-held = 现在是休息时间，{ $time } 送给{ $names }，不用再发。
correction-nobody = 您这一片往上暂时联系不到负责人。这条先给您留着，您再打个电话说一声。
correction-and-others = { $names }等 { $count } 人

correction-card = ✏️ 补卡：{ $name }（{ $area }）
correction-card-shift = 班次：{ $start }–{ $end }
correction-card-made-up = 班次：{ $start }–{ $end }。批了，这一班就算上满；班还没完的，算在岗。
correction-card-reason = 原因：{ $reason }
correction-card-voice = 原因：听语音
correction-waiting = 有 { $count } 条补卡等批，都在这个对话里，点卡片上的按钮就行。
correction-none-waiting = 现在没有等批的补卡。
command-corrections = 等我批的补卡
correction-approve-button = ✅ 批准
correction-refuse-button = ❌ 不批
correction-decided-toast = 记下了，已经告诉本人
correction-approved = ✅ { $name } { $time } 批了
correction-refused = ❌ { $name } { $time } 没批
correction-refused-next = 按原来的记录算。有话要说，给他打个电话，也可以再补一次。
correction-decided-before = 这条已经有人处理了：{ $outcome }
correction-on-duty = 您现在算在岗，走的时候点「下班」。

correction-in-future = 这个时间还没到，请换一个。
correction-too-old = 只能补最近 { $hours } 小时的。更早的，请直接跟负责人说。
correction-no-record = 这个时间前面没有上岗记录，请先补上岗。
correction-asked-already = 这一条已经送出去了，正等批，不用再发。
correction-still-open = 您这会儿还在岗。要走了，点「🏁 下班」就行。
correction-out-before-in = 这样下班比上岗还早，请换个时间。
correction-overlaps = 这个时间跟您另一次上岗重了，请换个时间。
correction-no-longer-fits = 现在批不了：{ $name }后来的上岗时间跟这个对不上了。可以点「不批」，请他重新补一次。
