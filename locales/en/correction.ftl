correction-what = What is to be corrected?
correction-option-missed = No check-in at { $at } → add it
correction-option-not-closed = Forgot to check out → it was { $at }
correction-option-not-closed-when = Closed by itself { $recorded } → other time
correction-option-late = On duty { $recorded } → really { $at }
correction-option-left-early = Off duty { $recorded } → really { $at }
correction-option-last-when = On duty { $recorded } → other time
correction-other-check-in = Another check-in time
correction-other-check-out = Another check-out time

correction-when-check-in = When did you come on duty? Tap one, or write it: 8:05, yesterday 20:00.
correction-when-check-out = When did you go off duty? Tap one, or write it: 18:05, yesterday 20:00.
correction-at = { $at }

correction-reason-of-check-in = On duty from { $at }. What was the reason? Tap one, write, or send a voice note.
correction-reason-of-check-out = Off duty at { $at }. What was the reason? Tap one, write, or send a voice note.
correction-reason-no-signal = No signal
correction-reason-forgot = Forgot
correction-reason-battery = Phone was empty
correction-reason-device = Phone broke

correction-sent = ✏️ The correction is sent. The original record stays.
correction-change-in = On duty: { $recorded } → { $at }
correction-change-in-new = On duty: no record → { $at }
correction-change-out = Off duty: { $recorded } → { $at }
correction-change-out-new = Off duty: no record → { $at }
correction-waits = { $names } will decide; you will hear either way.
correction-held = These are quiet hours, so nobody is disturbed; { $names } will see it at { $time }. No need to send it again.
correction-nobody = No supervisor above your area can be reached just now. It is kept; better phone somebody as well.
correction-and-others = { $names } and others ({ $count })

correction-card = ✏️ Correction: { $name } ({ $area })
correction-card-shift = Shift: { $start }–{ $end }
correction-card-made-up = Shift: { $start }–{ $end }. Approved, it counts as kept to its end; while it runs, as on duty.
correction-card-reason = Reason: { $reason }
correction-card-voice = Reason: listen to the voice note
correction-waiting = { $count } corrections wait for a decision; tap the buttons on their cards in this chat.
correction-none-waiting = No correction waits for a decision.
command-corrections = Corrections that wait for me
correction-approve-button = ✅ Approve
correction-refuse-button = ❌ Refuse
correction-decided-toast = Noted, and told to the person
correction-approved = ✅ Approved by { $name }, { $time }
correction-refused = ❌ Not approved by { $name }, { $time }
correction-decided-before = This has been decided already: { $outcome }
correction-on-duty = You are on duty now; check out when you leave.

correction-in-future = That time has not come yet. Please choose another.
correction-too-old = Only the last { $hours } hours can be corrected. Please talk to your supervisor about earlier ones.
correction-no-record = There is no check-in before that time. Please correct the check-in first.
correction-asked-already = This is sent already and waits for a decision. No need to send it again.
correction-still-open = This check-in is still open. Just check out when you leave.
correction-out-before-in = Check-out would come before check-in. Please choose another time.
correction-overlaps = That time lies within another check-in. Please choose another time.
correction-no-longer-fits = This cannot be approved any more: { $name } has a later record that does not fit this time. Refuse it and ask for a new one.
