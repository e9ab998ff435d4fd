# Not checked in
late-own =
    👋 Your shift at { $place } began at { $time } and your check-in has not come yet.
    If you are there, just tap “On duty”; if you can't come, tap below, so that someone can be found to stand in.
late-crew-head = 🕗 Your shift, not on duty yet: { $count }
late-names-head = 🕗 Not on duty yet: { $count }
late-place = <b>{ $area }</b> · { $place } (shift from { $time })
late-area = <b>{ $area }</b> (shift from { $time })
late-name = · { $name } ({ $why })
late-more = …and { $count } more; tap below to see every post.
late-never-joined = not joined yet, please call
late-blocked = messages don't arrive, please call
late-no-report = no earlier record
late-last = last on duty { $day } { $time }
late-call = Call them first: something may have happened on the way.
late-take-button = 📞 I'll call them
late-taken-by = 📞 Being called by { $names }
late-taken = Good, these { $count } are yours to call. It goes no further up for now; whoever is still missing later will be listed again.
outage =
    🔌 The bot was offline from { $since } to { $until } and received nothing.
    Everything sent in that time has been recorded at the time it was sent; nobody counts as late.
late-all-come = ✅ All { $count } who were missing are accounted for.
