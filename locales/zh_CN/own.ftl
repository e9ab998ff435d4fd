# 自己的记录
role-grid-worker = 网格员
role-crew-member = 值守队员
role-household-head = 党员中心户
role-supervisor = 负责人
role-dispatcher = 调度员
role-member = 成员
role-admin = 管理员
role-none = 成员
list-comma = 、

language-choice = 请选语言 / Please choose a language
language-changed = 好，以后用中文。
