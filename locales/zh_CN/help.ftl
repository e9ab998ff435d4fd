# 帮助
help-correction = 没点到、点晚了，点「{ $key }」。
help-hazard = 看到隐患，拍张照片发来就行。
help-request = 群众有事，点「{ $key }」。
help-request-told = 群众有事，发 /request 登记。
help-households = 每天问您一次联户：都好点「{ $all }」，有事点「{ $some }」。
help-my = 看自己的记录，点「{ $key }」。
help-overseeing = 谁没到 /missing · 谁在岗 /onduty
    汇总 /summary · 隐患 /h · 诉求 /r
help-deciding = 等批的 /corrections · 替人点 /for
help-rest-duty = 巡逻、请假、换班、交接班、提意见：点左下角 ☰ 菜单。
help-rest = 其余的，点左下角 ☰ 菜单。
help-emergency = 急事先打 110，再告诉负责人。
help-keys = 到岗点「{ $arrive }」，离岗点「{ $leave }」。
