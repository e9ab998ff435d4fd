time-today = { $time }
time-yesterday = yesterday { $time }
time-tomorrow = tomorrow { $time }
time-other-day = { $day } { $month } { $time }
# A fact called month is said like this, in every text.
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

not-understood = I didn't understand that. Tap a button below, or send /help to see what you can do.
button-stale = This button is out of date. Please scroll down and use the newest message.
picture-missing = The picture couldn't be sent just now. Please tap once more in a little while.
failed = That step did not go through. An administrator knows about it; no need to send it again. If it is urgent, please phone.
too-long = That was too long for me to read. Please send it again in a few shorter messages.
access-refused = This is for the supervisor of your area. Please ask them.
access-no-duty = According to the roster you don't need to check in at present. If you should be on duty, please tell your supervisor, so that an administrator can add you.
access-stranger = You have not joined yet. Please open the invite link that your supervisor sent you.
admin-handler-failed =
    ⚠️ A bug: { $error }
    Inbox row { $seq }; for details run gridduty inbox failed
admin-job-failed =
    ⚠️ The job { $job } ({ $occasion }) failed several times and was given up
    For details run gridduty job history
admin-trouble =
    ⚠️ Something could not be processed ({ $part }): { $what }
    It has been set aside, and everything else continues. For details see the log, or run gridduty outbox failed
stop-ask = Shall we stop messaging you first? You can still check in and out, and whatever you tap is answered. Your supervisor will know that messages don't reach you.
stop-yes = Stop messages
stop-no = Keep them
stop-done = All right, we won't message you first. To get messages again, send /start.
stop-stayed = All right, nothing changes.
command-stop = Stop reminders and notices
