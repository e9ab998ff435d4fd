# Joining
join-contact-key = 📱 Confirm it is me
join-contact-asked =
    Hello { $name }, just one step left.
    Tap “{ $key }” below so that I can check your phone number.
join-contact-not-own = That is someone else's contact, so I can't check it. Just tap “{ $key }” below.
join-contact-differs = Your phone number is not the one on the roster, so you can't join yet. If your number has changed, ask your supervisor to update it, then open the link again.
join-code-unknown = This invite link doesn't work; part of it may be missing. Please tap it in your supervisor's message, or ask for a new one.
join-code-expired = This invite link has expired. Please ask your supervisor for a new one.
join-code-used = This invite link has been used already; each link works once. If it wasn't you, tell your supervisor at once and ask for a new one.
join-code-revoked = This invite link is no longer in use. Please use the latest one from your supervisor, or ask for a new one.
join-wait = That didn't work several times in a row, so let's take a short break. Please open your supervisor's link again after { $until }.
join-welcome = Welcome, { $name }! { $area }, { $role }.
join-welcome-keys = Tap “{ $arrive }” when you arrive and “{ $leave }” when you leave.
join-welcome-heads = Once a day you will be asked how your households are: if all is well, just tap “{ $key }”.
join-welcome-no-duty = Anything you need to know will be sent here.
join-welcome-kept-place = Your duty times and what you report are kept; your location only while on duty, and for { $days } days. Where you go afterwards is not recorded. To see it all: /mydata
join-welcome-kept = Only what concerns duty is kept; to see it, send /mydata.
join-greeting = Hello { $name } ({ $role }, { $area }). The buttons below are there whenever you need them.
join-already = { $name }, you have joined already. No need to open the link again: just use the buttons below.
join-other-person = This link is for someone else. You have joined as { $name } already: just use the buttons below.
join-bound-elsewhere = Someone else is using this account already. Please open the link with your own Telegram account.
join-second-nobody = You have joined with another account. To use a new one, your supervisor has to agree, but no supervisor for your area can be reached just now. Please phone them first.
join-second-waiting = { $name } has joined with another account. I have told the supervisor; once they agree you can use this one. Please wait a moment.
join-second-held = { $name } has joined with another account. These are quiet hours: the supervisor will be told later ({ $time }). Once they agree you can use this account.
join-second-asked =
    A new account ({ $account }) says it is { $name } and asks to join.
    { $area }, { $time }
join-second-advice = Please phone them first, and approve only if it really is them.
join-second-yes = ✅ It is them, approve
join-second-no = Don't approve
join-second-approved-by = ✅ Approved by { $by }
join-second-refused-by = Not approved by { $by }
join-second-left-by = This person left the roster; nothing to decide
join-second-approved = { $by } has approved it. You can use this account now.
join-second-refused = { $by } did not approve this account. If that is a mistake, please phone them.
join-second-added = Another account has been added for you, approved by { $by }. If it is not yours, phone them at once.
join-second-decided = Done, they have been told.
