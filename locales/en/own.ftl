# The own record
role-grid-worker = grid worker
role-crew-member = crew member
role-household-head = household head
role-supervisor = supervisor
role-dispatcher = dispatcher
role-member = member
role-admin = administrator
role-changed = You are now { $role }. The buttons below have been updated.
role-none = member
list-comma = { ", " }
my-comma = { ", " }

language-choice = 请选语言 / Please choose a language
language-changed = Done, English from now on.

my-month = 📒 { $month }: on duty { $checkins } times, { $span } in all
my-month-empty = 📒 { $month }: nothing recorded yet
my-late = late: { $count }
my-corrections = corrections: { $count }
my-corrections-open = waiting for approval: { $count }
my-place-right = ✓
my-entry = { $day } { $month } { $began }–{ $ended }
my-entry-post = { $post }
my-open = on duty
my-next-day = { $time } next day
my-place-off-site = { $distance } away
my-place-unsure = weak location signal
my-entry-late = { $span } late
my-entry-early = left { $span } early
my-entry-forwarded = forwarded location
my-entry-too-fast = location to be checked
my-entry-went-on = straight on from the shift before
my-entry-corrected = corrected
my-entry-closed = no check-out
my-entry-made-by-other = entered by someone else
my-older-button = Earlier
my-no-older = There is nothing earlier.
