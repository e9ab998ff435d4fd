# Shifts
command-shifts = My shifts, and leave
command-onduty = Who is on duty, and where people are short
command-rotation = Set a post's rotation
help-shifts = /shifts shows your coming shifts and who is with you; leave is there too.
help-onduty = /onduty shows who is on duty at every post now, and where people will be short.
help-rotation = /rotation sets a post's rotation, for example three shifts a day.

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
shifts-ends-next-day = { $began }–{ $ended } next day
shifts-span = { $day } { $hours }
shifts-lead = { $name } (lead)

shifts-none = You have no shifts ahead.
shifts-head = Your coming shifts:
shifts-entry = <b>{ $span }</b> · { $place }
shifts-entry-lead = <b>{ $span }</b> · { $place } · you lead
shifts-with = With you: { $names }
shifts-alone = You are the only one on this shift
shifts-leave = on leave
shifts-sick = sick
shifts-away-open = You are { $kind }; nobody stands in yet
shifts-away-taken = You are { $kind }; { $name } stands in
shifts-leave-button = 🙋 Leave
shifts-sick-button = 🤒 Sick
shifts-leave-then-button = 🙋 Leave { $day } { $time }
shifts-before-button = ← Before
shifts-after-button = After →

shifts-left-leave = Noted: you are on leave { $span }, { $place }.
shifts-left-sick = Noted: you are sick { $span }, { $place }. Rest well.
shifts-left-told = { $names } has been told.
shifts-left-held = These are quiet hours: { $names } will see it at { $time }. Please call if it is urgent.
shifts-left-nobody = No supervisor can be reached here at the moment; please call one.
shifts-undo-button = A mistake, I will come (within { $minutes } min)
shifts-back = Good, you come { $span }, { $place }.
shifts-undo-late = It is too late to take this back yourself. Tell your supervisor if you can come.
shifts-undo-taken = Somebody stands in for you already. Tell your supervisor if you can come.

shifts-card-leave = 🙋 { $name } is on leave: { $span } · { $place }
shifts-card-sick = 🤒 { $name } is sick: { $span } · { $place }
shifts-card-back = { $name }: { $span } · { $place }
shifts-card-left = Still on this shift: { $names }, { $count } of { $needed }
shifts-card-nobody-left = Nobody else is on this shift (it should have { $needed })
shifts-card-ask = Who stands in? Tap a name; they are told at once.
shifts-card-nobody-free = Nobody around is free at that time; please call somebody.
shifts-more-people-button = Who else is free…
shifts-card-taken = ✅ { $name } stands in (named by { $by })
shifts-card-undone = ✅ Taken back at { $time }: comes after all
shifts-choice = Who stands in for { $name }: { $span } · { $place }?
shifts-choice-more = Who else comes: { $span } · { $place }?
shifts-named = ✅ Done: { $substitute } stands in for { $name }: { $span } · { $place }. Both are told.
shifts-named-more = ✅ Done: { $substitute } comes too: { $span } · { $place }. They are told.
shifts-named-held = It is quiet time now: they are told at { $time }. Please call if it is urgent.
shifts-stand-in = { $by } asks you to stand in for { $name }: { $span } · { $place }
shifts-come-too = { $by } asks you to come too: { $span } · { $place }
shifts-stood-in = { $name } stands in for you: { $span } · { $place }. No need to worry.
crews-not-on-shift = This shift has changed; please look at the newest list.
crews-not-free = They have just got something else to do; please choose another one.

shifts-changed-added = 📅 You have one more shift:
shifts-changed-moved = 📅 Your next shift has changed:
shifts-changed-removed = 📅 Your next shift is cancelled:
shifts-changed-was = Before: <s>{ $span } · { $place }</s>
shifts-changed-now = Next: <b>{ $span } · { $place }</b>
shifts-changed-none = You have no shifts ahead now.

