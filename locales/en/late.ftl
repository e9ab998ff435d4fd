# Not checked in
late-own =
    👋 Your shift at { $place } from { $time }: you have not checked in yet.
    Tap “On duty” once you are there; if you cannot come, say so, and somebody else will be found.
late-crew-head = 🕗 Of your shift, not on duty yet ({ $count }):
late-names-head = 🕗 Not on duty yet ({ $count }):
late-place = <b>{ $area }</b> · { $place } (shift from { $time })
late-area = <b>{ $area }</b> (shift from { $time })
late-name = · { $name } ({ $why })
late-more = …and { $count } more; the board below shows every place.
late-never-joined = has not joined yet, please call
late-blocked = gets no messages, please call
late-no-report = never on duty so far
late-last = last on duty: { $day } { $time }
late-call = Give them a ring first: something may have happened on the way.
late-take-button = 📞 I’ll call them
late-taken-by = 📞 Being called by { $names }
late-taken = Good: you call these ({ $count }). It goes no further up for now; who has still not come after a while is brought up again.
outage =
    🔌 From { $since } to { $until } I was cut off and received nothing.
    What was sent meanwhile has been recorded at the time each of you sent it; nobody counts as late for it.
late-all-come = ✅ The { $count } who were missing are all accounted for.
