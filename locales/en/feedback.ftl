feedback-ask = What is awkward, what is missing? Type it or send a voice note.
feedback-thanks = Received, thank you. An administrator will read it.
feedback-enough = That makes { $most } today, all of them kept. Please send more tomorrow.
feedback-too-long = Up to { $most } characters. Please send it in parts, or as a voice note.
feedback-received = 💬 Feedback from { $name }: { $words }
feedback-received-voice = 💬 Feedback from { $name } (voice)
