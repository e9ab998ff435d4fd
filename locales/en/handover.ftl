# Handovers
command-handover = Hand over, take over
help-handover = Near the end of a shift a handover card comes: one tap hands over. Or send “handover”.

handover-head = 🤝 <b>Handover · { $place }</b>
handover-outgoing = Leaving: { $names } ({ $span })
handover-incoming = Coming: { $names } ({ $span })
handover-no-crew = nobody planned
handover-nobody-follows = Coming: no shift follows, so it goes to the supervisor

handover-nothing-open = Nothing is left to do.
handover-open-head = Still to do:
handover-matter = { $number }. { $told }
handover-matter-done = { $number }. <s>{ $told }</s> done, says { $closer }
handover-said = { $words } ({ $name }, { $time })
handover-spoken = 🎤 voice note
handover-patrol-missed = Patrol of { $time } { $section }: not reached { $missed }
handover-patrol-open = Patrol of { $time } { $section }: not finished
handover-hazard = ⚠️ Hazard { $code } not put right yet: { $words }
handover-things-there = 🧰 There: { $names }
handover-things-missing = ❌ Missing: { $names }
handover-things-broken = 🔧 Broken: { $names }
handover-is-there = there
handover-is-missing = missing
handover-is-broken = broken

handover-given = ✅ { $name } handed over at { $time }
handover-taken = ✅ { $name } took over at { $time }, all as told
handover-taken-differs = ⚠️ { $name } took over at { $time }, with differences:
handover-taken-alone = ⚠️ Nobody handed over; { $name } took over alone at { $time }
handover-difference = · { $thing }: told as { $given }, found { $found }
handover-difference-said = · { $told }
handover-late-giving = ⏰ It is time and nobody has handed over; the supervisor was told
handover-late-taking = ⏰ Nobody has taken over yet; the supervisor was told
handover-lapsed = This handover did not happen; what was open has gone to the next one.
handover-awaits-give = Look it over and tap “Hand over” if there is nothing else. One tap for the whole crew.
handover-awaits-giving = Waiting for the crew that leaves.
handover-awaits-take = Look over things and matters, then one tap takes over for the whole crew.
handover-awaits-taking = Waiting for the next crew to confirm.
handover-awaits-take-alone = The crew before has not handed over. If they are gone, look it over and take over by yourselves.

handover-give-button = 🤝 Hand over
handover-say-button = ➕ Add
handover-matters-button = ☑️ Done with
handover-things-button = 🧰 Equipment
handover-back-button = ← Back
handover-take-right-button = ✅ Take over, all right
handover-take-differs-button = ✅ Take over, differences noted
handover-take-alone-button = ✅ Nobody handed over, we take over
handover-differs-button = ⚠️ Something differs
handover-differ-button = 🎤 Say what is wrong
handover-voice-button = ▶️ Play no. { $number }
handover-voice-caption = 🎤 { $name }, { $time }, at the handover of { $place }

handover-differs-head = ⚠️ { $place }: { $name } took over and found differences
handover-over = This handover is done. Add it at the next one.
handover-none = There is nothing for you to hand over now. The card comes near the end of your shift.
handover-given-toast = Handed over; the next crew confirms
handover-taken-toast = Taken over

form-name-handover = Handover
handover-ask-say = What is left to do, what should the next crew look out for? Words or a voice note.
handover-ask-differ = What is not as it was told? Words or a voice note.
handover-kept = Added; the next crew will see it.
handover-kept-differ = Noted. When you have looked at all, tap “Take over” on the card.

handover-late-head = ⏰ The shift is over and this is not handed over yet:
handover-late-head-above = ⏰ These posts are not handed over in time, please ask:
handover-late-open = { $number }. { $area } { $place }, handover of { $time }: nobody has handed over
handover-late-given = { $number }. { $area } { $place }, handover of { $time }: { $giver } handed over, nobody took over
handover-late-button = 🤝 Handover of { $place }
handover-late-settled = ✅ All handed over by now.

handover-list-head = 🤝 Handovers of the last two days ({ $total })
handover-list-none = No handovers in your area in the last two days.
handover-list-entry = { $number }. { $place } { $time }: { $state }
handover-short-open = not handed over yet
handover-short-given = { $giver } handed over, nobody took over yet
handover-short-late-open = ⏰ late, not handed over
handover-short-late-given = ⏰ { $giver } handed over, late to be taken over
handover-short-right = ✅ { $giver } → { $taker }
handover-short-differs = ⚠️ { $giver } → { $taker }, with differences
handover-short-alone = ⚠️ nobody handed over, { $taker } took over alone
handover-short-lapsed = did not happen

form-name-equipment = Equipment of a post
command-equipment = Equipment of a post
equipment-which-post = Which post?
equipment-list =
    What else does this post hand over? A line each with the number, for example:
    Binoculars 2
    Motorcycle key 1
    Write “none” if there is nothing else.
equipment-set = ✅ { $post } also hands over: { $things }. From the next handover on.
equipment-none = ✅ { $post } hands over the usual equipment only.
equipment-unread = Not understood. A line each with the number, { $most } at most.
