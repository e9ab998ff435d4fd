# Import, template and invites: what operators read

roster-where = { $has ->
    [cell] { $sheet }, row { $row }, "{ $column }":{" "}
    [row] { $sheet }, row { $row }:{" "}
    [column] { $sheet }, "{ $column }":{" "}
    [sheet] { $sheet }:{" "}
   *[none] { "" }
}

roster-file-damaged = The file is damaged or is no workbook. Open it in Excel or WPS, save it as .xlsx and try again.
roster-file-encrypted = The file has a password. Take it off and save it as .xlsx.
roster-file-xls = This is the old .xls format. Save it as .xlsx in Excel or WPS.
roster-file-not-xlsx = This is no .xlsx workbook. Fill in the template (gridduty roster template) and save it as .xlsx.
roster-file-too-big = Unpacked, the file is too big ({ $size } MB, the limit is { $limit } MB). Remove pictures and sheets that do not belong, or import in parts.
roster-file-far-cell = Cell { $cell } is too far off: { $rows } rows and { $columns } columns at most. Delete what stands far off and save.

roster-no-sheet = There is no sheet to import. Have at least one of these: { $known }.
roster-unknown-sheet = No sheet is called this. Rename or delete it, or call it "notes". Known names: { $known }.
roster-sheet-twice = The same kind as sheet "{ $other }". Put them into one.
roster-empty-sheet = Headings but no rows: this part stays as it is. To remove everything, add --allow-removals.
roster-missing-column = This column is missing. Add its heading to the first row.
roster-unknown-column = No column is called this; it is left out. Known columns: { $known }, remarks.
roster-column-twice = This column is there twice. Keep one.
roster-formula = Cell { $cell } is a formula. Copy it and paste it as a value.
roster-error-cell = Cell { $cell } is an error such as #N/A. Write what is meant, or empty it.
roster-merged = Cells { $cells } are merged. Unmerge them and fill in every row.
roster-unknown-coordinates = The settings sheet names an unknown coordinate system, "{ $value }". Write WGS-84 or GCJ-02.

roster-empty = Empty. Fill it in.
roster-too-long = Too long. { $limit } characters at most.
roster-bad-code = "{ $value }" is no code. Use letters, digits, - and _, 40 at most.
roster-bad-phone = "{ $value }" is no phone number. Write 11 digits, or a landline with its area code; others start with +.
roster-bad-number = "{ $value }" is no number. Write digits only.
roster-bad-degrees = "{ $value }" is out of range (-{ $limit } to { $limit } degrees). See whether latitude and longitude are swapped.
roster-out-of-range = "{ $value }" is out of range. It must lie between { $low } and { $high }.
roster-bad-moment = "{ $value }" is no time. Write 2026-11-23 08:00, or just 08:00.
roster-unknown-word = "{ $value }" is not known. Write one of: { $known }.
roster-half-place = Only one of latitude and longitude is there. Fill in both or none.
roster-no-start = The start is incomplete. Write date and time, such as 2026-11-23 08:00, or add a date column.
roster-no-end = The end is incomplete. Write date and time, or just the time (08:00 means the next day if not after the start).
roster-ends-before = The end ({ $end }) is not after the start ({ $start }). Correct it; over midnight, write the next date or just the time.
roster-shift-too-long = The shift is longer than { $days } days. See to the dates.
roster-no-place = Neither post nor area is filled in. Fill in one at least.
roster-duplicate = "{ $code }" is there already, in row { $first }. Delete one of them.
roster-unknown-area = No area has the code "{ $code }". Correct the code, or add the area to its sheet.
roster-unknown-post = No post has the code "{ $code }". Correct the code, or add the post to its sheet.
roster-unknown-person = No person has the code "{ $code }". Correct the code, or add the person to the people sheet.
roster-unknown-section = There is no section with the code "{ $code }". Check it, or add it to the sheet of sections.
roster-bad-path = The path "{ $value }" cannot be read. Write "latitude,longitude; latitude,longitude", two places at least, { $most } at most.
roster-bad-day = "{ $value }" is no day. Write it as 2026-11-23.
roster-bad-spans = The times "{ $value }" cannot be read. For custom shifts write those of a day: 7-15, 15-23, 23-7.
roster-bad-start = The time "{ $value }" cannot be read. Write when the first shift of a day starts: 08:00.
roster-crews-number = The crews cannot be read. Write the codes of people, with / between crews, { $most } crews at most.
roster-crew-twice = "{ $code }" comes twice. A person is on one crew only.
roster-one-crew = One crew alone would be on duty for more than 12 hours a day. Make two at least, with / between them.
roster-rotation-past = The rotation of the post "{ $post }" is another one than this row says, and the first day { $day } is over: left as it is. To change it, write a first day from today on.
roster-same-phone = The same phone number as in row { $other }. Leave it if two people really share one.
roster-cycle = The parents run in a circle: { $codes }. Correct one of them.
roster-kind-order = The parent "{ $above }" is of a lower level (no { $kind } can lie in a { $above_kind }). See to level and parent.
roster-still-used-area = Area "{ $code }" would be removed, but "{ $by }" ({ $sheet }) still belongs to it. Add that sheet too, or keep the area.
roster-still-used-post = Post "{ $code }" would be removed, but "{ $by }" ({ $sheet }) still uses it. Add that sheet too, or keep the post.

