# 帮助
help-head = 要办什么，点下面的按钮就行：
help-check-in = 「{ $key }」到岗时点一下。
help-check-in-place = 「{ $key }」到岗时点一下，当时的位置会一起发来。
help-check-out = 「{ $key }」离岗时点一下。
help-correction = 「{ $key }」忘了点、点晚了，用它补上，负责人批了就算。
help-hazard = 看到隐患，拍张照片发来就行。/h 看要您办的，/h 123 查一条，/hazards 看清单和地图。
help-hazard-told = 看到隐患，拍张照片发来就行；没法拍，发 /hazard。
help-swap = /swap 换班，或者找人顶班。
help-my = 「{ $key }」看自己这个月的记录。
help-deciding = 有人补卡、换账号时会发给您，直接点按钮就行。还有哪些等着，发 /corrections 看。
help-commands =
    /mydata 看这里记了您什么
    /language 换语言
    /feedback 提意见，打字、发语音都行
    /cancel 放下正在填的
    /stop 不再收提醒和通知
help-emergency = 遇到紧急情况，先打 110，再告诉负责人。
