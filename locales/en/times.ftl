# When people are asked and reminded
command-reminders = When people are asked and reminded
help-reminders = /reminders shows when household heads are asked and people reminded in your area; you can change it there.

times-head = ⏰ When people are reminded in <b>{ $area }</b>; tap one to change it:
times-line = · { $name }: { $state }
times-one = ⏰ <b>{ $area }</b> · { $name }: { $state }
times-words = Its words: { $words }
times-limits = It may be set between { $earliest } and { $latest }.
times-at = daily at { $time }
times-on = on
times-off = off
times-own = { $state } (own choice)
times-above = { $state } (as { $area })
times-off-button = 🔕 Not in our area
times-on-button = 🔔 Remind us again
times-follow-button = ↩️ As above us
times-leeway-x = Areas below choose
times-leeway-60 = Below: within an hour
times-leeway-30 = Below: within half an hour
times-leeway-0 = Below: just this time
times-back-button = ← All
times-outside = This can only be set between { $earliest } and { $latest }; those above you decided so.
times-name-ask-households = Asking household heads
times-name-remind-households = Asking silent heads again
times-name-before-start = Reminder before a shift
times-name-after-end = Reminder at its end
times-name-digest = Morning list of what waits
