# 名单导入、模板、邀请：给操作员看的话

roster-where = { $has ->
    [cell] { $sheet } 第 { $row } 行「{ $column }」：
    [row] { $sheet } 第 { $row } 行：
    [column] { $sheet }「{ $column }」：
    [sheet] { $sheet }：
   *[none] { "" }
}

roster-file-damaged = 文件已损坏，或不是正常的 Excel 工作簿。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。
roster-file-encrypted = 文件有打开密码。请先去掉密码，再另存为 .xlsx。
roster-file-xls = 这是旧格式 .xls。请用 Excel 或 WPS 另存为 .xlsx。
roster-file-not-xlsx = 这不是 .xlsx 工作簿。请用模板（gridduty roster template）填写，存为 .xlsx。
roster-file-too-big = 文件展开后太大（{ $size } MB，上限 { $limit } MB）。请删去图片和无关工作表，或分几次导入。
roster-file-far-cell = 单元格 { $cell } 太远：最多 { $rows } 行、{ $columns } 列。请删除远处的内容后再存。

roster-no-sheet = 没有可以导入的工作表。请至少有其中一张：{ $known }。
roster-unknown-sheet = 不认识的工作表。请改名、删去，或把它命名为「说明」。可用的名称：{ $known }。
roster-sheet-twice = 与工作表「{ $other }」是同一种。请合并为一张。
roster-empty-sheet = 只有表头，没有内容，这一部分保持不变。确要全部移除，请加 --allow-removals。
roster-missing-column = 缺少这一列。请补上表头，写在第一行。
roster-unknown-column = 不认识这一列，已忽略。可用的列：{ $known }、备注。
roster-column-twice = 这一列出现了两次。请只留一列。
roster-formula = 单元格 { $cell } 是公式。请复制后「选择性粘贴 → 数值」。
roster-error-cell = 单元格 { $cell } 是错误值（如 #N/A）。请改成实际内容或清空。
roster-merged = 单元格 { $cells } 被合并。请取消合并，每行都填写。
roster-unknown-coordinates = 设置中的坐标系「{ $value }」不认识。请写 WGS-84 或 GCJ-02。

roster-empty = 没有填写。请补上。
roster-too-long = 太长。最多 { $limit } 个字。
roster-bad-code = 编码「{ $value }」不对。只能用字母、数字、- 和 _，最多 40 个。
roster-bad-phone = 电话「{ $value }」不对。请写 11 位手机号，或带区号的座机，境外号码以 + 开头。
roster-bad-number = 「{ $value }」不是数字。请只写数字。
roster-bad-degrees = 「{ $value }」超出范围（-{ $limit } 到 { $limit } 度）。请检查经纬度是否写反。
roster-out-of-range = 「{ $value }」超出范围。应在 { $low } 到 { $high } 之间。
roster-bad-moment = 时间「{ $value }」看不懂。请写成 2026-11-23 08:00，或只写 08:00。
roster-unknown-word = 「{ $value }」不认识。可以写：{ $known }。
roster-half-place = 纬度和经度只有一个。请两个都填，或都不填。
roster-no-start = 开始时间不完整。请写日期和时间，如 2026-11-23 08:00；或另有「日期」列。
roster-no-end = 结束时间不完整。请写日期和时间，或只写时间（如 08:00，不晚于开始即为次日）。
roster-ends-before = 结束（{ $end }）不晚于开始（{ $start }）。请改正；跨夜班请写次日日期，或结束只写时间。
roster-shift-too-long = 班次超过 { $days } 天。请检查日期。
roster-no-place = 点位和区域都没有填。请至少填一个。
roster-duplicate = 「{ $code }」重复，第 { $first } 行已有。请删去一行。
roster-unknown-area = 没有编码为「{ $code }」的区域。请检查编码，或在区域表里加上。
roster-unknown-post = 没有编码为「{ $code }」的点位。请检查编码，或在点位表里加上。
roster-unknown-person = 没有编码为「{ $code }」的人员。请检查编码，或在人员表里加上。
roster-unknown-section = 没有编码为「{ $code }」的巡逻段。请检查编码，或在巡逻段表里加上。
roster-bad-path = 路线「{ $value }」看不懂。请写「纬度,经度; 纬度,经度」，至少两个点，最多 { $most } 个。
roster-bad-day = 「{ $value }」不是日期。请写成 2026-11-23。
roster-bad-spans = 时间「{ $value }」看不懂。自定的班请写每天哪几班，如 7-15，15-23，23-7。
roster-bad-start = 时间「{ $value }」看不懂。请写每天头一班几点开始，如 08:00。
roster-crews-number = 班组看不懂。请写人员编码，组与组之间用 / 分开，最多 { $most } 组。
roster-crew-twice = 「{ $code }」写了两次。一个人只能在一个组里。
roster-one-crew = 只有一组，一天却要值 12 小时以上。请至少分两组，用 / 分开。
roster-rotation-past = 点位「{ $post }」现在的轮班和这一行不一样，而首日 { $day } 已过，这一行没有动。要改，请写今天或以后的首日。
roster-same-phone = 电话与第 { $other } 行相同。如确是两人共用一个号码，可不管。
roster-cycle = 上级互相指向，成了一圈：{ $codes }。请改正其中一个上级。
roster-kind-order = 上级「{ $above }」的级别比它低（{ $above_kind } 之下不能有 { $kind }）。请检查级别和上级。
roster-still-used-area = 区域「{ $code }」要移除，但「{ $by }」（{ $sheet }）还属于它。请一并提供那张表，或保留这个区域。
roster-still-used-post = 点位「{ $code }」要移除，但「{ $by }」（{ $sheet }）还用着它。请一并提供那张表，或保留这个点位。

