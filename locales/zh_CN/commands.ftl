# 命令菜单
command-help = 怎么用
command-patrol = 开始巡逻
command-patrols = 巡逻记录
command-my = 我这个月的记录
command-mydata = 这里记了我什么
command-language = 换语言
command-feedback = 提意见
command-cancel = 不填了，退出
