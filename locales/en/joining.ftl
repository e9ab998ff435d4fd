# Joining
join-contact-key = 📱 Confirm it is me
join-contact-asked =
    Hello { $name }, just one step left.
    Tap “{ $key }” below so that I can check your phone number and know it is you.
join-contact-not-own = That is not your own contact, so I cannot be sure. Please tap “{ $key }” below instead of sending somebody's contact.
join-contact-differs = Your phone number is not the one on the roster, so you cannot join yet. If it has changed, ask your supervisor to update it, then open the link again.
join-code-unknown = This invite link is not right; perhaps part of it is missing. Please tap it in your supervisor's message, or ask for a new one.
join-code-expired = This invite link has expired. Please ask your supervisor for a new one.
join-code-used = This invite link has been used; a link works once. If it was not you, tell your supervisor at once and ask for a new one.
join-code-revoked = This invite link is no longer valid. Please use the latest one from your supervisor, or ask for a new one.
join-wait = That was wrong a few times too often. Please open your supervisor's link again after { $time }.
join-welcome = Welcome, { $name }. Your role here: { $role }, { $area }.
join-welcome-keys = Tap “{ $arrive }” when you arrive and “{ $leave }” when you leave. One tap is all.
join-welcome-heads = Once a day you will be asked about your households: if all is well, one tap on “{ $key }” will do.
join-welcome-no-duty = Whatever you need to know will be sent here.
join-welcome-kept-place = Kept: when you come on and off duty, and the places you send while on duty. Places are erased after { $days } days; nothing is kept once you are off duty. Send /mydata any time to see it all.
join-welcome-kept = Only what concerns duty is kept. Send /mydata any time to see what is kept about you.
join-greeting = Hello { $name } ({ $role }, { $area }). The buttons below are there whenever you need them.
join-already = { $name }, you have joined already. No need to open the link again, just use the buttons below.
join-other-person = This link was not made for you. You are here as { $name } and cannot use somebody else's link.
join-bound-elsewhere = Somebody else uses this account already. Please open the link with your own Telegram account.
join-second-nobody = You have joined with another account. A new one needs your supervisor's consent, but nobody in charge of your area can be reached here just now. Please phone them.
join-second-waiting = { $name } has joined with another account. I have asked the supervisor; once they agree you can use this one. Please wait a little.
join-second-held = { $name } has joined with another account. These are quiet hours: the supervisor is asked at { $time }. Once they agree you can use this account.
join-second-asked =
    Someone wants to join with a new account ({ $account }) as { $name }.
    { $area }, { $time }
join-second-advice = Please phone the person first and agree only if it is really them.
join-second-yes = ✅ It is them, agree
join-second-no = Do not agree
join-second-approved-by = ✅ { $by } agreed
join-second-refused-by = { $by } did not agree
join-second-approved = { $by } has agreed. You can use this account now.
join-second-refused = { $by } did not agree to this account. If that seems wrong, please phone them.
join-second-added = Another account of yours was added; { $by } agreed. If it is not yours, phone them at once.
join-second-decided = Done, they have been told.
