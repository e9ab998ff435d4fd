# Help
help-head = Just tap a button below:
help-check-in = “{ $key }” when you come on duty.
help-check-in-place = “{ $key }” when you come on duty; your place at that moment is sent along.
help-check-out = “{ $key }” when you leave.
help-correction = “{ $key }” if you forgot or were late to tap; it counts once your supervisor approves.
help-hazard = When you see a hazard, just send a photo. /h shows what waits for you, /h 123 finds one, /hazards has lists and the map.
help-hazard-told = Seen a hazard? Send a photo of it; without one, /hazard.
help-swap = /swap swaps a shift, or finds somebody to come instead.
help-my = “{ $key }” shows your own record of this month.
help-deciding = Corrections and new accounts of your people are sent to you: just tap. /corrections shows what still waits.
help-commands =
    /mydata shows what is kept about you
    /language changes the language
    /feedback tells us what you think, written or spoken
    /cancel drops what you are filling in
    /stop for no more reminders and notices
help-emergency = In an emergency call 110 first, then tell your supervisor.