roster-refused-problems = The roster has { $total } errors; nothing was changed. Correct what is listed above and import again.
roster-refused-removals = { $gone } of { $held } rows of "{ $table }" would be removed, which is a lot; nothing was changed. If it is right, add --allow-removals.
roster-changed-meanwhile = The roster was changed elsewhere since the preview; nothing was changed. Import again.

roster-refused-busy = The database is busy; nothing was changed. Import again later.

roster-table-area = areas
roster-table-post = posts
roster-table-section = sections
roster-table-checkpoint = checkpoints
roster-table-person = people
roster-table-person_post = people's posts
roster-table-role = roles
roster-table-household = households
roster-table-shift = shifts
roster-table-member = crews

roster-report-head = { $file } (coordinates { $coordinates })
roster-report-counts = { $table }: { $adds } new, { $changes } changed, { $removals } removed
roster-report-rotations = rotations: { $count } to be set
roster-report-reordered = { $count } only moved in order or path
roster-report-returns = comes back
roster-report-more = { $count } more not shown (--show for more)
roster-report-row = row { $row }
roster-report-warnings = { $total } remarks:
roster-report-problems = { $total } errors (the first { $shown } shown):
roster-report-nothing = The same as the roster: nothing to change.
roster-report-guarded = Mind: { $gone } of { $held } rows of "{ $table }" would be removed; importing needs --allow-removals too.
roster-report-preview = This is a preview; nothing was changed. Add --yes to import.
roster-report-done = Imported: { $count } rows in { $seconds } s, { $locked } s of them with the database locked.

roster-step-write = writing
roster-step-cards = making cards

roster-template-exists = { $file } is there already and may have been filled in; it was left as it is. Choose another name.
roster-template-done = An empty template: { $file }
roster-template-title = How to fill in the duty roster (this sheet is not imported)
roster-template-rule-1 = The first row of each sheet holds the headings; columns may stand in any order; * means required. Sheets you do not need may be deleted or left empty: their part stays as it is.
roster-template-rule-2 = A sheet that is filled in is all there is of its part: what is not in it is removed (its history stays). Shifts that have ended are left alone.
roster-template-rule-3 = No formulas, no merged cells. Importing the same file again changes nothing.
roster-template-column = column
roster-template-meaning = what to write
roster-template-examples = examples (not imported)
roster-template-setting = setting
roster-template-value = value
roster-template-setting-hint = WGS-84 (plain GPS) or GCJ-02 (Chinese maps)

