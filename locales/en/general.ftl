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

not-understood = I did not understand that. Tap a button below, or send /help to see what you can do.
button-stale = This button is out of date. Please scroll down and use the newest message.
picture-missing = The picture could not be sent just now. Please try once more in a while.
failed = Something went wrong with that step. It has been noted and an administrator will look at it. No need to send it again.
too-long = That was too long for me to read. Please send it again in a few shorter messages.
access-refused = Whoever is in charge of your area has to do this. Please ask them.
access-no-duty = You have no duty to check in for. If you should have, please ask your supervisor to put you on the roster for it.
access-stranger = You have not joined yet. Please open the invite link that your supervisor sent you.
admin-handler-failed =
    ⚠️ A bug: { $error }
    Inbox row { $seq }; for details run gridduty inbox failed
admin-job-failed =
    ⚠️ The job { $job } ({ $occasion }) failed several times and was given up
    For details run gridduty job history
admin-trouble =
    ⚠️ Something could not be dealt with ({ $part }): { $what }
    It was set aside, and everything else goes on. For details see the log, or run gridduty outbox failed
stop-ask = No more reminders and notices? You can still check in and out, and what you tap is answered; we just will not write on our own, and your supervisor sees that you cannot be reached.
stop-yes = Do not write to me
stop-no = Go on as before
stop-done = All right, we will not write on our own. To get messages again, send /start.
stop-stayed = All right, as before.
command-stop = No more reminders and notices
