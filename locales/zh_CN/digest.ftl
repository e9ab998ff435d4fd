# 早上的待办清单
digest-head = ☀️ 早上好，有 { $count } 件事等您：
digest-done-some = 已经办完 { $count } 件。
digest-done = ✅ 今天清单上的 { $count } 件都办完了，辛苦。
digest-kind-hazard = 🛠 隐患（{ $command }）
digest-kind-household = 🏠 中心户说有事的
digest-kind-handover = 🔁 没交接清的（{ $command }）
digest-kind-correction = ✏️ 补卡等您定（{ $command }）
digest-kind-swap = 🔄 换班等您定
digest-kind-account = 📱 要用新号的
digest-item-hazard = · { $what } { $who }，{ $time } 到期
digest-item-overdue = · { $what } { $who }，{ $time } 就到期了，还没办
digest-item-household = · { $who }联系的第 { $what } 户，{ $time } 说的
digest-item-handover = · { $who }，{ $time } 该交的班
digest-item-correction = · { $who }（{ $what }），{ $time } 的
digest-item-swap = · { $who }，{ $time } 的班（{ $what }）
digest-item-account = · { $who }（{ $what }）
digest-more = …还有 { $count } 件。
