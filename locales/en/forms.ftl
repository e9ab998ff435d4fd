# Forms being filled in
form-drop = ✖️ Drop it
form-go-on = ▶️ Go on
form-confirm = ✅ Confirm
form-photos-done = ✅ That's all

form-photos = Photo received. Send more if there are any ({ $most } at most), then tap the button.
form-photos-full = { $most } photos at most; the earlier ones are kept.
form-photo-joined = Got the photo, it goes along.
form-offer = “{ $name }” is not finished yet.
form-dropped = All right, “{ $name }” is dropped. Nothing was sent.
form-outdated = This form has just changed and cannot be gone on with. Please start it again.
form-nothing-to-cancel = There is nothing unfinished.

form-expected-button = Please tap one of the buttons above.
form-expected-words = Please write or send a voice note; { $most } characters of text at most.
form-expected-photo = Please send a photo.
form-expected-place = Please send a place: tap 📎 and choose “Location”.
form-expected-moment = That time was not understood. Write 8:05, yesterday 20:00, or half past 7 last night.
form-moment = { $at }
form-which-moment = Which of these times is it? Tap one, or write it anew, for example last night 11, or 20:00.

form-name-unknown = that form
form-name-correction = Correction
form-name-feedback = Feedback

form-back = ✏️ Change last
form-choice = { $question } ✓ { $choice }
form-said-words = 💬 received
form-said-voice = 🎤 voice note
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
