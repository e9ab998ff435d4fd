# 自己的记录
role-grid-worker = 网格员
role-crew-member = 班组成员
role-household-head = 党员中心户
role-supervisor = 负责人
role-dispatcher = 调度员
role-member = 成员
role-admin = 管理员
role-changed = 您现在是{ $role }。下面的按钮换好了。
role-none = 成员
list-comma = 、
my-comma = ，

language-choice = 请选语言 / Please choose a language
language-changed = 好，以后用中文。

my-month = 📒 { $month }月：上岗 { $checkins } 次，共 { $span }
my-month-empty = 📒 { $month }月：还没有上岗记录
my-late = 晚到 { $count } 次
my-corrections = 补卡 { $count } 次
my-corrections-open = 还有 { $count } 次补卡等批
my-place-right = ✓
my-entry = { $month }月{ $day }日 { $began }–{ $ended }
my-entry-post = { $post }
my-open = 在岗
my-next-day = 次日 { $time }
my-place-off-site = 离得较远 { $distance }
my-place-unsure = 定位不太准
my-entry-late = 晚到 { $span }
my-entry-early = 早走 { $span }
my-entry-forwarded = 转发的位置
my-entry-too-fast = 位置待核对
my-entry-went-on = 接着上一班
my-entry-corrected = 补过卡
my-entry-closed = 没点下班
my-entry-made-by-other = 别人替点
my-older-button = 更早的
my-no-older = 更早就没有了。
