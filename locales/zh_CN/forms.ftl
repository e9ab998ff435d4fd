# 填写中的各种表
form-drop = ✖️ 不填了
form-go-on = ▶️ 继续
form-confirm = ✅ 确定
form-photos-done = ✅ 发完了

form-photos = 照片收到。还有就接着发（最多 { $most } 张），发完点一下按钮。
form-photos-full = 最多 { $most } 张，前面的都收好了。
form-photo-joined = 照片收到，一起放进去。
form-offer = 刚才的「{ $name }」还没填完。
form-dropped = 好，「{ $name }」不填了，什么都没有送出。
form-outdated = 这张表刚改过，之前填的用不上了，请重新点一次。
form-nothing-to-cancel = 现在没有正在填的。要办什么，点下面的按钮就行。

form-expected-button = 这一步点上面的按钮就行。
form-expected-words = 这一步打字或者发语音都行，打字不超过 { $most } 个字。
form-expected-photo = 这一步请发照片。
form-expected-place = 这一步请发位置：点 📎 →「位置」（Location）→ 发送当前位置。
form-expected-moment = 时间没看懂。写成 8:05、昨天 20:00、昨晚十一点半 都行。
form-moment = { $at }
form-which-name = 这个名字不止一个，是哪一个？点一个。
form-meant-name = 没找到这个名字。您是说下面哪一位？不是的话，请打全名。
form-which-moment = 是哪一个时间？点一个，或者重新打，比如 昨晚 11点、20:00。

form-name-unknown = 刚才那张表
form-name-correction = 补卡
form-name-feedback = 意见

form-back = ✏️ 改上一步
form-choice = { $question } ✓ { $choice }
form-said-words = 💬 收到
form-said-voice = 🎤 语音
form-said-file = 📎 文件
form-said-photo = 📷 照片
form-said-photos = 📷 { $count } 张照片
form-said-place = 📍 位置
form-tapped-already = 这一步已经记下了，请看消息现在写的。
form-closed-later = ⏸ 先放着，等会儿再问您。
form-closed-late = 一天没填完，这张表收起来了，什么都没有送出。要填请重新点一次。
form-closed-changed = 这张表改过了，什么都没有送出。请重新点一次。
form-closed-over = 这一步过去了。
# 打字也认：按钮以外的说法
form-words-drop = 不要了、不填了、不报了、算了、取消
form-words-back = 改上一步、上一步、返回、点错了、选错了
form-words-done = 发完了、没有了、好了、完了
form-reworded = ✏️ 改好了，按新的算。
form-words-joined = 💬 这句记下了，和隐患一起报上去。
