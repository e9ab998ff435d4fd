# Shifts
command-shifts = My shifts, and leave
command-onduty = Who is on duty, and where people are short
command-rotation = Plan a post's rotation

shifts-today = Today
shifts-tomorrow = Tomorrow
shifts-yesterday = Yesterday
shifts-day = { $weekday } { $day } { $month }
shifts-weekday-0 = Mon
shifts-weekday-1 = Tue
shifts-weekday-2 = Wed
shifts-weekday-3 = Thu
shifts-weekday-4 = Fri
shifts-weekday-5 = Sat
shifts-weekday-6 = Sun
shifts-ends = { $began }–{ $ended }
shifts-ends-next-day = { $began }–{ $ended } { $day }
shifts-until-yesterday = yesterday
shifts-until-today = today
shifts-until-tomorrow = tomorrow
shifts-until-next = next day
shifts-span = { $day } { $hours }
shifts-lead = { $name } (lead)

shifts-none = You have no shifts coming up.
shifts-head = Your coming shifts:
shifts-entry = <b>{ $span }</b> · { $place }
shifts-entry-lead = <b>{ $span }</b> · { $place } · you lead
shifts-with = With you: { $names }
shifts-alone = You are the only one on this shift
shifts-leave = on leave
shifts-sick = sick
shifts-away-open = You are { $kind }; nobody stands in yet
shifts-away-taken = You are { $kind }; { $name } stands in
shifts-leave-button = 📅 Take leave
shifts-sick-button = 🤒 Sick
shifts-cannot-button = 📅 I can't come
shifts-leave-then-button = 📅 Leave { $day } { $time }
shifts-before-button = ‹ Previous
shifts-after-button = Next ›

shifts-left-leave = Noted: you are on leave { $span }, { $place }.
shifts-left-sick = Noted: you are sick { $span }, { $place }. Rest well.
shifts-left-told = We have told { $names }.
shifts-left-held = These are quiet hours: { $names } will hear of it later ({ $time }). If it cannot wait, please phone.
shifts-left-nobody = No supervisor can be reached here just now; please phone one.
shifts-undo-button = A mistake, I will come (within { $minutes } min)
shifts-back = Good, you are coming: { $span }, { $place }.
shifts-undo-late = It is too late to undo this yourself. If you can come, please tell your supervisor.
shifts-undo-taken = Somebody is standing in for you already. If you can come, please tell your supervisor.

shifts-card-leave = 📅 { $name } is on leave: { $span } · { $place }
shifts-card-sick = 🤒 { $name } is sick: { $span } · { $place }
shifts-card-back = { $name }: { $span } · { $place }
shifts-card-left = Still on this shift: { $names }, { $count } of { $needed }
shifts-card-nobody-left = Nobody else is on this shift (it should have { $needed })
shifts-card-ask = Who can stand in? Tap a name; they are told at once.
shifts-card-nobody-free = Nobody nearby is free at that time; please phone around.
shifts-more-people-button = Who else is free…
shifts-card-taken = ✅ { $name } stands in (arranged by { $by })
shifts-card-undone = ✅ Withdrawn ({ $time }): coming after all
shifts-choice = Who stands in for { $name }: { $span } · { $place }?
shifts-choice-more = Who else should come: { $span } · { $place }?
shifts-named = ✅ Settled: { $substitute } stands in for { $name }: { $span } · { $place }. Both will be told.
shifts-named-more = ✅ Settled: { $substitute } comes too: { $span } · { $place }. They will be told.
shifts-named-held = These are quiet hours: they will hear of it later ({ $time }). If it cannot wait, please phone.
shifts-stand-in = { $by } asks you to stand in for { $name }: { $span } · { $place }
shifts-can-come = If you can come, there is nothing to tap.
shifts-come-too = { $by } asks you to come too: { $span } · { $place }
shifts-stood-in = { $name } stands in for you: { $span } · { $place }. You need not worry.
crews-not-on-shift = This shift has just changed; send /shifts to see the latest.
crews-not-free = They have just been given something else; please choose somebody else.

shifts-changed-added = 📅 You have one more shift:
shifts-changed-moved = 📅 Your next shift has changed:
shifts-changed-removed = 📅 Your next shift is cancelled:
shifts-changed-was = Before: <s>{ $span } · { $place }</s>
shifts-changed-now = Next: <b>{ $span } · { $place }</b>
shifts-changed-none = You have no shifts coming up now.

