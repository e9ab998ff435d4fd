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
form-expected-moment = That time was not understood. Write 8:05, or yesterday 20:00.

form-name-unknown = that form
form-name-correction = Correction
form-name-feedback = Feedback
