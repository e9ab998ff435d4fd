# 交接班
command-handover = 交接班

handover-head = 🤝 <b>交接班 · { $place }</b>
handover-moved = 🤝 { $place }的交接班在下面 👇
handover-outgoing = 交：{ $names }，{ $span }
handover-incoming = 接：{ $names }，{ $span }
handover-incoming-next = 接：{ $names }
handover-crew = { $name }等 { $count } 人
handover-no-crew = 没有排人
handover-nobody-follows = 接：后面没有排班，交给负责人

handover-nothing-open = 没有要交代的事。
handover-open-head = 要交代的：
handover-open-one = 要交代的：{ $told }
handover-matter = { $number }. { $told }
handover-matter-done = { $number }. <s>{ $told }</s> { $closer }办完了
handover-said = { $words }（{ $name } { $time }）
handover-spoken = 🎤 语音
handover-patrol-missed = { $time } 的巡逻{ $section }没到：{ $missed }
handover-patrol-open = { $time } 的巡逻{ $section }没点「巡完了」
handover-hazard = ⚠️ 隐患 { $code } 还没整改好：{ $words }
handover-things-there = 🧰 器材 { $count } 样，都在
handover-things-rest = 🧰 其余 { $count } 样都在
handover-things-missing = ❌ 缺：{ $names }
handover-things-broken = ⚠️ 坏了：{ $names }
handover-is-there = 在
handover-is-missing = 缺
handover-is-broken = 坏了

handover-given = ✅ { $name } { $time } 交了班
handover-taken = ✅ { $name } { $time } 接了班，都对
handover-taken-differs = ⚠️ { $name } { $time } 接了班，有不对的地方：
handover-taken-alone = ⚠️ 没有人交班，{ $name } { $time } 自己接了
handover-difference = · { $thing }：交的时候说{ $given }，接的时候{ $found }
handover-difference-said = · { $told }
handover-late-giving = ⏰ 到时间了还没人交班，已经告诉负责人
handover-late-taking = ⏰ 还没有人接班，已经告诉负责人
handover-lapsed = 这次没有交接成，没办完的事转到下一次了。
handover-awaits-give = 看一遍，点「🤝 交班」，一个人点就行。
handover-awaits-giving = 等上一班交班。
handover-awaits-take = 对一遍，都对就点「接班」，一人点就行。
handover-awaits-taking = 等接班的人确认。
handover-awaits-take-alone = 上一班还没交。人已经走了的话，你们看一遍，自己接也行。

handover-give-button = 🤝 交班
handover-say-button = ➕ 加一条
handover-matters-button = ☑️ 勾掉办完的
handover-things-button = 🧰 器材
handover-back-button = ← 返回
handover-take-right-button = ✅ 接班，都对
handover-take-differs-button = ✅ 接班，不对的记下了
handover-take-alone-button = ✅ 没人交，我们接了
handover-differs-button = ⚠️ 有不对的
handover-differ-button = 🎤 说说哪里不对
handover-voice-button = ▶️ 听第 { $number } 条
handover-voice-caption = 🎤 { $name } { $time } 在{ $place }交接班时说的

handover-differs-head = ⚠️ { $place }：{ $name }接班时看到有不对的
handover-over = 这次已经交接完了。要说的事，下次交班时再加。
handover-none = 现在没有要您交接的班。快下班时会把卡片发给您。
handover-given-toast = 交了，等接班的人确认
handover-taken-toast = 接好了

form-name-handover = 交接班
handover-ask-say = 还有什么没办完、要下一班留心的？打字或者说一段语音都行。
handover-ask-differ = 哪里和交的不一样？打字或者说一段语音都行。
handover-kept = 加上了，接班的能看到。
handover-kept-differ = 记下了。都看过了，在卡片上点「✅ 接班，不对的记下了」才算接好。

handover-late-head = ⏰ 该交接班了，还没交接好：
handover-late-head-above = ⏰ 这些卡点该交接了还没交接，请您问一下：
handover-late-open = { $number }. { $area } { $place }，{ $time } 的交接班，还没人交
handover-late-given = { $number }. { $area } { $place }，{ $time } 的交接班，{ $giver }交了，还没人接
handover-late-button = 🤝 看{ $place }的交接班
handover-late-settled = ✅ 都交接好了。

handover-list-head = 🤝 这两天的交接班（{ $total } 次）
handover-list-none = 这两天您这一片还没有交接班。
handover-list-entry = { $number }. { $place } { $time }：{ $state }
handover-short-open = 还没交
handover-short-given = { $giver }交了，等人接
handover-short-late-open = ⏰ 到时间还没交
handover-short-late-given = ⏰ { $giver }交了，还没人接
handover-short-right = ✅ { $giver } → { $taker }
handover-short-differs = ⚠️ { $giver } → { $taker }，有不对的
handover-short-alone = ⚠️ 没人交，{ $taker }自己接了
handover-short-lapsed = 没有交接成

form-name-equipment = 卡点器材
command-equipment = 卡点另有的器材
equipment-which-post = 哪个卡点？点一个，或者打卡点的名字。
equipment-list =
    这个卡点另外有哪些器材要交接？一行写一样，后面写个数，比如：
    望远镜 2
    摩托车钥匙 1
    一样都没有就写「没有」。
equipment-set = ✅ { $post }另外交接：{ $things }。下一次交班起就有。
equipment-none = ✅ { $post }只交接通用的那些器材。
equipment-unread = 没看懂。请一行写一样，后面写个数，最多 { $most } 样。
