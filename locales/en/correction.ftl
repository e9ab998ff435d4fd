correction-what = What would you like to correct?
correction-option-missed = No check-in at { $at } → add it
correction-option-not-closed = No check-out → it was { $at }
correction-option-not-closed-when = Closed automatically at { $recorded } → other time
correction-option-late = On duty { $recorded } → actually { $at }
correction-option-left-early = Off duty { $recorded } → actually { $at }
correction-option-last-when = On duty { $recorded } → other time
correction-other-check-in = Add another check-in time
correction-other-check-out = Add another check-out time

correction-when-check-in = When did you come on duty? Tap a time, or type it: 8:05, yesterday 20:00.
correction-when-check-out = When did you go off duty? Tap a time, or type it: 18:05, yesterday 20:00.
correction-at = { $at }

correction-reason-of-check-in = On duty from { $at }. What was the reason? Tap one, type it, or send a voice note.
correction-reason-of-check-out = Off duty at { $at }. What was the reason? Tap one, type it, or send a voice note.
correction-reason-no-signal = No signal
correction-reason-forgot = I forgot
correction-reason-battery = Battery was flat
correction-reason-device = Phone broken

correction-sent = ✏️ Correction sent. The original record is kept too.
correction-change-in = On duty: { $recorded } → { $at }
correction-change-in-new = On duty: no record → { $at }
correction-change-out = Off duty: { $recorded } → { $at }
correction-change-out-new = Off duty: no record → { $at }
correction-waits = { $names } will decide; you will be told as soon as there is an answer.
correction-held = These are quiet hours: { $names } will get it later ({ $time }). No need to send it again.
correction-nobody = No supervisor for your area can be reached just now. It is kept here; please phone them as well.
correction-and-others = { $names } and others, { $count } in all

correction-card = ✏️ Correction: { $name } ({ $area })
correction-card-shift = Shift: { $start }–{ $end }
correction-card-made-up = Shift: { $start }–{ $end }. If approved, it counts as worked in full; while the shift is running, as on duty.
correction-card-reason = Reason: { $reason }
correction-card-voice = Reason: listen to the voice note
correction-waiting = { $count } corrections are waiting for you, all in this chat: just tap the buttons on the cards.
correction-none-waiting = No corrections are waiting.
command-corrections = Corrections waiting for me
correction-approve-button = ✅ Approve
correction-refuse-button = ❌ Reject
correction-decided-toast = Noted; the person has been told
correction-approved = ✅ Approved by { $name }, { $time }
correction-refused = ❌ Not approved by { $name }, { $time }
correction-refused-next = The record stays as it was. If you see it differently, call them, or send another correction.
correction-decided-before = Someone has decided this already: { $outcome }
correction-on-duty = You are on duty now; check out when you leave.

correction-in-future = That time has not come yet. Please choose another.
correction-too-old = Only the last { $hours } hours can be corrected. For anything earlier, please talk to your supervisor.
correction-no-record = There is no check-in before that time. Please add the check-in first.
correction-asked-already = This has been sent already and is waiting for an answer. No need to send it again.
correction-still-open = You are still on duty. Just tap “🏁 Off duty” when you leave.
correction-out-before-in = That would put check-out before check-in. Please choose another time.
correction-overlaps = That time overlaps another check-in of yours. Please choose another.
correction-no-longer-fits = This can't be approved now: a later check-in of { $name }'s does not fit this time. You can reject it and ask for a new one.
