time-today = { $time }
time-yesterday = 昨天 { $time }
time-tomorrow = 明天 { $time }
time-other-day = { $month }月{ $day }日 { $time }
# A fact called month is said like this, in every text.
month-1 = 1
month-2 = 2
month-3 = 3
month-4 = 4
month-5 = 5
month-6 = 6
month-7 = 7
month-8 = 8
month-9 = 9
month-10 = 10
month-11 = 11
month-12 = 12

not-understood = 这个我没看懂。点下面的按钮就行，或发 /help 看看能做什么。
button-stale = 这个按钮过期了，请往下翻，用最新的那条消息。
picture-missing = 图片这会儿没发出来，稍后请再点一次看看。
failed = 刚才这一步没办成，管理员已经知道，不用再发。急的事请直接打电话。
too-long = 这条太长了，我看不了。请分成几条短的再发。
access-refused = 这件事要您片区的负责人来办，请跟他说一声。
access-no-duty = 名单上您现在不用上岗。要是该您值班，请跟负责人说一声，让管理员把名单补上。
access-stranger = 您还没有加入。请打开负责人发给您的邀请链接。
admin-handler-failed =
    ⚠️ 程序出错：{ $error }
    收件编号 { $seq }，详情请运行 gridduty inbox failed
admin-job-failed =
    ⚠️ 定时任务 { $job }（{ $occasion }）多次没办成，已停下
    详情请运行 gridduty job history
admin-trouble =
    ⚠️ 有一条没办成（{ $part }）：{ $what }
    已经放到一边，其他照常。详情请看日志，或运行 gridduty outbox failed
stop-ask = 以后不主动找您了？上岗、下班照样能用，点了照样回您；负责人会知道您收不到消息。
stop-yes = 不用再发
stop-no = 还是照常发
stop-done = 好，不再主动找您了。想重新收到消息，发 /start。
stop-stayed = 好，照常发。
command-stop = 不再收提醒和通知
