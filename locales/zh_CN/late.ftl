# 没上岗
late-own =
    👋 { $time } 您在{ $place }的班，还没看到您点「上岗」。
    人到了就点一下；来不了就点下面，好请人来顶。
late-crew-head = 🕗 您带的班还有 { $count } 人没上岗：
late-names-head = 🕗 还有 { $count } 人没上岗：
late-place = <b>{ $area }</b> · { $place }（{ $time } 的班）
late-area = <b>{ $area }</b>（{ $time } 的班）
late-name = · { $name }（{ $why }）
late-more = …还有 { $count } 人，点下面看各卡点在岗情况。
late-never-joined = 还没加入，请打电话
late-blocked = 收不到消息，请打电话
late-no-report = 以前没有记录
late-last = 上次在岗：{ $day } { $time }
late-call = 先打个电话问问，别是路上遇到事了。
late-take-button = 📞 我来联系
late-taken-by = 📞 { $names }在联系
late-taken = 好，{ $count } 人由您联系，先不往上报。过一阵还没到的，会再提一次。
outage =
    🔌 { $since } 到 { $until } 这里断了线，没收到大家的消息。
    那段时间发来的都按各人当时发的时间补记好了，谁也不算晚。
late-all-come = ✅ 先前没到的 { $count } 人，现在都有着落了。