roster-hint-areas-code = The area's code: letters, digits, - and _, 40 at most, used once.
roster-hint-areas-name = The area's name.
roster-hint-areas-kind = One of prefecture, county, township, village, grid.
roster-hint-areas-parent = The code of the area above; empty for the topmost.
roster-hint-areas-latitude = Latitude of the centre, such as 24.434. May be empty.
roster-hint-areas-longitude = Longitude of the centre, such as 98.588. May be empty.
roster-hint-areas-radius = Radius for check-ins in metres; empty for the default.
roster-hint-posts-code = The post's code, used once.
roster-hint-posts-name = The post's name.
roster-hint-posts-area = The code of the area it stands in.
roster-hint-posts-line = One of border, belt, town, road, support. May be empty.
roster-hint-posts-latitude = Latitude of the post. May be empty.
roster-hint-posts-longitude = Longitude of the post. May be empty.
roster-hint-posts-radius = Radius for check-ins in metres; empty for the default.
roster-hint-sections-code = The section’s code, unique in the prefecture.
roster-hint-sections-name = Its name, such as Boundary marker 71.
roster-hint-sections-area = The area’s code; else that of the post. One of the two is needed.
roster-hint-sections-post = The code of the post that patrols it. Empty: the people of the area do.
roster-hint-sections-path = From one end to the other: latitude,longitude; latitude,longitude; … May be empty: the checkpoints alone count.
roster-hint-sections-checklist = What to look at: code or name of a checklist of the settings. Empty: by the post’s line of defence.
roster-hint-sections-times = When to set out every day, such as 22:00 02:30. Empty: as the settings say.
roster-hint-checkpoints-code = The checkpoint’s code, unique in the prefecture.
roster-hint-checkpoints-section = The code of its section.
roster-hint-checkpoints-name = Its name, such as Old ferry. They are walked in the order of the sheet.
roster-hint-checkpoints-latitude = Latitude. Empty: reached by code or photo alone.
roster-hint-checkpoints-longitude = Longitude.
roster-hint-checkpoints-radius = How near counts as reached, metres, 5 to 5000; empty: the default.
roster-hint-people-code = The person's code, used once; no identity numbers.
roster-hint-people-name = The person's name.
roster-hint-people-phone = Mobile number, to make sure who joins. May be empty.
roster-hint-people-area = The code of the area the person belongs to; for grid workers the grid.
roster-hint-people-titles = Duty titles, several if need be. May be empty.
roster-hint-people-posts = Codes of usual posts, parted by commas or blanks. May be empty.
roster-hint-people-language = zh_CN or en; empty for the default.
roster-hint-roles-person = The person's code.
roster-hint-roles-role = One of grid_worker, crew_member, household_head, supervisor, dispatcher, member, admin; several rows for several roles.
roster-hint-roles-area = The area the role is held in, with all below it.
roster-hint-households-head = The household head's code.
roster-hint-households-area = The code of the area where the households are.
roster-hint-households-count = How many households; no names.
roster-hint-shifts-code = The shift's code, used once.
roster-hint-shifts-post = The post's code; this or the area must be there.
roster-hint-shifts-area = The area's code; empty for that of the post.
roster-hint-shifts-duty_type = Code or name of the duty type; empty for the default.
roster-hint-shifts-date = The date; not needed where the start has one.
roster-hint-shifts-start = The start, such as 2026-11-23 20:00; just 20:00 where there is a date.
roster-hint-shifts-end = The end, such as 2026-11-24 08:00; just 08:00 means the next day if not after the start.
roster-hint-shifts-people = Codes of the crew, parted by commas or blanks.
roster-hint-shifts-lead = The code of the crew's lead.
roster-hint-rotations-post = The post’s code, one row each. Posts that are not named keep their rotation.
roster-hint-rotations-pattern = 3x8, 2x12, 24-48 or custom.
roster-hint-rotations-times = When the first shift of a day starts, such as 08:00 (which it is when empty). For custom ones the shifts of a day: 7-15, 15-23, 23-7.
roster-hint-rotations-first_day = The first day, such as 2026-11-23.
roster-hint-rotations-until = The last day; empty: until further notice.
roster-hint-rotations-crews = The codes of each crew’s people, the lead first, with / between crews: W001, W002/W003, W004.

roster-invite-title = Duty invites
roster-invite-code = code
roster-invite-name = name
roster-invite-area = area
roster-invite-link = link
roster-invite-expires = valid until
roster-invite-qr = QR code
roster-invite-for = { $name } ({ $area })
roster-invite-how-1 = 1. Have Telegram on the phone
roster-invite-how-2 = 2. Scan with the camera, tap Start
roster-invite-how-3 = 3. Share your own number if asked
roster-invite-until = Valid until { $date }, once, for you alone. Do not pass on.
roster-post-how-1 = On duty here: scan with the camera
roster-post-how-2 = Tap Start: you are checked in
roster-post-how-3 = Put this up out of the rain
roster-checkpoint-how-1 = On your round, scan this with the camera
roster-checkpoint-how-2 = Tap "Start": this checkpoint is reached
roster-codes-title = Codes to hang up
roster-codes-none = There is neither a post nor a checkpoint in "{ $area }".
roster-codes-done = { $count } codes are in { $file }. Print them and hang each up in its place.
roster-codes-renewed = { $count } new codes are in { $file }. The old ones no longer count: hang up the new ones soon.
roster-codes-unknown = No post or checkpoint has the code "{ $code }".
roster-invite-no-bot = The bot's user name is not known. Add --bot NAME.
roster-invite-no-area = No area has the code "{ $code }".
roster-invite-none = No cards to make: everyone in "{ $area }" has joined or holds a live invite (--renew makes new ones).
roster-invite-done = { $count } cards for "{ $area }": { $file }
roster-post-none = There is no post in "{ $area }".
roster-invite-no-person = No person has the code "{ $code }".
roster-unbind-none = Nobody has joined under this code.
roster-unbind-preview = Accounts of { $code }: { $accounts }. Add --yes to unbind them.
roster-unbind-done = Unbound the accounts of { $code }: { $accounts }. To use the bot again, give them a new link.
