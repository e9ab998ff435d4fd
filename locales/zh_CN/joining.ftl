# 加入
join-contact-key = 📱 确认是我本人
join-contact-asked =
    { $name }，您好，只差一步。
    点下面的「{ $key }」，我核对一下手机号就好。
join-contact-not-own = 这张名片不是您自己的，核对不了。直接点下面的「{ $key }」就行。
join-contact-differs = 您这个手机号和登记的不一样，还不能加入。换了号码的话，请告诉负责人改一下，再打开链接就行。
join-code-unknown = 这个邀请链接不对，可能没有复制完整。请在负责人发来的消息里直接点开，或请他重发一个。
join-code-expired = 这个邀请链接过期了。请负责人给您重新发一个。
join-code-used = 这个邀请链接已经用过了，一个链接只能用一次。如果不是您用的，请马上告诉负责人，让他重新发一个。
join-code-revoked = 这个邀请链接已经不用了。请用负责人最近发给您的那个，没有的话请他重发。
join-wait = 试错的次数有点多，先歇一歇。{ $until } 以后再打开负责人发的链接就行。
join-welcome = 欢迎您，{ $name }！{ $area }的{ $role }。
join-welcome-keys = 到岗点「{ $arrive }」，离岗点「{ $leave }」。
join-welcome-heads = 每天会问您一次联户好不好：都好，点一下「{ $key }」就行。
join-welcome-no-duty = 有需要您知道的，会直接发到这里。
join-welcome-kept-place = 上岗、下班的时间和您报的事会记下来；位置只在岗时记，{ $days } 天就删。下班去哪里，不记。想看：/mydata
join-welcome-kept = 只记和值守有关的事，想看发 /mydata。
join-greeting = { $name }，您好。您是{ $area }的{ $role }，下面的按钮随时可以用。
join-already = { $name }，您早就加入了，不用再打开链接，直接用下面的按钮就行。
join-other-person = 这是发给别人的链接。您已经是{ $name }了，不用再打开链接，直接用下面的按钮就行。
join-bound-elsewhere = 这个账号已经有别人在用，不能再加。请用您自己的 Telegram 账号打开链接。
join-second-nobody = 您已经用别的账号加入过，换账号要负责人同意，现在联系不上您片区的负责人。请先给他打个电话。
join-second-waiting = { $name }已经用别的账号加入过了。我已经告诉负责人，他同意后您就能用这个账号，请等一等。
join-second-held = { $name }已经用别的账号加入过了。现在是休息时间，{ $time } 告诉负责人，他同意后您就能用这个账号，请等一等。
join-second-asked =
    有个新账号（{ $account }）说是{ $name }，想加进来。
    { $area }，{ $time }
join-second-advice = 请先打电话问问本人，是他再点同意。
join-second-yes = ✅ 是本人，同意
join-second-no = 不同意
join-second-approved-by = ✅ { $by }已同意
join-second-refused-by = { $by }没有同意
join-second-left-by = 这个人不在名单上了，不用批了
join-second-approved = { $by }已经同意，这个账号可以用了。
join-second-refused = { $by }没有同意这个账号加入。弄错了的话，请给他打个电话。
join-second-added = 您的另一个账号已经加进来了，是{ $by }同意的。不是您的话，请马上给他打电话。
join-second-decided = 好，已经告诉他了。