roster-refused-problems = 名单有 { $total } 处错误，什么都没有改动。请按上面的提示改正后再导入。
roster-refused-removals = 「{ $table }」现有 { $held } 条，要移除 { $gone } 条，太多，什么都没有改动。确认无误请再加 --allow-removals。
roster-changed-meanwhile = 预览之后名单被别处改动过，什么都没有改动。请重新导入。

roster-refused-busy = 数据库正忙，什么都没有改动。请稍后再导入。

roster-table-area = 区域
roster-table-post = 点位
roster-table-section = 巡逻段
roster-table-checkpoint = 必到点
roster-table-person = 人员
roster-table-person_post = 人员点位
roster-table-role = 角色
roster-table-household = 联户
roster-table-shift = 班次
roster-table-member = 班组成员

roster-report-head = { $file }（坐标系 { $coordinates }）
roster-report-counts = { $table }：新增 { $adds }，变更 { $changes }，移除 { $removals }
roster-report-rotations = 轮班：新排 { $count }
roster-report-reordered = { $count } 条只是次序或所属路径变了
roster-report-returns = 恢复
roster-report-more = 还有 { $count } 条未显示（--show 可多看）
roster-report-row = 第 { $row } 行
roster-report-warnings = 提示 { $total } 条：
roster-report-problems = 错误 { $total } 处（显示前 { $shown } 处）：
roster-report-nothing = 与现有名单一致，没有改动。
roster-report-guarded = 注意：「{ $table }」现有 { $held } 条，将移除 { $gone } 条；导入时需再加 --allow-removals。
roster-report-preview = 这只是预览，什么都没有改动。确认后请加 --yes。
roster-report-done = 已导入：改动 { $count } 条，用时 { $seconds } 秒，其中写锁 { $locked } 秒。

roster-step-write = 写入
roster-step-cards = 制作卡片

roster-template-exists = 「{ $file }」已经有了，里面可能填过内容，没有动它。请换个文件名。
roster-template-done = 空白模板写好了：{ $file }
roster-template-title = 网格值守名单填写说明（本表不导入）
roster-template-rule-1 = 每张表的第一行是表头，列的次序不限；带 * 的说明为必填。不需要的表可以删去或留空，对应内容保持不变。
roster-template-rule-2 = 填了内容的表就是那一部分的全部：表里没有的，会被移除（历史记录保留）。已经结束的班次不受影响。
roster-template-rule-3 = 不要用公式，不要合并单元格。同一文件再次导入不会有任何改动。
roster-template-column = 列
roster-template-meaning = 填写说明
roster-template-examples = 示例（仅供参考，不会导入）
roster-template-setting = 设置
roster-template-value = 值
roster-template-setting-hint = WGS-84（GPS 原始坐标）或 GCJ-02（高德、腾讯等国内地图坐标）

