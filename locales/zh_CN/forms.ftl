# 填写中的各种表
form-drop = ✖️ 不要了
form-go-on = ▶️ 继续
form-confirm = ✅ 确定
form-photos-done = ✅ 发完了

form-photos = 照片收到。还有就接着发（最多 { $most } 张），发完点一下按钮。
form-photos-full = 最多 { $most } 张，前面的都收好了。
form-photo-joined = 照片收到，一起放进去。
form-offer = 刚才的「{ $name }」还没填完。
form-dropped = 好，「{ $name }」不填了，什么都没有送出。
form-outdated = 这张表刚改过，之前填的用不上了，请重新点一次。
form-nothing-to-cancel = 现在没有没填完的东西。

form-expected-button = 这一步点上面的按钮就行。
form-expected-words = 这一步打字或者发语音都行，打字不超过 { $most } 个字。
form-expected-photo = 这一步请发照片。
form-expected-place = 这一步请发位置：点 📎 选「位置」。
form-expected-moment = 时间没看懂。写成 8:05，或者 昨天 20:00。

form-name-unknown = 刚才那张表
form-name-correction = 补卡
form-name-feedback = 意见
