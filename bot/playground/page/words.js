// What the page itself says, in Chinese and English. What the bot says comes from the bot.

const WORDS = {
  zh: {
    title: "网格值守", demo: "演示", otherLanguage: "English", people: "人员", clock: "演示时钟",
    clockHint: "只能往前拨，机器人跟着走", plus10: "+10 分钟", plus60: "+1 小时", shiftEnd: "到交班", until: "到 {time}",
    grid_worker: "网格员", crew_member: "班组成员", household_head: "党员中心户", supervisor: "负责人",
    dispatcher: "调度员", admin: "管理员", member: "成员",
    front: "一线", heads: "中心户", leads: "负责人", centre: "调度与管理",
    notJoined: "未加入", unread: "{count} 条未读", openBeside: "在旁边打开{name}的手机", phoneOf: "{name}的手机",
    back: "回到人员列表", closePhone: "收起{name}的手机", messages: "与机器人的聊天", signal: "信号",
    online: "有信号", offline: "没信号，发的先留着", waiting: "待发送", more: "更多", block: "屏蔽机器人", unblock: "解除屏蔽",
    blockedHint: "已屏蔽机器人，收不到消息。", start: "开始（START）", attach: "附件", write: "输入消息", send: "发送",
    keyboard: "显示或收起按钮", commands: "命令", close: "关闭", location: "位置", picture: "照片", voice: "语音",
    contact: "名片", qr: "扫二维码", invite: "邀请链接", inviteHint: "点开负责人发来的邀请链接，就到了这里。点「开始」：", skip: "跳到聊天", keys: "按钮",
    here: "在{name}", near: "离{name} 150 米", far: "离{name} 1.2 公里", vague: "在{name}，定位很差（±1.5 公里）",
    homeGrid: "在{name}中心", elsewhere: "在县城（几十公里外）", iAm: "手机现在", sendPlace: "发送位置",
    shareLive: "共享实时位置（8 小时）", stopLive: "停止共享", liveHint: "正在共享实时位置，换个地方就会更新。",
    chosen: "发送 {count} 张", caption: "说明（可不写）", ownFile: "用自己的图片…", ownContact: "自己的名片",
    otherContact: "{name}的名片", scan: "扫「{name}」的码", voiceHint: "发一条 3 秒的语音（没有真的录音）", sendVoice: "发送语音",
    tree: "倒下的树", stones: "落石", wire: "歪了的电杆", drain: "堵了的水沟", cleared: "清理好了", checkpoint: "卡点照片",
    reply: "回复", forward: "转发", forwardWho: "由谁转发给机器人？", myself: "自己转发", messageActions: "这条消息",
    replyingTo: "回复", cancelReply: "不回复了", edited: "已编辑", forwarded: "转发自 {name}", live: "实时位置",
    liveEnded: "实时位置已停", accuracy: "±{metres} 米", seconds: "{count} 秒", photo: "照片", file: "文件",
    voiceNote: "语音", today: "今天", disconnected: "和演示服务器断开了，正在重连…", refused: "没发出去，再试一次",
    silent: "不响铃", empty: "还没有消息", pinned: "已置顶", download: "下载 {name}", someone: "有人", answered: "回答",
    newer: "↓ {count} 条新消息", queued: "没信号，{count} 条等着发", pressed: "点「{label}」", ok: "好",
  },
  en: {
    title: "GridDuty", demo: "demo", otherLanguage: "中文", people: "People", clock: "Demo clock",
    clockHint: "Moves forward only; the bot follows", plus10: "+10 min", plus60: "+1 h", shiftEnd: "to shift end", until: "to {time}",
    grid_worker: "Grid worker", crew_member: "Crew member", household_head: "Household head", supervisor: "Supervisor",
    dispatcher: "Dispatcher", admin: "Admin", member: "Member",
    front: "Front line", heads: "Household heads", leads: "Supervisors", centre: "Dispatch and admin",
    notJoined: "not joined", unread: "{count} unread", openBeside: "Open {name}'s phone beside", phoneOf: "{name}'s phone",
    back: "Back to the people", closePhone: "Put {name}'s phone away", messages: "Chat with the bot", signal: "Signal",
    online: "Signal", offline: "No signal: messages wait", waiting: "waiting", more: "More", block: "Block the bot", unblock: "Unblock",
    blockedHint: "The bot is blocked; nothing arrives.", start: "START", attach: "Attach", write: "Message", send: "Send",
    keyboard: "Show or hide the buttons", commands: "Commands", close: "Close", location: "Location", picture: "Photo", voice: "Voice note",
    contact: "Contact", qr: "Scan QR code", invite: "Invite link", inviteHint: "The invite link from a supervisor opens this chat. Press START:", skip: "Skip to the chat", keys: "Buttons",
    here: "At {name}", near: "150 m from {name}", far: "1.2 km from {name}", vague: "At {name}, a poor fix (±1.5 km)",
    homeGrid: "Centre of {name}", elsewhere: "In the county town (far away)", iAm: "The phone is", sendPlace: "Send the location",
    shareLive: "Share live location (8 h)", stopLive: "Stop sharing", liveHint: "Sharing live location: choose another place to move.",
    chosen: "Send {count}", caption: "Caption (optional)", ownFile: "Own picture…", ownContact: "Own contact",
    otherContact: "Contact of {name}", scan: "Scan the code of {name}", voiceHint: "Sends a voice note of 3 seconds (nothing is recorded)", sendVoice: "Send voice note",
    tree: "Fallen tree", stones: "Rockfall", wire: "Leaning pole", drain: "Blocked ditch", cleared: "Cleared", checkpoint: "Photo of a post",
    reply: "Reply", forward: "Forward", forwardWho: "Who forwards it to the bot?", myself: "Myself", messageActions: "This message",
    replyingTo: "Reply to", cancelReply: "Don't reply", edited: "edited", forwarded: "Forwarded from {name}", live: "Live location",
    liveEnded: "Live location ended", accuracy: "±{metres} m", seconds: "{count} s", photo: "Photo", file: "File",
    voiceNote: "Voice note", today: "Today", disconnected: "Connection to the demo lost, trying again…", refused: "Not sent, please try again",
    silent: "silent", empty: "No messages yet", pinned: "Pinned", download: "Download {name}", someone: "someone", answered: "Answer",
    newer: "↓ {count} new", queued: "No signal, {count} waiting", pressed: "Press “{label}”", ok: "OK",
  },
};

let language = "zh";

export function t(key, values = {}) {
  return WORDS[language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

export function locale() {
  return language === "en" ? "en-GB" : "zh-CN";
}

// The language that is not spoken now, as the server calls it.
export function otherLanguage() {
  return language === "en" ? "zh_CN" : "en";
}

export function speak(locale) {
  language = locale === "en" ? "en" : "zh";
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  document.title = `${t("title")} ${t("demo")}`;
}

// What somebody is here: the duty title where there is one of those who lead or help out, else the role.
export function roleOf(member) {
  const titled = ["supervisor", "crew_member"].includes(member.role) && member.titles;
  return titled ? member.titles : t(member.role);
}
