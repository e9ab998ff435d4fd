feedback-ask = What is awkward, what is missing? Write it or send a voice note.
feedback-thanks = Received, thank you. The admins will read it.
feedback-enough = You have sent { $most } today and all are kept. Please go on tomorrow.
feedback-too-long = { $most } characters at most. Please send it in parts, or as a voice note.
feedback-received = 💬 Feedback from { $name }: { $words }
feedback-received-voice = 💬 Feedback from { $name } (voice)
