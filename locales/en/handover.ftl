# Handovers
command-handover = Hand over, take over

handover-head = 🤝 <b>Handover · { $place }</b>
handover-moved = 🤝 { $place }: the handover is below 👇
handover-outgoing = Outgoing: { $names }, { $span }
handover-incoming = Incoming: { $names }, { $span }
handover-incoming-next = Incoming: { $names }
handover-crew = { $name } and others, { $count } in all
handover-no-crew = nobody planned
handover-nobody-follows = Incoming: no shift follows, so it goes to the supervisor

handover-nothing-open = Nothing to pass on.
handover-open-head = To pass on:
handover-open-one = To pass on: { $told }
handover-matter = { $number }. { $told }
handover-matter-done = { $number }. <s>{ $told }</s> done, says { $closer }
handover-said = { $words } ({ $name }, { $time })
handover-spoken = 🎤 voice note
handover-patrol-missed = Patrol { $section } ({ $time }): { $missed } not reached
handover-patrol-open = Patrol { $section } ({ $time }): not handed in
handover-hazard = ⚠️ Hazard { $code } is not fixed yet: { $words }
handover-things-there = 🧰 Equipment: all { $count } items there
handover-things-rest = 🧰 The other { $count } items are there
handover-things-missing = ❌ Missing: { $names }
handover-things-broken = ⚠️ Broken: { $names }
handover-is-there = there
handover-is-missing = missing
handover-is-broken = broken

handover-given = ✅ { $name } handed over ({ $time })
handover-taken = ✅ { $name } took over ({ $time }), all correct
handover-taken-differs = ⚠️ { $name } took over ({ $time }); something was wrong:
handover-taken-alone = ⚠️ Nobody handed over; { $name } took over ({ $time })
handover-difference = · { $thing }: handed over as { $given }, found { $found }
handover-difference-said = · { $told }
handover-late-giving = ⏰ Time is up and nobody has handed over; the supervisor has been told
handover-late-taking = ⏰ Nobody has taken over yet; the supervisor has been told
handover-lapsed = This handover did not happen; what was open is carried to the next one.
handover-awaits-give = Look it over and tap “🤝 Hand over”: one of you is enough.
handover-awaits-giving = Waiting for the outgoing crew.
handover-awaits-take = Check it; if all is right, tap “Take over”: one of you is enough.
handover-awaits-taking = Waiting for the incoming crew to confirm.
handover-awaits-take-alone = The crew before has not handed over. If they have gone, look it over and take over yourselves.

handover-give-button = 🤝 Hand over
handover-say-button = ➕ Add something
handover-matters-button = ☑️ Tick off what is done
handover-things-button = 🧰 Equipment
handover-back-button = ← Back
handover-take-right-button = ✅ Take over, all correct
handover-take-differs-button = ✅ Take over, faults noted
handover-take-alone-button = ✅ Nobody handed over, we take over
handover-differs-button = ⚠️ Something is wrong
handover-differ-button = 🎤 Say what is wrong
handover-voice-button = ▶️ Play no. { $number }
handover-voice-caption = 🎤 { $name }, { $time }, at the handover of { $place }

handover-differs-head = ⚠️ { $place }: { $name } took over and found something wrong
handover-over = This handover is done. Add it at the next one.
handover-none = You have nothing to hand over now. The card comes near the end of your shift.
handover-given-toast = Handed over; waiting for the incoming crew
handover-taken-toast = Taken over

form-name-handover = Handover
handover-ask-say = What is still open, and what should the next crew look out for? Type it or send a voice note.
handover-ask-differ = What is not as it was handed over? Type it or send a voice note.
handover-kept = Added; the next crew will see it.
handover-kept-differ = Noted. When you have looked at everything, tap “✅ Take over, faults noted” on the card: only then have you taken over.

handover-late-head = ⏰ The shift is over, but this is not handed over yet:
handover-late-head-above = ⏰ These posts have not been handed over in time; please ask:
handover-late-open = { $number }. { $area } { $place }, handover { $time }: nobody has handed over
handover-late-given = { $number }. { $area } { $place }, handover { $time }: { $giver } handed over, nobody took over
handover-late-button = 🤝 Handover of { $place }
handover-late-settled = ✅ All handed over now.

handover-list-head = 🤝 Handovers of the last two days ({ $total })
handover-list-none = No handovers in your area in the last two days.
handover-list-entry = { $number }. { $place } { $time }: { $state }
handover-short-open = not handed over yet
handover-short-given = { $giver } handed over, nobody took over yet
handover-short-late-open = ⏰ late, not handed over
handover-short-late-given = ⏰ { $giver } handed over, nobody took over yet
handover-short-right = ✅ { $giver } → { $taker }
handover-short-differs = ⚠️ { $giver } → { $taker }, something was wrong
handover-short-alone = ⚠️ nobody handed over, { $taker } took over
handover-short-lapsed = did not happen

form-name-equipment = Equipment of a post
command-equipment = Equipment of a post
equipment-which-post = Which post? Tap one, or type its name.
equipment-list =
    What else does this post hand over? One item a line with its number, for example:
    Binoculars 2
    Motorcycle key 1
    If there is nothing else, type “none”.
equipment-set = ✅ { $post } also hands over: { $things }. From the next handover on.
equipment-none = ✅ { $post } hands over the usual equipment only.
equipment-unread = I could not read that. One item a line with its number, { $most } at most.
