# The own record
role-grid-worker = grid worker
role-crew-member = crew member
role-household-head = household head
role-supervisor = supervisor
role-dispatcher = dispatcher
role-member = member
role-admin = administrator
role-changed = You are { $role } now. The keys below have been changed to match.
role-none = member
list-comma = { ", " }

language-choice = 请选语言 / Please choose a language
language-changed = Done, English from now on.

my-head = 📒 { $name }, month { $month }
my-month = check-ins: { $checkins }, { $span } in all
my-month-empty = nothing recorded this month yet
my-late = late: { $count }
my-corrections = corrected: { $count }
my-corrections-open = corrections that wait: { $count }
my-entry = { $day }/{ $month } { $began }–{ $ended }
my-entry-post = { $post }
my-open = on duty
my-next-day = { $time } next day
my-place-on-site = on site ✓
my-place-off-site = a little far, { $distance }
my-place-unsure = place not exact enough
my-place-qr = by QR code ✓
my-entry-late = { $span } late
my-entry-early = left { $span } early
my-entry-forwarded = forwarded place
my-entry-too-fast = please check the place
my-entry-corrected = corrected
my-entry-closed = check-out forgotten
my-entry-made-by-other = by somebody else
my-older-button = Earlier
my-no-older = There is nothing earlier.
