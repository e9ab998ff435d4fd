# Help
help-correction = Missed it or tapped late? Tap “{ $key }”.
help-hazard = Seen a hazard? Just send a photo.
help-request = If a resident asks for something, tap “{ $key }”.
help-request-told = If a resident asks for something, send /request.
help-households = Once a day you are asked about your households: all well, tap “{ $all }”; if not, “{ $some }”.
help-my = For your own record, tap “{ $key }”.
help-overseeing = Not in yet /missing · on duty /onduty
    Summary /summary · hazards /h · requests /r
help-deciding = Waiting for you /corrections · check someone in /for
help-rest-duty = Patrols, leave, swaps, handovers, feedback: tap ☰ Menu, bottom left.
help-rest = For everything else, tap ☰ Menu, bottom left.
help-emergency = In an emergency call 110 first, then tell your supervisor.
help-keys = Tap “{ $arrive }” when you arrive, “{ $leave }” when you leave.