# On duty, and gaps
onduty-head = 🕘 On duty, { $time } ({ $first }–{ $last } of { $total } places)
onduty-gaps-head = ⚠️ Shifts short of people in the next { $days } days ({ $first }–{ $last } of { $total })
onduty-no-posts = There is no post in your area yet, and nobody is on duty.
onduty-no-gaps = No shift in the next { $days } days is short of people.
onduty-area = <b>{ $area }</b>
onduty-post = 📍 { $post }
onduty-no-post = 📍 Without a post
onduty-since = { $name } (since { $time })
onduty-since-by-other = { $name } (since { $time }, checked in by somebody else)
onduty-since-went-on = { $name } (since { $time }, from the shift before, no new tap)
onduty-present = On duty: { $names }
onduty-missing = Due { $time }, not there yet: { $names }
onduty-nobody = Nobody on duty, nobody planned
onduty-away = Away: { $names }
onduty-away-leave = { $name } (on leave)
onduty-away-sick = { $name } (sick)
onduty-few = Only { $count } of { $needed }
onduty-lacks = The crew lacks: { $titles }
onduty-gap = { $number }. { $span } · { $place }
onduty-uncovered = ⚠️ no shift is planned then, nobody comes
onduty-crew = Planned: { $names }
onduty-find-button = Find someone for no. { $number }
onduty-now-button = Who is on duty now
onduty-gaps-button = Where people are short

# Rotations
form-name-rotation = Planning a rotation
rotation-which-post = Which post? Tap one, or type its name.
rotation-post = { $post } ({ $area })
rotation-which-pattern = In which pattern?
rotation-pattern-3x8 = Three shifts of 8 hours
rotation-pattern-2x12 = Two shifts of 12 hours
rotation-pattern-24-48 = 24 hours on, 48 off
rotation-pattern-custom = Other times
rotation-times = When does the first shift of the day start? Tap one, or type it, for example 7:30.
rotation-time = { $time }
rotation-times-custom = Which shifts are there in a day? Type them, for example: 7-15, 15-23, 23-7
rotation-crews =
    Who is in each crew? One line a crew, its lead first, for example:
    Yan Han, Yu Xiang
    Pai Le, A Chang
    This pattern needs { $number } crews.
rotation-crews-proposed =
    Those usually on duty here could be split like this (the first of each leads):
    { $crews }
    To change it, send it in the same form, one line a crew.
rotation-crews-as-proposed = Split them like this
rotation-first-day = From which day?
rotation-today = Today ({ $day } { $month })
rotation-tomorrow = Tomorrow ({ $day } { $month })
rotation-monday = Next Monday ({ $day } { $month })
rotation-set = ✅ The rotation of { $post } is planned, starting { $day }.
rotation-set-times = Every day: { $spans }
rotation-set-crew = Crew { $number }: { $names }
rotation-set-planned = Planned until { $day }, { $count } shifts; more are added every night.
rotation-set-replaced = { $count } shifts planned before are replaced; those changed by hand stay as they are.
rotation-lacks = ⚠️ Crew { $number }: { $what }
rotation-lacks-people = fewer than { $needed } people
rotation-lacks-titles = nobody with the title { $titles }
rotation-stop-button = End this rotation
rotation-stopped = The rotation of { $post } has ended; { $shifts } shifts that had not begun are cancelled. Those changed by hand stay.
rotation-no-posts = There is no post in your area yet; ask an administrator to add it to the roster.
rotation-post-unknown = No such post was found. Tap one, or type its full name.
rotation-post-many = Several posts are called “{ $name }”: { $posts }. Please type the full name.
rotation-times-unread = I could not read these times. Please write them like this: 7-15, 15-23, 23-7
rotation-time-unread = I could not read this time. Please write it like this: 7:30
rotation-crews-number = Please write one crew a line, { $most } at most.
rotation-crews-too-few = This pattern needs at least { $needed } crews; there are { $given }.
rotation-name-unknown = Nobody here is called “{ $name }”; please check the spelling.
rotation-name-twice = More than one person is called “{ $name }” ({ $people }). Please write the code from the roster.
rotation-name-repeated = “{ $name }” is there twice; a person can be in one crew only.
rotation-day-past = That day is over; please choose another one.