roster-hint-areas-code = 区域编码，字母、数字、- 和 _，最多 40 个，全州唯一。
roster-hint-areas-name = 区域名称。
roster-hint-areas-kind = 州、县市、乡镇、村、网格 之一。
roster-hint-areas-parent = 上级区域的编码；最上一级留空。
roster-hint-areas-latitude = 中心点纬度，如 24.434。可不填。
roster-hint-areas-longitude = 中心点经度，如 98.588。可不填。
roster-hint-areas-radius = 签到范围半径，米；不填用默认值。
roster-hint-posts-code = 点位编码，全州唯一。
roster-hint-posts-name = 点位名称。
roster-hint-posts-area = 所在区域的编码。
roster-hint-posts-line = 五道防线：边、带、城、路、援 之一。可不填。
roster-hint-posts-latitude = 点位纬度。可不填。
roster-hint-posts-longitude = 点位经度。可不填。
roster-hint-posts-radius = 签到范围半径，米；不填用默认值。
roster-hint-sections-code = 巡逻段编码，全州唯一。
roster-hint-sections-name = 巡逻段名称，如 71号界碑段。
roster-hint-sections-area = 区域编码；不填则用点位所在区域。与点位至少填一个。
roster-hint-sections-post = 由哪个点位巡，填点位编码。不填则由这个区域的人巡。
roster-hint-sections-path = 从一头到另一头的坐标：纬度,经度; 纬度,经度; …。可不填，只靠必到点。
roster-hint-sections-checklist = 巡什么：配置里检查清单的编码或名称，如 边境巡查。不填则按点位的防线选。
roster-hint-sections-times = 每天几点出发，如 22:00 02:30。不填则按配置。
roster-hint-checkpoints-code = 必到点编码，全州唯一。
roster-hint-checkpoints-section = 所在巡逻段的编码。
roster-hint-checkpoints-name = 必到点名称，如 老渡口。表中的次序就是走的次序。
roster-hint-checkpoints-latitude = 纬度。不填则只能扫码或拍照打点。
roster-hint-checkpoints-longitude = 经度。
roster-hint-checkpoints-radius = 走到多近算到，米，5–5000；不填用默认值。
roster-hint-people-code = 人员编码，全州唯一，一人一个，不要用身份证号。
roster-hint-people-name = 姓名。
roster-hint-people-phone = 手机号；加入时用来核对本人。可不填。
roster-hint-people-area = 所属区域的编码，网格员填网格。
roster-hint-people-titles = 五大员、六大岗位等称呼，可写多个。可不填。
roster-hint-people-posts = 常去点位的编码，多个用顿号、逗号或空格分开。可不填。
roster-hint-people-language = 中文 或 en；不填用默认语言。
roster-hint-roles-person = 人员编码。
roster-hint-roles-role = 网格员、班组成员、中心户、书记/网格长、调度员、成员、管理员 之一；一人可有多行。
roster-hint-roles-area = 在哪个区域担任；含其下级。
roster-hint-households-head = 党员中心户的人员编码。
roster-hint-households-area = 联户所在区域的编码。
roster-hint-households-count = 联系户数，只填数字，不填户主信息。
roster-hint-shifts-code = 班次编码，全州唯一。
roster-hint-shifts-post = 点位编码；与区域至少填一个。
roster-hint-shifts-area = 区域编码；不填则用点位所在区域。
roster-hint-shifts-duty_type = 勤务类型的编码或名称；不填用默认类型。
roster-hint-shifts-date = 日期；开始已写日期时不用填。
roster-hint-shifts-start = 开始，如 2026-11-23 20:00；有日期列时可只写 20:00。
roster-hint-shifts-end = 结束，如 2026-11-24 08:00；只写 08:00 时，不晚于开始即为次日。
roster-hint-shifts-people = 班组人员编码，多个用顿号、逗号或空格分开。
roster-hint-shifts-lead = 带班人的人员编码。
roster-hint-rotations-post = 点位编码，一个点位一行。没写到的点位，轮班不变。
roster-hint-rotations-pattern = 三班倒、两班倒、24休48、自定 之一。
roster-hint-rotations-times = 每天头一班几点开始，如 08:00（不填就是 08:00）。方式为自定时写每天哪几班：7-15，15-23，23-7。
roster-hint-rotations-first_day = 从哪天开始，如 2026-11-23。
roster-hint-rotations-until = 最后一天；不填就一直排下去。
roster-hint-rotations-crews = 各组的人员编码，第一个带班，组与组之间用 / 分开：W001、W002/W003、W004。

roster-invite-title = 网格值守邀请码
roster-invite-code = 编码
roster-invite-name = 姓名
roster-invite-area = 区域
roster-invite-link = 链接
roster-invite-expires = 有效期至
roster-invite-qr = 二维码
roster-invite-for = { $name }（{ $area }）
roster-invite-how-1 = 1. 手机装好 Telegram
roster-invite-how-2 = 2. 用相机扫码，点「开始」
roster-invite-how-3 = 3. 按提示点一下，核对手机号
roster-invite-until = { $date } 前有效，只给本人用一次，不要转发
roster-post-how-1 = 到岗后用手机相机扫码
roster-post-how-2 = 打开后点「开始」，就算上岗
roster-post-how-3 = 请贴在室内或避雨处
roster-checkpoint-how-1 = 巡到这里，用手机相机扫码
roster-checkpoint-how-2 = 打开后点「开始」，这个点就算到了
roster-codes-title = 墙上的码
roster-codes-none = 「{ $area }」没有点位，也没有必到点。
roster-codes-done = 做好了 { $count } 个码：{ $file }。打印出来，贴在各自的位置。
roster-codes-renewed = 换了 { $count } 个新码：{ $file }。旧码已作废，请尽快换上新的。
roster-codes-unknown = 没有编码为「{ $code }」的点位或必到点。
roster-invite-no-bot = 不知道机器人的用户名。请加 --bot 用户名。
roster-invite-no-area = 没有编码为「{ $code }」的区域。
roster-invite-none = 没有要做的卡片：「{ $area }」的人员都已加入，或已有有效的邀请码（要换新码请加 --renew）。
roster-invite-done = 已为「{ $area }」生成 { $count } 张卡片：{ $file }
roster-post-none = 「{ $area }」没有点位。
roster-invite-no-person = 没有编码为「{ $code }」的人员。
roster-unbind-none = 没有人用这个编码加入过。
roster-unbind-preview = { $code } 用着的账号：{ $accounts }。加 --yes 解除。
roster-unbind-done = 已解除 { $code } 的账号：{ $accounts }。要再用，请给他一个新链接。
