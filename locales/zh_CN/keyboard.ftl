# 主键盘
key-check-in = 📍 上岗
key-check-out = 🏁 下班
key-correction = ✏️ 补卡
key-my = 📒 我的
key-help = ❓ 帮助
