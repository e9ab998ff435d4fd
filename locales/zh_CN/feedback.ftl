feedback-ask = 用着哪里不顺手、想要什么，打字或发语音说一声就行。
feedback-thanks = 收到了，谢谢您。管理员会看的。
feedback-enough = 今天您已经提了 { $most } 条，都收好了，明天再接着说。
feedback-too-long = 一条最多 { $most } 个字，请分开发，或者发语音。
feedback-received = 💬 { $name }的意见：{ $words }
feedback-received-voice = 💬 { $name }的意见（语音）
