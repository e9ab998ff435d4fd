# 主键盘
key-check-in = 📍 上岗
key-check-out = 🏁 下班
key-correction = ✏️ 补卡
key-my = 📒 我的
key-help = ❓ 帮助

# 打字也认
key-words-check-in = 上岗、签到、到岗、打卡、我上岗了、上班
key-words-check-out = 下班、下岗、签退、离岗、我下班了、收工