# On duty, and gaps
onduty-head = 🕘 On duty at { $time } ({ $first }–{ $last } of { $total } places)
onduty-gaps-head = ⚠️ Shifts short of people within { $days } days ({ $first }–{ $last } of { $total })
onduty-no-posts = There is no post in your area yet, and nobody is on duty.
onduty-no-gaps = No shift planned for the next { $days } days is short of people.
onduty-area = <b>{ $area }</b>
onduty-post = 📍 { $post }
onduty-no-post = 📍 Without a post
onduty-since = { $name } (since { $time })
onduty-since-by-other = { $name } (since { $time }, by somebody else)
onduty-since-went-on = { $name } (since { $time }, from the shift before, no new tap)
onduty-present = On duty: { $names }
onduty-missing = Planned for { $time }, not there: { $names }
onduty-nobody = Nobody on duty, nobody planned
onduty-away = Not coming: { $names }
onduty-away-leave = { $name } (leave)
onduty-away-sick = { $name } (sick)
onduty-few = Only { $count } of { $needed }
onduty-lacks = The crew lacks: { $titles }
onduty-gap = { $number }. { $span } · { $place }
onduty-uncovered = ⚠️ no shift is planned then, so nobody comes
onduty-crew = Planned: { $names }
onduty-find-button = Find people for { $number }
onduty-now-button = Who is on duty now
onduty-gaps-button = Where people are short
onduty-before-button = ← Before
onduty-after-button = After →

# Rotations
form-name-rotation = Setting a rotation
rotation-which-post = Which post? Tap one, or write its name.
rotation-post = { $post } ({ $area })
rotation-which-pattern = In which pattern?
rotation-pattern-3x8 = Three shifts of 8 hours
rotation-pattern-2x12 = Two shifts of 12 hours
rotation-pattern-24-48 = 24 hours on, 48 off
rotation-pattern-custom = Other times
rotation-times = When does the first shift of a day start? Tap one, or write it, for example 7:30.
rotation-time = { $time }
rotation-times-custom = Which shifts has a day? Write them, for example: 7-15, 15-23, 23-7
rotation-crews =
    Who makes up a crew? A line for each crew, its lead first, for example:
    Yan Han, Yu Xiang
    Pai Le, A Chang
    Usually { $number } crews.
rotation-crews-proposed =
    Those who usually keep duty here could be split like this (the first of each leads):
    { $crews }
    To change it, send it in the same form, a line for each crew.
rotation-crews-as-proposed = Split them like this
rotation-first-day = From which day on?
rotation-today = Today ({ $day } { $month })
rotation-tomorrow = Tomorrow ({ $day } { $month })
rotation-monday = Next Monday ({ $day } { $month })
rotation-set = ✅ The rotation of { $post } is set, from { $day } on.
rotation-set-times = Every day: { $spans }
rotation-set-crew = Crew { $number }: { $names }
rotation-set-planned = Planned until { $day } so far, { $count } shifts; every night it goes on by itself.
rotation-set-replaced = { $count } shifts planned before are replaced; those changed by hand were left alone.
rotation-lacks = ⚠️ Crew { $number }: { $what }
rotation-lacks-people = fewer than { $needed } people
rotation-lacks-titles = without { $titles }
rotation-stop-button = End this rotation
rotation-stopped = The rotation of { $post } has ended; { $count } shifts that had not begun are cancelled. Those changed by hand stay.
rotation-no-posts = There is no post in your area yet; ask an administrator to add it to the roster.
rotation-post-unknown = No such post was found. Tap one, or write its whole name.
rotation-post-many = Several are called “{ $name }”: { $posts }. Please write the whole name.
rotation-times-unread = These times could not be read. Write them like this: 7-15, 15-23, 23-7
rotation-time-unread = This time could not be read. Write it like this: 7:30
rotation-crews-number = Please write a crew on each line, { $most } at most.
rotation-crews-too-few = This needs at least { $needed } crews; there are { $given }.
rotation-name-unknown = Nobody here is called “{ $name }”; please check the spelling.
rotation-name-twice = More than one person is called “{ $name }”; write the code from the roster instead.
rotation-name-repeated = “{ $name }” comes twice; a person can be in one crew only.
rotation-day-past = That day is over; please choose another one.
