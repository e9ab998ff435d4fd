# Forms being filled in
form-drop = ✖️ Cancel
form-go-on = ▶️ Continue
form-confirm = ✅ Confirm
form-photos-done = ✅ That's all

form-photos = Photo received. Send more if you like (up to { $most }), then tap the button.
form-photos-full = Up to { $most } photos; the earlier ones are kept.
form-photo-joined = Photo received and added.
form-offer = You haven't finished “{ $name }” yet.
form-dropped = All right, “{ $name }” is cancelled. Nothing was sent.
form-outdated = This form has just changed and can't be continued. Please start it again.
form-nothing-to-cancel = There is nothing to cancel. Just tap a button below.

form-expected-button = Please tap one of the buttons above.
form-expected-words = Please type or send a voice note; up to { $most } characters of text.
form-expected-photo = Please send a photo.
form-expected-place = Please send a location: tap 📎, then “Location”, then send your current location.
form-expected-moment = I didn't understand that time. Write 8:05, yesterday 20:00, or half past 7 last night.
form-moment = { $at }
form-which-name = More than one has this name. Which one do you mean? Please tap it.
form-meant-name = Nobody has quite this name. Did you mean one of these? If not, type the full name.
form-which-moment = Which of these times do you mean? Tap one, or type it again, for example last night 11, or 20:00.

form-name-unknown = That form
form-name-correction = Correction
form-name-feedback = Feedback

form-back = ✏️ Change last
form-choice = { $question } ✓ { $choice }
form-said-words = 💬 received
form-said-voice = 🎤 voice note
form-said-file = 📎 file
form-said-photo = 📷 photo
form-said-photos = 📷 { $count } photos
form-said-place = 📍 location
form-tapped-already = That is noted already; see what the message says now.
form-closed-later = ⏸ Put aside; you will be asked again.
form-closed-late = Not finished within a day, so this form was put away. Nothing was sent. Start it again if you still need it.
form-closed-changed = This form has been changed. Nothing was sent. Please start it again.
form-closed-over = This step is over.
# Typed words that count as the buttons
form-words-drop = drop it, drop, never mind, cancel
form-words-back = change last, back, go back, wrong one
form-words-done = that's all, done, no more
form-reworded = ✏️ Changed; the new words count.
form-words-joined = 💬 Noted; it goes with the hazard.
